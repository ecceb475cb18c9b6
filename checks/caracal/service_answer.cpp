// Recognises the answers of Caracal's services.
#include "checks/caracal/service_answer.h"

#include <string>

namespace compliance {
namespace {

// The answer is a JSON object with this text as that member.
bool says(const HttpAnswer& answer, std::string_view name, std::string_view value) {
  const JsonValue* member = json_member(answer, name);
  return member != nullptr && member->kind == JsonValue::Kind::string && member->text == value;
}

}  // namespace

bool is_unknown_route(const HttpAnswer& answer, std::string_view method, std::string_view path) {
  const std::string message =
      "Route " + std::string{method} + ":" + std::string{path} + " not found";
  return answer.status == 404 && says(answer, "message", message) &&
         says(answer, "error", "Not Found");
}

bool is_closed_control(const HttpAnswer& answer) {
  return answer.status == 503 && says(answer, "error", "control disabled");
}

bool is_stale_gateway(const HttpAnswer& answer) {
  return answer.status == 503 && says(answer, "error", "sts_unavailable");
}

bool is_key_set_without_zone(const HttpAnswer& answer) {
  return answer.status == 400 && says(answer, "error", "invalid_token") &&
         says(answer, "error_description", "zone_id required");
}

bool is_key_set(const HttpAnswer& answer) {
  const JsonValue* keys = json_member(answer, "keys");
  return answer.status == 200 && keys != nullptr && keys->kind == JsonValue::Kind::array;
}

}  // namespace compliance
