// Decides what is a change.
#include "exporter/history/transitions.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "exporter/base/escape.h"

namespace compliance {
namespace {

// Bytes of one text of an event: with the number of events this bounds the store.
constexpr std::size_t longest_text = 1000;

bool is_definite(Outcome outcome) { return outcome == Outcome::pass || outcome == Outcome::fail; }

// One line that a terminal shows and does not obey, cut between characters.
std::string shown(std::string_view text) {
  std::string line = printable(text);
  if (line.size() > longest_text) {
    std::size_t end = longest_text;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) {
      --end;
    }
    line.resize(end);
    line += "…";
  }
  return line;
}

std::string origin_text(const Origin& origin) {
  std::string text{origin.place.text()};
  if (!text.empty() && origin.line > 0) {
    text += ":" + std::to_string(origin.line);
    if (origin.column > 0) {
      text += ":" + std::to_string(origin.column);
    }
  }
  return text;
}

FindingSummary remark_of(const Finding& finding) {
  return {.reason = finding.outcome == Outcome::unknown && finding.reason
                        ? std::string{name_of(*finding.reason)}
                        : std::string{},
          .object = shown(finding.object),
          .origin = shown(origin_text(finding.origin)),
          .message = shown(finding.message)};
}

void note_definite(ComponentState& standing, Instant at) {
  if (is_definite(standing.status)) {
    standing.definite = standing.status;
    standing.definite_at = at;
  }
}

bool is_gap(const CheckState* before, const StatusSample& sighting) {
  return sighting.status == Outcome::unknown && sighting.pending &&
         (sighting.only_pending || before == nullptr || before->own.status == Outcome::fail);
}

Outcome status_of(const std::map<Component, ComponentState>& components, Component component) {
  const auto found = components.find(component);
  return found == components.end() ? Outcome::not_applicable : found->second.status;
}

// The components as they stand after the sighting.
std::map<Component, ComponentState> components_after(
    const std::map<Component, ComponentState>& before, const StatusSample& sighting, Instant at) {
  std::map<Component, ComponentState> after;
  if (sighting.pending) {
    after = before;
  }
  for (const auto& [component, seen] : sighting.components) {
    if (sighting.pending && seen.status != Outcome::fail) {
      continue;
    }
    const auto known = before.find(component);
    ComponentState standing = known == before.end() ? ComponentState{} : known->second;
    if (known == before.end() || standing.status != seen.status) {
      standing.status = seen.status;
      standing.since = at;
    }
    note_definite(standing, at);
    after.insert_or_assign(component, standing);
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
Component subject_of(const CheckState& before, const StatusSample& sighting) {
  if (sighting.status == Outcome::fail || sighting.status == Outcome::unknown) {
    return sighting.leading;
  }
  std::vector<Component> failing;
  for (const auto& [component, standing] : before.components) {
    if (standing.status == Outcome::fail) {
      failing.push_back(component);
    }
  }
  return failing.size() == 1 ? failing.front() : Component::installation;
}

struct Change {
  std::string_view scope{};
  Component component = Component::installation;
  Outcome from = Outcome::pass;
  Outcome to = Outcome::pass;
};

Event event_of(const Change& change, const FindingSummary& remark, Instant at) {
  return {.at = at,
          .scope = std::string{change.scope},
          .component = std::string{name_of(change.component)},
          .from = std::string{name_of(change.from)},
          .to = std::string{name_of(change.to)},
          .reason = remark.reason,
          .object = remark.object,
          .origin = remark.origin,
          .message = remark.message};
}

std::vector<Event> component_events(const CheckState& before, const CheckState& after,
                                    const StatusSample& sighting, Instant at) {
  std::map<Component, ComponentState> all = before.components;
  all.insert(after.components.begin(), after.components.end());
  std::vector<Event> events;
  for (const auto& entry : all) {
    const Change change{.scope = "component",
                        .component = entry.first,
                        .from = status_of(before.components, entry.first),
                        .to = status_of(after.components, entry.first)};
    if ((change.from == Outcome::fail) != (change.to == Outcome::fail)) {
      const auto seen = sighting.components.find(entry.first);
      events.push_back(event_of(
          change, seen == sighting.components.end() ? FindingSummary{} : seen->second.remark, at));
    }
  }
  return events;
}

}  // namespace

StatusSample sample_of(const CheckResult& result) {
  StatusSample sighting{.status = result.status};
  bool other = false;
  for (const Finding& finding : result.findings) {
    if (finding.outcome == Outcome::unknown) {
      const bool waits = finding.reason == UnknownReason::pending;
      sighting.pending = sighting.pending || waits;
      other = other || !waits;
    }
    // Findings come worst first, so that a component's first one is its status.
    const auto [place, is_first] = sighting.components.try_emplace(finding.component);
    if (is_first) {
      place->second.status = finding.outcome;
      if (finding.outcome == Outcome::fail || finding.outcome == Outcome::unknown) {
        place->second.remark = remark_of(finding);
      }
    }
  }
  sighting.only_pending = sighting.pending && !other;
  if (!result.findings.empty()) {
    sighting.leading = result.findings.front().component;
    sighting.remark = remark_of(result.findings.front());
  }
  return sighting;
}

Transition next_state(const CheckState* before, const StatusSample& sighting, Instant at) {
  if (is_gap(before, sighting)) {
    return {};
  }
  Transition step;
  CheckState after = before == nullptr ? CheckState{} : *before;
  after.components = components_after(after.components, sighting, at);
  if (before == nullptr) {
    after.own = {.status = sighting.status, .since = at};
  } else if (before->own.status != sighting.status) {
    after.own.status = sighting.status;
    after.own.since = at;
    ++after.transitions;
    after.last_transition = at;
    step.events.push_back(event_of({.scope = "check",
                                    .component = subject_of(*before, sighting),
                                    .from = before->own.status,
                                    .to = sighting.status},
                                   sighting.remark, at));
  } else if (same_statuses(before->components, after.components)) {
    return {};
  } else {
    step.events = component_events(*before, after, sighting, at);
  }
  note_definite(after.own, at);
  step.after = std::move(after);
  return step;
}

void refresh(CheckState& standing, const StatusSample& sighting, Instant at) {
  if (standing.own.status == sighting.status) {
    note_definite(standing.own, at);
  }
  for (auto& [component, known] : standing.components) {
    const auto seen = sighting.components.find(component);
    if (seen != sighting.components.end() && seen->second.status == known.status) {
      note_definite(known, at);
    }
  }
}

}  // namespace compliance
