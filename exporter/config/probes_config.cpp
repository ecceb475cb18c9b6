// The sections `exposure`, `datastores` and `dns` of an installation, and the settings of probes.
#include <charconv>
#include <optional>

#include "checks/formats/web_url.h"
#include "exporter/config/sections.h"

namespace compliance {
namespace {

// Each probe has a thread and up to a few descriptors; the usual limit of descriptors is 1024 too.
constexpr std::size_t max_concurrency = 1024;

// A bare host as a URL could name it, IPv6 with or without brackets; nothing for other texts.
// Reading it as a URL gives addresses one notation, so that 127.1 is recognised.
std::optional<std::string> read_host(const std::string& text) {
  const bool bare_v6 = text.find(':') != std::string::npos && text.find('[') == std::string::npos;
  const std::string authority = bare_v6 ? "[" + text + "]" : text;
  const WebUrlReading reading = read_web_url("http://" + authority + "/");
  if (text.find_first_of("@/?#\\ \t\r\n") != std::string::npos || !reading.sound() ||
      reading.url.port) {
    return std::nullopt;
  }
  return reading.url.host;
}

// From 1 to 65535: port 0 cannot be connected to.
std::optional<std::uint16_t> read_port(const std::string& text) {
  std::uint16_t port = 0;
  const char* end =
      text.data() + text.size();  // NOLINT(cppcoreguidelines-pro-bounds-pointer-arithmetic):
                                  // from_chars takes pointers
  const auto [last, error] = std::from_chars(text.data(), end, port);
  return error == std::errc{} && last == end && port > 0 ? std::optional{port} : std::nullopt;
}

// Names and addresses in their order. An empty list is a problem: it would probe nothing.
std::vector<std::string> read_addresses(const ConfigNode& node, ConfigProblems& problems) {
  std::vector<std::string> addresses;
  const std::vector<std::string> texts = read_strings(node, problems);
  if (node.kind == ConfigNode::Kind::sequence && node.items.empty()) {
    problems.add(node, "addresses must be a list of at least one name or address");
  }
  for (std::size_t index = 0; index < texts.size(); ++index) {
    if (auto host = read_host(texts[index])) {
      addresses.push_back(*std::move(host));
      // Else some item was no text, positions do not correspond, and the file is rejected anyway.
    } else if (texts.size() == node.items.size()) {
      problems.add(node.items[index], "must be a host name or an address, without port");
    }
  }
  return addresses;
}

// redis:// or rediss://, as the services are configured (FACTS.md 12). Credentials do not belong
// here: they would make the probe see what nobody else sees.
void read_redis(const ConfigNode& node, DatastoresConfig& stores, ConfigProblems& problems) {
  const std::string text = read_string(node, problems).value_or("");
  constexpr std::string_view plain = "redis://";
  constexpr std::string_view secured = "rediss://";
  stores.redis_tls = text.starts_with(secured);
  const std::string_view scheme = stores.redis_tls ? secured : plain;
  const auto peer =
      text.starts_with(scheme) ? read_host_port(text.substr(scheme.size())) : std::nullopt;
  if (peer) {
    stores.redis = *peer;
  } else if (!text.empty()) {
    problems.add(node, "must be redis://HOST:PORT or rediss://HOST:PORT, without credentials");
  }
}

// No URL, since TLS is negotiated on the same port and the probe asks for it.
void read_postgres(const ConfigNode& node, DatastoresConfig& stores, ConfigProblems& problems) {
  const std::string text = read_string(node, problems).value_or("");
  if (const auto peer = read_host_port(text)) {
    stores.postgres = *peer;
  } else if (!text.empty()) {
    problems.add(node, "must be HOST:PORT, an IPv6 address in brackets");
  }
}

// By address only: a name would have to be resolved by them.
std::vector<std::string> read_servers(const ConfigNode& node, ConfigProblems& problems) {
  std::vector<std::string> servers = read_strings(node, problems);
  for (const ConfigNode& item : node.items) {
    const auto peer = read_host_port(item.text);
    if (item.kind == ConfigNode::Kind::scalar && (!peer || !parse_address(peer->host))) {
      problems.add(item, "must be ADDRESS:PORT, an IPv6 address in brackets");
    }
  }
  return servers;
}

}  // namespace

std::optional<HostPort> read_host_port(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) {
    return std::nullopt;
  }
  const std::string host_text = text.substr(0, colon);
  // "::1:80" could mean two things.
  const bool bare_v6 = host_text.find(':') != std::string::npos && host_text.front() != '[';
  const auto host = bare_v6 ? std::nullopt : read_host(host_text);
  const auto port = read_port(text.substr(colon + 1));
  return host && port ? std::optional{HostPort{.host = *host, .port = *port}} : std::nullopt;
}

// Both keys are needed: nothing is guessed about what ought to be closed.
ExposureConfig read_exposure(const ConfigNode& node, ConfigProblems& problems) {
  ExposureConfig exposure;
  read_mapping(
      node, "exposure",
      {{"addresses",
        [&](const ConfigNode& value) { exposure.addresses = read_addresses(value, problems); }},
       {"ports",
        [&](const ConfigNode& value) {
          exposure.ports = read_ports(value, "ports must be a list of at least one port", problems);
        }}},
      problems);
  for (const char* key : {"addresses", "ports"}) {
    if (node.kind == ConfigNode::Kind::mapping && node.find(key) == nullptr) {
      problems.add(node, std::string{"exposure needs "} + key);
    }
  }
  return exposure;
}

DatastoresConfig read_datastores(const ConfigNode& node, ConfigProblems& problems) {
  DatastoresConfig stores;
  read_mapping(
      node, "datastores",
      {{"redis", [&](const ConfigNode& value) { read_redis(value, stores, problems); }},
       {"postgres", [&](const ConfigNode& value) { read_postgres(value, stores, problems); }}},
      problems);
  return stores;
}

DnsConfig read_dns(const ConfigNode& node, ConfigProblems& problems) {
  DnsConfig dns;
  read_mapping(
      node, "dns",
      {{"servers", [&](const ConfigNode& value) { dns.servers = read_servers(value, problems); }},
       {"search", [&](const ConfigNode& value) { dns.search = read_strings(value, problems); }}},
      problems);
  return dns;
}

void add_probe_readers(KeyReaders& readers, ProbeSettings& settings, ConfigProblems& problems) {
  readers["probe_timeout"] = [&](const ConfigNode& value) {
    settings.timeout = read_duration(value, problems).value_or(settings.timeout);
    // A dead endpoint holds a worker of the pool for several timeouts.
    if (settings.timeout > std::chrono::minutes{1}) {
      problems.add(value, "probe_timeout must be at most 1m");
    }
  };
  readers["rate_limit_probe_interval"] = [&](const ConfigNode& value) {
    const auto interval = read_duration(value, problems);
    // Each probe uses up a counter (FACTS.md 6.7).
    if (interval && *interval < ProbeSettings{}.limiter_interval) {
      problems.add(value,
                   "rate_limit_probe_interval must be at least 15m: operators share the limit");
    }
    settings.limiter_interval = interval.value_or(settings.limiter_interval);
  };
  readers["probe_concurrency"] = [&](const ConfigNode& value) {
    settings.concurrency = read_count(value, problems).value_or(settings.concurrency);
    if (settings.concurrency > max_concurrency) {
      problems.add(value, "probe_concurrency must be at most 1024");
    }
  };
}

}  // namespace compliance
