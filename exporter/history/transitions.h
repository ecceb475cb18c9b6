// Decides which verdicts are changes: state before x sample of one cycle -> state after, and
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

// The shown part of a finding, bounded and printable: it is stored for ever and shown on terminals.
// Texts that the finding does not have are empty.
struct FindingSummary {
  std::string reason{};
  std::string object{};
  std::string origin{};
  std::string message{};

  // By the cut texts: findings that differ beyond the limit are equal.
  bool operator==(const FindingSummary&) const = default;
};

// The findings of one component in one cycle.
struct ComponentSample {
  Outcome status = Outcome::pass;  // of its findings: failing before unknown before passing
  FindingSummary summary{};        // of failing and unknown ones

  bool operator==(const ComponentSample&) const = default;
};

// The result of one check in one cycle, as far as history needs it.
struct StatusSample {
  Outcome status = Outcome::not_applicable;
  bool pending = false;       // a result is still to come
  bool only_pending = false;  // nothing else is unknown
  Component leading = Component::installation;
  FindingSummary summary{};  // of the leading finding
  std::map<Component, ComponentSample> components{};

  bool operator==(const StatusSample&) const = default;
};

// Pure. The findings have to be in the order that evaluate_check() gives them.
StatusSample sample_of(const CheckResult& result);

// What one sample changes. `after` is absent if nothing changed but the times of definite verdicts.
// The events still lack installation, check and number.
struct Transition {
  std::optional<CheckState> after{};
  std::vector<Event> events{};
};

// `before` is null for an unknown check, whose first status is not a change. While a result is
// pending, possible gaps change nothing: an unknown status after a failing one or none, or one that
// is unknown for no other reason; and a component that does not fail now.
Transition next_state(const CheckState* before, const StatusSample& sample, Instant at);

// Updates when the current verdicts were last seen; only those that the sample confirms.
void refresh(CheckState& state, const StatusSample& sample, Instant at);

}  // namespace compliance
