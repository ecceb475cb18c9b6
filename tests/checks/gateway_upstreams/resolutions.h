// Names of an allowlist and what they resolve to, for the tests of rules about addresses.
#pragma once

#include "tests/checks/gateway_upstreams/gateways.h"
#include "tests/support/endpoints.h"

namespace compliance::test {

inline Origin at_resolver() {
  return {.source = Source::dns, .place = Location{"upstream.example.net"}};
}

inline NameResolution resolving(std::string name, const std::vector<std::string>& addresses) {
  NameResolution resolution{
      .name = std::move(name),
      .addresses = {.value = std::vector<Address>{}, .origin = at_resolver()}};
  for (const std::string& address : addresses) {
    resolution.addresses.value->push_back(parse_address(address).value_or(Address{}));
  }
  return resolution;
}

inline NameResolution failing(std::string name, UnknownReason reason) {
  return {.name = std::move(name),
          .addresses = {.origin = at_resolver(),
                        .fault = Fault{.reason = reason, .message = "no such name"}}};
}

// The installation with D configured.
inline Installation resolved(Installation installation, std::vector<NameResolution> names) {
  installation.configured = installation.configured | Source::dns;
  installation.probed.names = std::move(names);
  return installation;
}

inline Installation resolved(const std::string& hosts, std::vector<NameResolution> names) {
  return resolved(compose_installation({listing(hosts)}), std::move(names));
}

}  // namespace compliance::test
