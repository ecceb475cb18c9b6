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

// One configured source of an installation.
struct SourceState {
  Source source = Source::compose;
  bool up = false;
  std::optional<Instant> last_change{};  // last content change seen
  // Of files: true while events tell of changes, false while they are looked for.
  std::optional<bool> watched{};

  bool operator==(const SourceState&) const = default;
};

// What is shown of an endpoint's TLS.
struct PublishedTls {
  Component component = Component::web;
  std::optional<std::chrono::sys_seconds> not_after{};  // the earliest of a verified path
  // By tls_protocols; absent where it could not be determined.
  std::array<std::optional<bool>, tls_protocols.size()> offered{};

  bool operator==(const PublishedTls&) const = default;
};

struct PublishedSecret {
  std::string logical_name{};
  std::chrono::sys_seconds changed_at{};

  bool operator==(const PublishedSecret&) const = default;
};

struct PublishedInstallation {
  InstallationResult result{};
  std::vector<SourceState> sources{};
  std::map<std::string, CheckHistory, std::less<>> past{};  // by id of check
  std::vector<PublishedTls> endpoints{};
  std::vector<PublishedSecret> secrets{};  // of the inventory, whose age tells of rotation
};

struct PublishedWaiver {
  Waiver waiver{};
  WaiverState state = WaiverState::active;
};

struct Snapshot {
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

// What the metrics show of an installation beside its verdicts.
std::vector<PublishedTls> published_tls(const Installation& installation);
std::vector<PublishedSecret> published_secrets(const Installation& installation);

}  // namespace compliance
