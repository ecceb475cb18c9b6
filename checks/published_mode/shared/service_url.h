// URLs by which the services of an installation reach one another. Source: facts 2.3, 4.5.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checks/facts/container.h"

namespace compliance {

// True for variables of service URLs. Issuers and the console's public origins are none.
bool is_service_url(std::string_view variable);

// What is wrong with the URL, nothing when it may be used. https always may; plain http may where
// the host stays inside: for the Gateway's STS_URL as the product itself demands it (loopback or a
// single label), for the others also internal names and private addresses.
std::optional<std::string> unsafe_service_url(Component component, std::string_view variable,
                                              std::string_view url);

// True for api and coordinator in Compose: the packaged file sets
// CARACAL_ALLOW_INSECURE_CONFIG_URLS there, for plain http between its containers.
bool may_allow_insecure_urls(const Container& container);

// Scheme and host of a URL, as a verdict may show them: no credentials, path or query.
std::string shown_url(std::string_view url);

}  // namespace compliance
