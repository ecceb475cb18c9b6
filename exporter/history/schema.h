// The tables of the store, and how a file says that it is one.
#pragma once

#include <optional>

#include "exporter/base/instant.h"
#include "exporter/history/database.h"

namespace compliance {

// Bytes 68 to 71 of the file: "CCHS". Source: the database header, sqlite.org/fileformat.html.
constexpr std::int64_t store_application_id = 0x43434853;
// Of the tables, in PRAGMA user_version. A change that older versions of this program could not
// read raises it.
constexpr std::int64_t store_version = 1;

// Makes the tables, all or none, and switches the file to write-ahead logging. Makes no tables when
// another process was faster: the content is looked at under an exclusive lock.
std::optional<StoreError> create_schema(const Database& database, Instant now);

// Whether the content is a store that this version can work with: refused when another program or a
// newer version wrote it, corrupt when it is damaged. Reads the header alone, writes nothing.
std::optional<StoreError> check_identity(const Database& database);

}  // namespace compliance
