// One stated property: absent, known, or stated in a way that cannot be decided from here.
#pragma once

#include <optional>
#include <string>

#include "checks/facts/origin.h"
#include "checks/facts/unknown_reason.h"

namespace compliance {

// Why something that is there could not be read or decided. `message` is for an operator and holds
// no text of a scanned file that could be secret.
struct Fault {
  UnknownReason reason = UnknownReason::internal_error;
  std::string message{};

  // The words count: two faults with one reason may concern different things.
  bool operator==(const Fault&) const = default;
};

// A property as the evidence states it. Absent differs from false: both members are empty then.
// `origin` is where it is stated or, when absent, the object that could have stated it. A rule that
// reads `value` has to look at `fault` too: an undecided fact is never a pass.
template <class T>
struct Fact {
  std::optional<T> value{};
  Origin origin{};
  std::optional<Fault> fault{};  // stated, but not decidable: for example an unset variable

  // Neither stated nor faulty.
  bool absent() const { return !value && !fault; }
  // False for absent and undecided facts, whatever is expected.
  bool is(const T& expected) const { return value == expected; }
  // By value and by where it is stated.
  bool operator==(const Fact&) const = default;
};

// One element of a list, such as an added capability, with its position.
template <class T>
struct Located {
  T value{};
  Origin origin{};

  // By position too; std::find on values needs a predicate.
  bool operator==(const Located&) const = default;
};

}  // namespace compliance
