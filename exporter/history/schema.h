// The tables of the store, and how a file says that it is one.
#pragma once

#include <optional>

#include "exporter/base/instant.h"
#include "exporter/history/database.h"

namespace compliance {

// Bytes 68 to 71 of the file: "CCHS".
constexpr std::int64_t store_application_id = 0x43434853;
constexpr std::int64_t store_version = 1;

// Makes the tables, all or none, and switches the file to write-ahead logging. Does nothing when
// another process was faster.
std::optional<StoreError> create_schema(const Database& database, Instant now);

// Whether the content is a store that this version can work with: refused when another program or
// a newer version wrote it, corrupt when it is damaged.
std::optional<StoreError> check_identity(const Database& database);

}  // namespace compliance
