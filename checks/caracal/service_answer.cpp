// Recognises the answers of Caracal's services.
#include "checks/caracal/service_answer.h"

#include <string>

#include "checks/formats/json_object.h"

namespace compliance {
namespace {

bool has_member(std::string_view body, std::string_view name, JsonKind kind) {
  const auto members = read_json_object(body);
  const JsonMember* member = members ? find_member(*members, name) : nullptr;
  return member != nullptr && member->kind == kind;
}

}  // namespace

bool is_unknown_route(const HttpAnswer& answer, std::string_view method, std::string_view path) {
  const std::string message =
      "Route " + std::string{method} + ":" + std::string{path} + " not found";
  return answer.status == 404 && says(answer.body, "message", message) &&
         says(answer.body, "error", "Not Found");
}

bool is_closed_control(const HttpAnswer& answer) {
  return answer.status == 503 && says(answer.body, "error", "control disabled");
}

bool is_stale_gateway(const HttpAnswer& answer) {
  return answer.status == 503 && says(answer.body, "error", "sts_unavailable");
}

bool is_key_set_without_zone(const HttpAnswer& answer) {
  return answer.status == 400 && says(answer.body, "error", "invalid_token") &&
         says(answer.body, "error_description", "zone_id required");
}

bool is_key_set(const HttpAnswer& answer) {
  return answer.status == 200 && has_member(answer.body, "keys", JsonKind::array);
}

}  // namespace compliance
