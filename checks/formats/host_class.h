// Classes of hosts in the URLs that services use among themselves. They tell by the text alone; no
// name is resolved.
#pragma once

#include <string_view>

namespace compliance {

// All of them take a host in lower case, IPv6 addresses without brackets.

// localhost, 127.0.0.0/8 and ::1, IPv4-mapped forms too.
bool is_loopback_host(std::string_view host);

// localhost and the names below it (RFC 6761), with or without a dot at the end.
bool is_localhost_name(std::string_view host);

// A name without a dot that is no address, in no notation: a service of the same Compose project or
// namespace. Published mode accepts plain http to such a host (FACTS.md 2.3).
bool is_single_label(std::string_view host);

// 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and fc00::/7.
bool is_private_address(std::string_view host);

// A name below svc, svc.cluster.local, internal or local, with or without a dot at the end.
bool is_internal_name(std::string_view host);

// Any of the above: a host that cannot be reached from outside.
bool is_internal_host(std::string_view host);

}  // namespace compliance
