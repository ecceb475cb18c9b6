// Recognises the services of Caracal by their answers to GET /ready, /health and /metrics
// (FACTS.md 1.2 and 9).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "checks/facts/component.h"
#include "checks/formats/http.h"

namespace compliance::probes {

// Whose answer to GET /ready it may be. Only Go services answer in a form that no other
// program has; the others need a second answer.
enum class ReadyAnswer : std::uint8_t {
  foreign,
  go_service,     // sts, gateway or audit: nobody else says so
  perhaps_audit,  // these three are what others say too
  perhaps_node,   // api or coordinator
  perhaps_web,
};

// Reads status and body. The answer of a service that is not ready counts too.
ReadyAnswer read_ready(const HttpAnswer& answer);

// What to GET to be sure; empty where that is not needed, or where nothing would help.
std::string_view confirming_target(ReadyAnswer ready);

// The service whose answer this is to that second question; nothing when it is foreign after all.
std::optional<Component> confirm(ReadyAnswer ready, const HttpAnswer& answer);

}  // namespace compliance::probes
