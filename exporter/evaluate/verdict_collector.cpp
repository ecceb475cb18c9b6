// Keeps verdicts that say something, and one for each component of those that do not.
#include "exporter/evaluate/verdict_collector.h"

#include "checks/facts/container.h"

namespace compliance {

void VerdictCollector::add(Verdict verdict) {
  const bool silent = verdict.message.empty() && (verdict.outcome == Outcome::pass ||
                                                  verdict.outcome == Outcome::not_applicable);
  if (!silent || each_pass_) {
    verdicts_.push_back(std::move(verdict));
    return;
  }
  const Component component = verdict.component.value_or(Component::installation);
  // The verdict of a component that stands for all has no object: it is about none in particular.
  note(component, verdict.outcome);
}

void VerdictCollector::add(Verdict verdict, const Container& container) {
  if (verdict.message.empty() && !each_pass_) {
    verdict.component = container.component;
    if (verdict.outcome == Outcome::fail || verdict.outcome == Outcome::unknown) {
      verdict.object = container.object;
    }
    add(std::move(verdict));
    return;
  }
  verdicts_.push_back(attributed_to(std::move(verdict), container));
}

void VerdictCollector::note(Component component, Outcome outcome) {
  if (!noted_.insert({component, outcome}).second) {
    return;
  }
  verdicts_.push_back(
      attributed_to(outcome == Outcome::pass ? pass() : not_applicable(), component, ""));
}

}  // namespace compliance
