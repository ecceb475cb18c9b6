// One stated property: absent, known, or stated in a way that cannot be decided from here.
#pragma once

#include <optional>
#include <string>

#include "checks/facts/origin.h"
#include "checks/facts/unknown_reason.h"

namespace compliance {

// Why something that is there could not be read or decided; `message` is for an operator.
struct Fault {
  UnknownReason reason = UnknownReason::internal_error;
  std::string message{};

  bool operator==(const Fault&) const = default;
};

// A property as the evidence states it. Absent differs from false: both members are empty then.
// `origin` is where it is stated or, when absent, the object that could have stated it.
template <class T>
struct Fact {
  std::optional<T> value{};
  Origin origin{};
  std::optional<Fault> fault{};  // stated, but not decidable: for example an unset variable

  bool absent() const { return !value && !fault; }
  bool is(const T& expected) const { return value == expected; }
  bool operator==(const Fact&) const = default;
};

// One element of a list, such as an added capability, with its position.
template <class T>
struct Located {
  T value{};
  Origin origin{};

  bool operator==(const Located&) const = default;
};

}  // namespace compliance
