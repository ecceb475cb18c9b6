// The verdicts of one check while its rule is run over its subjects.
#pragma once

#include <set>
#include <utility>

#include "checks/check.h"

namespace compliance {

// Unless each is asked for, verdicts that have nothing to say are kept once for each component: an
// estate has thousands of them.
class VerdictCollector {
 public:
  explicit VerdictCollector(bool each_pass) : each_pass_(each_pass) {}

  // A verdict that says itself whom it is about.
  void add(Verdict verdict);
  // A verdict about the container.
  void add(Verdict verdict, const Container& container);

  Verdicts take() { return std::move(verdicts_); }

 private:
  void note(Component component, Outcome outcome);

  bool each_pass_;
  Verdicts verdicts_;
  std::set<std::pair<Component, Outcome>> noted_;
};

}  // namespace compliance
