// What the rules about the exporter's own process share.
#pragma once

#include <string>

#include "checks/check.h"

namespace compliance {

// The verdict on a fact that could not be read.
template <class T>
Verdict unseen(const Fact<T>& fact, std::string message) {
  return unknown(fact.fault.value_or(Fault{UnknownReason::not_observable, std::move(message)}),
                 fact.origin);
}

// "mode 0640, owner 0, group 33".
std::string in_words(const FileAccess& access);

// True when users other than root and `user` may read the file: its owner, its group (that of root
// has no members who are less than root) or everybody.
bool readable_by_others(const FileAccess& access, std::uint32_t user);

// The effective user, or root where it is not known: then a file of any other owner is a
// stranger's.
std::uint32_t user_of(const ProcessPosture& process);

}  // namespace compliance
