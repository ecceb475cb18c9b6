// Decides which verdicts are changes.
#include "exporter/history/transitions.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "exporter/base/escape.h"
#include "exporter/base/text.h"

namespace compliance {
namespace {

// Bytes of one text of an event: with the number of events this bounds the store.
constexpr std::size_t max_text_bytes = 1000;

// Unknown and not applicable say nothing of whether the requirement is met.
bool is_definite(Outcome outcome) { return outcome == Outcome::pass || outcome == Outcome::fail; }

// One line that a terminal shows and does not obey, cut between characters.
std::string shown(std::string_view text) {
  std::string line = printable(text);
  if (line.size() > max_text_bytes) {
    std::size_t end = max_text_bytes;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) {
      --end;
    }
    line.resize(end);
    line += "…";
  }
  return line;
}

// The reason of unknown findings only; others have none that is shown.
FindingSummary summary_of(const Finding& finding) {
  return {.reason = finding.outcome == Outcome::unknown && finding.reason
                        ? std::string{name_of(*finding.reason)}
                        : std::string{},
          .object = shown(finding.object),
          .origin = shown(format_location(finding.origin)),
          .message = shown(finding.message)};
}

// Remembers the status, and when it was seen, if it is definite.
void note_definite(ComponentState& state, Instant at) {
  if (is_definite(state.status)) {
    state.definite = state.status;
    state.definite_at = at;
  }
}

// A restart or a new target leaves results pending for a moment; recording that would put an
// unknown between two equal verdicts. See next_state().
bool is_gap(const CheckState* before, const StatusSample& sample) {
  return sample.status == Outcome::unknown && sample.pending &&
         (sample.only_pending || before == nullptr || before->own.status == Outcome::fail);
}

// A component without findings has nothing that applies to it.
Outcome status_of(const std::map<Component, ComponentState>& components, Component component) {
  const auto found = components.find(component);
  return found == components.end() ? Outcome::not_applicable : found->second.status;
}

// The components as they stand after the sample.
std::map<Component, ComponentState> components_after(
    const std::map<Component, ComponentState>& before, const StatusSample& sample, Instant at) {
  std::map<Component, ComponentState> after;
  if (sample.pending) {
    after = before;
  }
  for (const auto& [component, seen] : sample.components) {
    // What is still to come might fail it.
    if (sample.pending && seen.status != Outcome::fail) {
      continue;
    }
    const auto known = before.find(component);
    ComponentState state = known == before.end() ? ComponentState{} : known->second;
    if (known == before.end() || state.status != seen.status) {
      state.status = seen.status;
      state.since = at;
    }
    note_definite(state, at);
    after.insert_or_assign(component, state);
  }
  return after;
}

bool same_statuses(const std::map<Component, ComponentState>& a,
                   const std::map<Component, ComponentState>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
    return one.first == other.first && one.second.status == other.second.status;
  });
}

// Whom a change of the check is about: who leads it now, or the only one that failed before.
Component subject_of(const CheckState& before, const StatusSample& sample) {
  if (sample.status == Outcome::fail || sample.status == Outcome::unknown) {
    return sample.leading;
  }
  std::vector<Component> failing;
  for (const auto& [component, state] : before.components) {
    if (state.status == Outcome::fail) {
      failing.push_back(component);
    }
  }
  return failing.size() == 1 ? failing.front() : Component::installation;
}

// One line of the history, before words.
struct Change {
  std::string_view scope{};
  Component component = Component::installation;
  Outcome from = Outcome::pass;
  Outcome to = Outcome::pass;
};

// The words of an event; what the finding does not have stays empty.
Event event_of(const Change& change, const FindingSummary& summary, Instant at) {
  return {.at = at,
          .scope = std::string{change.scope},
          .component = std::string{name_of(change.component)},
          .from = std::string{name_of(change.from)},
          .to = std::string{name_of(change.to)},
          .reason = summary.reason,
          .object = summary.object,
          .origin = summary.origin,
          .message = summary.message};
}

// One event for each component that begins or ceases to fail while the check's own status stays: a
// check that fails for two components tells so when only one is mended.
std::vector<Event> component_events(const CheckState& before, const CheckState& after,
                                    const StatusSample& sample, Instant at) {
  std::map<Component, ComponentState> all = before.components;
  all.insert(after.components.begin(), after.components.end());
  std::vector<Event> events;
  for (const auto& entry : all) {
    const Change change{.scope = "component",
                        .component = entry.first,
                        .from = status_of(before.components, entry.first),
                        .to = status_of(after.components, entry.first)};
    if ((change.from == Outcome::fail) != (change.to == Outcome::fail)) {
      const auto seen = sample.components.find(entry.first);
      events.push_back(event_of(
          change, seen == sample.components.end() ? FindingSummary{} : seen->second.summary, at));
    }
  }
  return events;
}

}  // namespace

StatusSample sample_of(const CheckResult& result) {
  StatusSample sample{.status = result.status};
  bool other = false;
  for (const Finding& finding : result.findings) {
    if (finding.outcome == Outcome::unknown) {
      const bool waits = finding.reason == UnknownReason::pending;
      sample.pending = sample.pending || waits;
      other = other || !waits;
    }
    // Findings come worst first, so that a component's first one is its status.
    const auto [place, is_first] = sample.components.try_emplace(finding.component);
    if (!is_first) {
      continue;
    }
    place->second.status = finding.outcome;
    if (finding.outcome == Outcome::fail || finding.outcome == Outcome::unknown) {
      place->second.summary = summary_of(finding);
    }
  }
  sample.only_pending = sample.pending && !other;
  if (!result.findings.empty()) {
    sample.leading = result.findings.front().component;
    sample.summary = summary_of(result.findings.front());
  }
  return sample;
}

Transition next_state(const CheckState* before, const StatusSample& sample, Instant at) {
  if (is_gap(before, sample)) {
    return {};
  }
  Transition transition;
  CheckState after = before == nullptr ? CheckState{} : *before;
  after.components = components_after(after.components, sample, at);
  if (before == nullptr) {
    after.own = {.status = sample.status, .since = at};
  } else if (before->own.status != sample.status) {
    after.own.status = sample.status;
    after.own.since = at;
    ++after.transitions;
    after.last_transition = at;
    transition.events.push_back(event_of({.scope = "check",
                                          .component = subject_of(*before, sample),
                                          .from = before->own.status,
                                          .to = sample.status},
                                         sample.summary, at));
  } else if (same_statuses(before->components, after.components)) {
    return {};
  } else {
    transition.events = component_events(*before, after, sample, at);
  }
  note_definite(after.own, at);
  transition.after = std::move(after);
  return transition;
}

void refresh(CheckState& state, const StatusSample& sample, Instant at) {
  if (state.own.status == sample.status) {
    note_definite(state.own, at);
  }
  for (auto& [component, known] : state.components) {
    const auto seen = sample.components.find(component);
    if (seen != sample.components.end() && seen->second.status == known.status) {
      note_definite(known, at);
    }
  }
}

}  // namespace compliance
