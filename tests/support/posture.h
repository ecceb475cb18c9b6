// Builders of facts for the tests of the exporter's own posture.
#pragma once

#include <string_view>

#include "checks/check.h"
#include "checks/facts/installation.h"
#include "exporter/evaluate/evaluate.h"
#include "tests/support/facts.h"

namespace compliance::test {

// A process and what it serves that pass every rule about it.
ProcessPosture hardened_process();

// The origin of every fact of such a process.
inline Origin at_process() {
  return {.source = Source::process, .place = Location{"/proc/self/status"}};
}

// The reserved installation with this posture.
Installation exporter_installation(ProcessPosture process);

CheckResult result_of(std::string_view check_id, ProcessPosture process);
Outcome status_of(std::string_view check_id, ProcessPosture process);

// A fact that could not be read.
template <class T>
Fact<T> unreadable_fact() {
  return {.fault = Fault{.reason = UnknownReason::permission_denied, .message = "refused"}};
}

}  // namespace compliance::test
