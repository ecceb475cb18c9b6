// Makes targets, the tasks that probe them, and the facts that wait for them.
#include "exporter/observe/probes/targets.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "checks/caracal/served_port.h"
#include "checks/caracal/upstream_allowlist.h"
#include "checks/formats/web_url.h"
#include "exporter/observe/probes/endpoint_tasks.h"
#include "exporter/observe/probes/ports/port_probes.h"

namespace compliance::probes {
namespace {

Peer peer_of(const HostPort& host_port) { return {.host = host_port.host, .port = host_port.port}; }

// The place that findings show, such as "tcp://192.0.2.7:5432".
Origin origin_of(Source source, const std::string& scheme, const Peer& peer) {
  return {.source = source, .place = Location{scheme + peer.text()}};
}

// A value or a fault as a fact of that origin.
template <class T>
Fact<T> fact_of(ReadResult<T> observed, const Origin& origin) {
  Fact<T> fact{.origin = origin};
  if (observed) {
    fact.value = std::move(observed).value();
  } else {
    fact.fault = observed.error();
  }
  return fact;
}

// Every setting that changes what is sent, or to whom. Files stand for themselves by their
// paths: their content is read anew in each round.
std::string definition_of(const EndpointConfig& endpoint, const std::string& bearer_file) {
  std::string definition = endpoint.url;
  for (const std::string& part :
       {endpoint.connect_to, endpoint.connect_to_http, endpoint.ca_file, endpoint.zone,
        endpoint.http_proxy, endpoint.session_cookie_file, endpoint.headers_file,
        std::to_string(endpoint.replicas), bearer_file}) {
    definition += '\n' + part;
  }
  return definition;
}

// The DNS settings as a part of a definition; their order counts.
std::string text_of(const DnsConfig& dns) {
  std::string text;
  for (const std::vector<std::string>& list : {dns.servers, dns.search}) {
    for (const std::string& entry : list) {
      text += entry + ' ';
    }
    text += '\n';
  }
  return text;
}

ResolverOptions resolver_options(const DnsConfig& dns) {
  return {.servers = dns.servers, .search = dns.search};
}

// Makes the targets of one installation.
class TargetBuilder {
 public:
  TargetBuilder(const InstallationConfig& installation, const ProbeSettings& settings)
      : installation_(installation), settings_(settings) {}

  void add_endpoint(const EndpointConfig& endpoint) {
    const auto plan = std::make_shared<const EndpointPlan>(
        EndpointPlan{.config = endpoint,
                     .metrics_bearer_file = installation_.endpoints.metrics_bearer_file,
                     .resolver = Resolver{resolver_options(installation_.dns)},
                     .timeout = settings_.timeout,
                     .interval = settings_.interval});
    const std::string name{name_of(endpoint.component)};
    const std::string definition = definition_of(endpoint, plan->metrics_bearer_file);
    add("endpoint " + name, definition, Source::endpoint, endpoint_task(plan));
    if (endpoint.component == Component::web) {
      add("limiter " + name, definition, Source::endpoint, limiter_task(plan));
      // Not the common interval: each run uses up a limit.
      targets_.back().interval = settings_.limiter_interval;
    }
  }

  // The name holds address and port, which is all that defines this target.
  void add_port(const std::string& address, std::uint16_t port) {
    const Peer peer{.host = address, .port = port};
    add("port " + peer.text(), "", Source::exposure,
        [peer, address, port, origin = origin_of(Source::exposure, "tcp://", peer)](
            const Resolver& resolver, const Deadline& deadline) {
          return ProbeResult{
              ExposedPort{.address = address,
                          .port = port,
                          .answer = fact_of(probe_port(peer, resolver, deadline), origin)}};
        });
  }

  void add_redis(const Peer& peer, bool tls) {
    const Origin origin = origin_of(Source::datastore, tls ? "rediss://" : "redis://", peer);
    add("redis", origin_text(origin), Source::datastore,
        [peer, tls, origin](const Resolver& resolver, const Deadline& deadline) {
          return ProbeResult{RedisProbe{
              .tls = tls, .reply = fact_of(probe_redis(peer, tls, resolver, deadline), origin)}};
        });
  }

  void add_postgres(const Peer& peer) {
    const Origin origin = origin_of(Source::datastore, "postgres://", peer);
    add("postgres", origin_text(origin), Source::datastore,
        [peer, origin](const Resolver& resolver, const Deadline& deadline) {
          return ProbeResult{
              PostgresProbe{.host = peer.host,
                            .reply = fact_of(probe_postgres(peer, resolver, deadline), origin)}};
        });
  }

  void add_name(const std::string& name) {
    const Origin origin{.source = Source::dns, .place = Location{"dns:" + name}};
    add("name " + name, "", Source::dns,
        [name, origin](const Resolver& resolver, const Deadline& deadline) {
          return ProbeResult{NameResolution{
              .name = name, .addresses = fact_of(resolver.resolve(name, deadline), origin)}};
        });
  }

  std::vector<Target> take() { return std::move(targets_); }

 private:
  // Probes once, for targets of one task.
  using Ask = std::function<ProbeResult(const Resolver&, const Deadline&)>;

  static std::string origin_text(const Origin& origin) { return std::string{origin.place.text()}; }

  // A target of one step and one answer.
  void add(const std::string& name, const std::string& definition, Source source, Ask ask) {
    const Resolver resolver{resolver_options(installation_.dns)};
    add(name, definition, source,
        ProbeTask{.time = settings_.timeout,
                  .run = [resolver, ask = std::move(ask)](const Deadline& deadline) {
                    return TaskResult{.results = {ask(resolver, deadline)}};
                  }});
  }

  // The timeout is a part of the definition, the interval is not: a new interval keeps the
  // results.
  void add(const std::string& name, const std::string& definition, Source source, ProbeTask task) {
    targets_.push_back({.installation = installation_.name,
                        .name = name,
                        .definition = definition + "\n" + text_of(installation_.dns) +
                                      std::to_string(settings_.timeout.count()),
                        .source = source,
                        .interval = settings_.interval,
                        .task = std::move(task)});
  }

  const InstallationConfig& installation_;
  const ProbeSettings& settings_;
  std::vector<Target> targets_;
};

// Ports by which public components are meant to be reached: the packaged one of each, and
// those of its endpoints' URLs (FACTS.md 1.1, 1.3).
std::vector<std::uint16_t> public_ports(const InstallationConfig& installation) {
  std::vector<std::uint16_t> ports;
  for (const Component component : installation.public_components) {
    if (const auto port = packaged_port(component)) {
      ports.push_back(*port);
    }
  }
  for (const EndpointConfig& endpoint : installation.endpoints.list) {
    const auto& components = installation.public_components;
    if (std::find(components.begin(), components.end(), endpoint.component) != components.end()) {
      const WebUrl url = read_web_url(endpoint.url).url;
      ports.push_back(url.port.value_or(url.scheme == "https" ? 443 : 80));
    }
  }
  return ports;
}

// The pairs of address and port that must not answer. A public port is left out at every
// address, since the configuration does not say at which one it is public.
std::vector<Peer> ports_expected_closed(const InstallationConfig& installation) {
  std::vector<Peer> doors;
  const std::vector<std::uint16_t> open = public_ports(installation);
  ExposureConfig exposure = installation.exposure.value_or(ExposureConfig{});
  std::erase_if(exposure.ports, [&open](std::uint16_t port) {
    return std::find(open.begin(), open.end(), port) != open.end();
  });
  for (const std::string& address : exposure.addresses) {
    for (const std::uint16_t port : exposure.ports) {
      doors.push_back({.host = address, .port = port});
    }
  }
  return doors;
}

}  // namespace

std::vector<Target> targets_of(const InstallationConfig& installation,
                               const ProbeSettings& settings) {
  if (settings.offline) {
    return {};
  }
  TargetBuilder planning{installation, settings};
  for (const EndpointConfig& endpoint : installation.endpoints.list) {
    planning.add_endpoint(endpoint);
  }
  for (const Peer& door : ports_expected_closed(installation)) {
    planning.add_port(door.host, door.port);
  }
  if (!installation.datastores.redis.host.empty()) {
    planning.add_redis(peer_of(installation.datastores.redis), installation.datastores.redis_tls);
  }
  if (!installation.datastores.postgres.host.empty()) {
    planning.add_postgres(peer_of(installation.datastores.postgres));
  }
  return planning.take();
}

Target name_target(const std::string& installation, const std::string& name, const DnsConfig& dns,
                   const ProbeSettings& settings) {
  // A name needs nothing else of its installation.
  const InstallationConfig config{.name = installation, .dns = dns};
  TargetBuilder planning{config, settings};
  planning.add_name(name);
  return std::move(planning.take().front());
}

void add_pending(const InstallationConfig& config, const ProbeSettings& settings,
                 Installation& installation) {
  for (const EndpointConfig& endpoint : config.endpoints.list) {
    installation.probed.endpoints.push_back(
        {.component = endpoint.component,
         .url = endpoint.url,
         .origin = {.source = Source::endpoint, .place = Location{endpoint.url}},
         .zone = endpoint.zone,
         .replicas = endpoint.replicas,
         .has_bearer = !config.endpoints.metrics_bearer_file.empty(),
         .probed = !settings.offline});
  }
  if (settings.offline) {
    return;
  }
  for (const Peer& door : ports_expected_closed(config)) {
    installation.probed.exposed_ports.push_back(
        {.address = door.host,
         .port = door.port,
         .answer = {.origin = origin_of(Source::exposure, "tcp://", door)}});
  }
  const bool redis = !config.datastores.redis.host.empty();
  const bool postgres = !config.datastores.postgres.host.empty();
  if (redis) {
    installation.probed.redis = RedisProbe{.tls = config.datastores.redis_tls};
  }
  if (postgres) {
    installation.probed.postgres = PostgresProbe{.host = config.datastores.postgres.host};
  }
  if (!config.endpoints.list.empty() || config.exposure || redis || postgres) {
    installation.configured = installation.configured | Source::endpoint;
  }
}

std::vector<std::string> unresolved_names(const Installation& installation) {
  std::vector<UpstreamEntry> entries;
  for (const UpstreamAllowlist& allowlist : upstream_allowlists(installation)) {
    const auto listed = allowlist.entries.value.value_or(std::vector<UpstreamEntry>{});
    entries.insert(entries.end(), listed.begin(), listed.end());
  }
  std::vector<std::string> names;
  for (const UpstreamEntry& entry : entries) {
    const bool known = std::find(names.begin(), names.end(), entry.text) != names.end();
    if (!known && needs_resolution(entry)) {
      names.push_back(entry.text);
    }
  }
  return names;
}

}  // namespace compliance::probes
