// Decides what is a change: what stood before x what one cycle says -> what stands now, and the
// events. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exporter/evaluate/check_history.h"
#include "exporter/evaluate/evaluate.h"
#include "exporter/history/check_state.h"

namespace compliance {

// The shown part of a finding, bounded and printable.
struct FindingSummary {
  std::string reason{};
  std::string object{};
  std::string origin{};
  std::string message{};

  bool operator==(const FindingSummary&) const = default;
};

struct ComponentSighting {
  Outcome status = Outcome::pass;  // of its findings: failing before unknown before passing
  FindingSummary remark{};         // of failing and unknown ones

  bool operator==(const ComponentSighting&) const = default;
};

// What one cycle says of one check: no more than history needs.
struct StatusSample {
  Outcome status = Outcome::not_applicable;
  bool pending = false;       // a result is still to come
  bool only_pending = false;  // nothing else is unknown
  Component leading = Component::installation;
  FindingSummary remark{};  // of the leading finding
  std::map<Component, ComponentSighting> components{};

  bool operator==(const StatusSample&) const = default;
};

StatusSample sample_of(const CheckResult& result);

// `after` is absent when nothing changed but the times of definite verdicts. The events still lack
// installation, check and number.
struct Transition {
  std::optional<CheckState> after{};
  std::vector<Event> events{};
};

// `before` is null for a check that nothing is remembered of: its first status is no change. While
// a result is pending, what could only be a gap stands as it was: an unknown status after a failing
// one or none, or one that is unknown for nothing else; and a component that does not fail now.
Transition next_state(const CheckState* before, const StatusSample& sighting, Instant at);

// Notes when the verdicts that stand were last seen.
void refresh(CheckState& standing, const StatusSample& sighting, Instant at);

}  // namespace compliance
