// How verdicts are made. All functions but append() take their verdict by value and return it, so
// that they nest.
#include <iterator>
#include <utility>

#include "checks/check.h"
#include "checks/facts/container.h"

namespace compliance {

Verdict pass() { return Verdict{}; }

Verdict pass(std::string note, const Origin& origin) {
  return Verdict{.outcome = Outcome::pass, .message = std::move(note), .origin = origin};
}

Verdict fail(std::string message, const Origin& origin) {
  return Verdict{.outcome = Outcome::fail, .message = std::move(message), .origin = origin};
}

Verdict unknown(UnknownReason reason, std::string message, const Origin& origin) {
  return Verdict{.outcome = Outcome::unknown,
                 .reason = reason,
                 .message = std::move(message),
                 .origin = origin};
}

Verdict unknown(const Fault& fault, const Origin& origin) {
  return unknown(fault.reason, fault.message, origin);
}

Verdict not_applicable() { return Verdict{.outcome = Outcome::not_applicable}; }

Verdict with_expected_observed(Verdict verdict, std::string expected, std::string observed) {
  verdict.expected = std::move(expected);
  verdict.observed = std::move(observed);
  return verdict;
}

// The origin stays: a rule knows the exact line, the container only its own.
Verdict attributed_to(Verdict verdict, const Container& container) {
  return attributed_to(std::move(verdict), container.component, container.object);
}

Verdict attributed_to(Verdict verdict, Component component, std::string object) {
  verdict.component = component;
  verdict.object = std::move(object);
  return verdict;
}

Verdict with_severity(Verdict verdict, Severity severity) {
  verdict.severity = severity;
  return verdict;
}

Verdicts findings_or_pass(Verdicts verdicts) {
  // A pass with a note differs from pass() and stays.
  std::erase(verdicts, pass());
  if (verdicts.empty()) {
    verdicts.push_back(pass());
  }
  return verdicts;
}

Verdicts attributed_to(Verdicts verdicts, const Container& container) {
  return attributed_to(std::move(verdicts), container.component, container.object);
}

Verdicts attributed_to(Verdicts verdicts, Component component, const std::string& object) {
  for (Verdict& verdict : verdicts) {
    verdict = attributed_to(std::move(verdict), component, object);
  }
  return verdicts;
}

void append(Verdicts& verdicts, Verdicts more) {
  verdicts.insert(verdicts.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
}

}  // namespace compliance
