// Runs the configured file sources of an installation, and forgets what a source said before it is
// read again.
#include "exporter/observe/observe.h"

#include <algorithm>
#include <utility>

#include "exporter/base/ascii_host.h"

namespace compliance {
namespace {

// Takes everything out of `seen` that the source has put there.
void forget(Observation& seen, Source source) {
  Installation& installation = seen.installation;
  switch (source) {
    case Source::compose:
      installation.compose = {};
      break;
    case Source::kubernetes:
      installation.kubernetes = {};
      break;
    case Source::secrets:
      installation.secrets = {};
      break;
    default:
      installation.runtime_cli.reset();
  }
  std::erase_if(installation.faults,
                [source](const SourceFault& fault) { return fault.origin.source == source; });
  std::erase_if(seen.sources,
                [source](const SourceReading& reading) { return reading.source == source; });
  seen.places.erase(source);
  installation.configured = installation.configured - source;
}

// A source without any container of the installation is most likely the wrong one, or empty by an
// accident: that no check fails there proves nothing. `place` is its first file.
void note_nothing_found(Observation& seen, Source source, const std::string& place) {
  Installation& installation = seen.installation;
  const bool found = source == Source::compose ? !installation.compose.containers.empty()
                                               : !installation.kubernetes.containers.empty();
  const bool explained =
      std::any_of(installation.faults.begin(), installation.faults.end(),
                  [source](const SourceFault& fault) { return has_any(fault.evidence, source); });
  if (!found && !explained) {
    add_fault(seen, source,
              {origin_of_file(source, place),
               {.reason = UnknownReason::missing_object,
                .message = source == Source::compose ? "no service of the installation is there"
                                                     : "no pod of the installation is there"}});
  }
}

// Rules read URLs without the tables of IDNA, so internationalised hosts are converted before.
void convert_hosts(Container& container) {
  for (Variable& variable : container.environment.variables) {
    if (variable.value) {
      variable.value = with_ascii_hosts(*std::move(variable.value));
    }
  }
}

// Converting twice changes nothing, so all containers are gone through, also those that were not
// read just now.
void convert_hosts(Installation& installation) {
  for (auto* containers : {&installation.compose.containers, &installation.kubernetes.containers}) {
    for (Container& container : *containers) {
      convert_hosts(container);
    }
  }
}

}  // namespace

std::set<Source> file_sources() {
  std::set<Source> sources;
  for (const SourceDescription& each : all_sources) {
    if (is_file(each.source)) {
      sources.insert(each.source);
    }
  }
  return sources;
}

InstallationObserver::InstallationObserver(InstallationConfig config, const Limits& limits,
                                           std::optional<std::string> standard_input)
    : config_(std::move(config)),
      limits_(
          {.max_file_bytes = limits.max_file_bytes, .max_source_bytes = limits.max_source_bytes}),
      standard_input_(std::move(standard_input)) {}

Observation InstallationObserver::observe(std::chrono::sys_seconds now) {
  Observation observation;
  Installation& installation = observation.installation;
  installation.name = config_.name;
  installation.stage = config_.stage;
  installation.public_components = config_.public_components;
  installation.allowed_ingress = config_.allowed_ingress;
  installation.split_origins = config_.split_origins;
  installation.private_upstreams = config_.private_upstreams;
  installation.upstream_allowlist_expected = config_.upstream_allowlist_expected;
  installation.observed_at = now;
  renew(observation, file_sources());
  return observation;
}

void InstallationObserver::renew(Observation& seen, std::set<Source> changed) {
  if (changed.contains(Source::compose) || changed.contains(Source::kubernetes)) {
    changed.insert(Source::secrets);  // what is mounted decides which files are evidence
  }
  for (const Source source : changed) {
    forget(seen, source);
  }
  if (config_.compose && changed.contains(Source::compose)) {
    SourceFiles read = files();
    compose_secret_files_ = observe_compose(config_, read, seen);
    note_nothing_found(seen, Source::compose, config_.compose->files.front());
  }
  if (config_.kubernetes && changed.contains(Source::kubernetes)) {
    SourceFiles read = files();
    observe_kubernetes(config_, read, manifests_, seen);
    note_nothing_found(seen, Source::kubernetes, config_.kubernetes->manifests.front());
  }
  convert_hosts(seen.installation);
  if (changed.contains(Source::secrets)) {
    observe_secrets(config_, limits_, compose_secret_files_, seen);
  }
  if (config_.runtime_cli && changed.contains(Source::runtime_cli)) {
    SourceFiles read = files();
    observe_runtime_cli(config_, read, seen);
  }
}

}  // namespace compliance
