// Compares answers with those of the services, by FACTS.md 1.2 and 9.
#include "exporter/observe/probes/ports/caracal_answers.h"

#include <algorithm>
#include <array>
#include <string>

#include <nlohmann/json.hpp>

namespace compliance::probes {
namespace {

using Json = nlohmann::json;

constexpr int ok = 200;
constexpr int unauthorized = 401;
constexpr int too_many_requests = 429;
constexpr int unavailable = 503;

// Of sts, gateway and audit, those of both releases (FACTS.md 1.2).
constexpr std::array<std::string_view, 10> go_reasons{
    "postgres_unreachable",       "redis_unreachable",        "redis_unavailable",
    "revocation_snapshot_stale",  "audit_replay_unavailable", "sts_unreachable",
    "stream_consumers_not_ready", "bindings_unavailable",     "audit_evidence_lost",
    "audit_dlq_threshold"};

// A discarded value, equal to nothing below, where the body is no JSON.
Json body_of(const HttpAnswer& answer) {
  return Json::parse(answer.body, nullptr, /*allow_exceptions=*/false);
}

// Exactly three members, so that an object with more is not taken for one of these.
bool is_go_failure(const Json& body) {
  if (!body.is_object() || body.size() != 3 || body.value("ok", Json{}) != false ||
      body.value("ready", Json{}) != false) {
    return false;
  }
  const Json reason = body.value("reason", Json{});
  return std::any_of(go_reasons.begin(), go_reasons.end(),
                     [&reason](std::string_view each) { return reason == each; });
}

// The errors are many and differ by release; any text will do, since /metrics decides.
bool is_node_failure(const Json& body) {
  if (!body.is_object() || body.value("ok", Json{}) != false) {
    return false;
  }
  return body == Json{{"ok", false}, {"draining", true}} || body.value("error", Json{}).is_string();
}

// Reads a 503.
ReadyAnswer read_unavailable(const Json& body) {
  if (is_go_failure(body)) {
    return ReadyAnswer::go_service;
  }
  if (body == Json{{"status", "unavailable"}} || body == Json{{"status", "draining"}}) {
    return ReadyAnswer::perhaps_web;
  }
  return is_node_failure(body) ? ReadyAnswer::perhaps_node : ReadyAnswer::foreign;
}

// Reads a 200.
ReadyAnswer read_available(const Json& body) {
  if (body == Json{{"ok", true}, {"ready", true}}) {
    return ReadyAnswer::go_service;
  }
  if (body == Json{{"ready", true}}) {
    return ReadyAnswer::perhaps_audit;
  }
  if (body == Json{{"status", "ready"}}) {
    return ReadyAnswer::perhaps_web;
  }
  return body == Json{{"ok", true}} ? ReadyAnswer::perhaps_node : ReadyAnswer::foreign;
}

// Tells api from coordinator by the words of their 401. An api outside published mode may
// serve metrics to anybody and is not recognised.
std::optional<Component> confirm_node(const HttpAnswer& metrics) {
  const Json body = body_of(metrics);
  if (metrics.status != unauthorized) {
    return std::nullopt;
  }
  if (body == Json{{"error", "missing_token"}}) {
    return Component::coordinator;
  }
  return body == Json{{"error", "unauthorized"}} ? std::optional{Component::api} : std::nullopt;
}

// Go services share this answer, but the two others were recognised before.
bool is_audit(const HttpAnswer& metrics) {
  return metrics.status == unauthorized && content_type(metrics) == "text/plain" &&
         metrics.body == "unauthorized\n";
}

bool is_web(const HttpAnswer& health) {
  return health.status == ok &&
         body_of(health) == Json{{"status", "ok"}, {"service", "caracal-auth"}};
}

}  // namespace

ReadyAnswer read_ready(const HttpAnswer& answer) {
  const Json body = body_of(answer);
  if (answer.status == ok) {
    return read_available(body);
  }
  if (answer.status == unavailable) {
    return read_unavailable(body);
  }
  const bool limited =
      answer.status == too_many_requests && body == Json{{"error", "rate_limited"}};
  return limited ? ReadyAnswer::perhaps_node : ReadyAnswer::foreign;
}

std::string_view confirming_target(ReadyAnswer ready) {
  switch (ready) {
    case ReadyAnswer::perhaps_audit:
    case ReadyAnswer::perhaps_node:
      return "/metrics";
    case ReadyAnswer::perhaps_web:
      return "/health";
    case ReadyAnswer::foreign:
    case ReadyAnswer::go_service:
      break;
  }
  return {};
}

std::optional<Component> confirm(ReadyAnswer ready, const HttpAnswer& answer) {
  switch (ready) {
    case ReadyAnswer::perhaps_node:
      return confirm_node(answer);
    case ReadyAnswer::perhaps_audit:
      return is_audit(answer) ? std::optional{Component::audit} : std::nullopt;
    case ReadyAnswer::perhaps_web:
      return is_web(answer) ? std::optional{Component::web} : std::nullopt;
    case ReadyAnswer::foreign:
    case ReadyAnswer::go_service:
      break;
  }
  return std::nullopt;
}

}  // namespace compliance::probes
