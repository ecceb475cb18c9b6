// Names that only the Gateway can resolve, since they belong to its project or cluster.
#pragma once

#include <optional>
#include <string_view>

#include "checks/facts/installation.h"

namespace compliance {

// A single label, or a name below svc or svc.cluster.local, with or without a dot at the end.
bool is_gateway_name(std::string_view name);

// Where the files have the service (Compose) or Service (Kubernetes) that the Gateway reaches by
// that name: the class of its addresses where its network decides it, else a fault. Absent: the
// files have none.
Fact<AddressClass> class_by_files(const Installation& installation, const Container& gateway,
                                  std::string_view name);

}  // namespace compliance
