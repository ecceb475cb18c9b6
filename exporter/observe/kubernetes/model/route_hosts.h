// Hosts of routes and listeners: wildcards and what two of them have in common.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace compliance::kubernetes {

// The host in lower case, since DNS names have no case (RFC 4343); "*" is the empty text, every
// host.
std::string normal_host(std::string_view host);

// The hosts that both take, as one pattern; nothing when there are none. A leading "*." stands for
// one or more labels, as Gateways read it, unlike a certificate's. Empty: every host.
std::optional<std::string> common_host(const std::string& left, const std::string& right);

// The pattern with "*" for the first label of the host, as a certificate would state it; empty
// for a host of one label.
std::string wildcard_of(std::string_view host);

}  // namespace compliance::kubernetes
