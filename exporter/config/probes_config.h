// The sections of an installation that serve probes beside its endpoints: what must not answer,
// data stores, name servers. And how all probes go about it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "exporter/config/yaml_reader.h"

namespace compliance {

// A host and its port; IPv6 addresses without brackets.
struct HostPort {
  std::string host{};
  std::uint16_t port = 0;

  bool operator==(const HostPort&) const = default;
};

// `exposure`: every address on every port.
struct ExposureConfig {
  std::vector<std::string> addresses{};  // names or addresses, IPv6 without brackets
  std::vector<std::uint16_t> ports{};

  bool operator==(const ExposureConfig&) const = default;
};

// `datastores`: an empty host is not configured.
struct DatastoresConfig {
  HostPort redis{};
  bool redis_tls = false;  // rediss
  HostPort postgres{};

  bool operator==(const DatastoresConfig&) const = default;
};

// `dns`: empty lists are the system's.
struct DnsConfig {
  std::vector<std::string> servers{};  // ADDRESS:PORT
  std::vector<std::string> search{};

  bool operator==(const DnsConfig&) const = default;
};

// How probes are made. Source of the defaults: interface.md; checks.md, probing manners.
struct ProbeSettings {
  std::chrono::milliseconds interval{60'000};
  std::chrono::milliseconds timeout{10'000};
  std::chrono::milliseconds limiter_interval{15 * 60'000};  // never less than the default
  std::size_t concurrency = 32;
  bool offline = false;  // nothing is asked

  bool operator==(const ProbeSettings&) const = default;
};

// HOST:PORT with a port from 1 to 65535, IPv6 addresses in brackets; nothing for another text.
std::optional<HostPort> read_host_port(const std::string& text);

ExposureConfig read_exposure(const ConfigNode& node, ConfigProblems& problems);
DatastoresConfig read_datastores(const ConfigNode& node, ConfigProblems& problems);
DnsConfig read_dns(const ConfigNode& node, ConfigProblems& problems);

// The keys of `policy` that are about probes, added to the others of that section.
void add_probe_readers(KeyReaders& readers, ProbeSettings& settings, ConfigProblems& problems);

}  // namespace compliance
