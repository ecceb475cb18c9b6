// Verdict parts that the rules about the exporter's own process share.
#pragma once

#include <string>

#include "checks/check.h"
#include "checks/facts/process_posture.h"

namespace compliance {

// The verdict on a fact that could not be read.
template <class T>
Verdict unobserved(const Fact<T>& fact, std::string message) {
  return unknown(fact.fault.value_or(Fault{UnknownReason::not_observable, std::move(message)}),
                 fact.origin);
}

// "mode 0640, owner 0, group 33".
std::string describe(const FileAccess& access);

// True when users other than root and `user` may read the file: its owner, its group (unless that
// is root's) or everybody.
bool readable_by_others(const FileAccess& access, std::uint32_t user);

// The effective user, or root if it is unknown: then every other owner of a file counts as another
// user.
std::uint32_t user_of(const ProcessPosture& process);

}  // namespace compliance
