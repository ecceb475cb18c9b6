// What is published: results and the state of the sources at one moment. Never changed afterwards.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/tls.h"
#include "exporter/base/instant.h"
#include "exporter/evaluate/check_history.h"
#include "exporter/evaluate/evaluate.h"
#include "exporter/evaluate/waivers.h"

namespace compliance {

// One configured source of an installation, as it was at the last attempt to read or probe it.
struct SourceState {
  Source source = Source::compose;
  bool up = false;
  std::optional<Instant> last_change{};  // last content change seen
  // Of files: true while events tell of changes, false while they are looked for.
  std::optional<bool> watched{};
  std::string note{};  // for people: what was left out although it lies there

  // The time of a change counts, so that a source that changed back is another.
  bool operator==(const SourceState&) const = default;
};

// What is shown of an endpoint's TLS. Facts, not verdicts: thresholds are the alerts' own.
struct PublishedTls {
  Component component = Component::web;
  std::optional<std::chrono::sys_seconds> not_after{};  // the earliest of a verified path
  // By tls_protocols; absent where it could not be determined.
  std::array<std::optional<bool>, tls_protocols.size()> offered{};

  // By value; an unknown protocol differs from one that is refused.
  bool operator==(const PublishedTls&) const = default;
};

// A secret file of the inventory, by the product's name for it; never its path or its content.
struct PublishedSecret {
  std::string logical_name{};
  std::chrono::sys_seconds changed_at{};

  bool operator==(const PublishedSecret&) const = default;
};

// One installation: what was evaluated, and what is shown beside it.
struct PublishedInstallation {
  InstallationResult result{};
  std::vector<SourceState> sources{};
  std::map<std::string, CheckHistory, std::less<>> past{};  // by id of check
  std::vector<PublishedTls> endpoints{};
  std::vector<PublishedSecret> secrets{};  // of the inventory, whose age tells of rotation
};

// A valid waiver with the state that it was in when the snapshot was made.
struct PublishedWaiver {
  Waiver waiver{};
  WaiverState state = WaiverState::active;
};

// Everything that readers see. Made by one cycle and shared as a pointer to const, so that a scrape
// and a page show the same moment. The order of installations is that of the configuration.
struct Snapshot {
  // By the wall clock; states of waivers and ages are as of this moment.
  Instant published_at{};
  std::vector<PublishedInstallation> installations{};
  std::vector<PublishedWaiver> waivers{};
  std::size_t invalid_waivers = 0;   // entries of the waivers file that are not valid
  std::size_t max_series = 200'000;  // of the verdict families
  // What the pages warn of, as it was when the verdicts were published.
  bool last_reload_successful = true;
  bool state_store_persistent = false;
  bool state_store_up = true;
};

// What the metrics show of an installation's endpoints beside its verdicts, in their order.
// Endpoints that were not reached are there with nothing known.
std::vector<PublishedTls> published_tls(const Installation& installation);
// The secret files of the inventory whose time of change tells of rotation; projected ones do not,
// since the kubelet writes them anew.
std::vector<PublishedSecret> published_secrets(const Installation& installation);

}  // namespace compliance
