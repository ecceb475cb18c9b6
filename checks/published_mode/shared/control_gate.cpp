// Judges whether the Control API is off or closed.
#include "checks/published_mode/shared/control_gate.h"

#include "checks/caracal/secret_mount.h"
#include "checks/caracal/service_answer.h"
#include "checks/caracal/settings.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/http_verdicts.h"

namespace compliance {
namespace {

Verdict judge_gate(const Container& container, const Origin& enabled_at) {
  const Fact<std::string> gate = variable_text(container, "CONTROL_GATE_FILE");
  if (gate.fault) {
    return unknown(*gate.fault, gate.origin);
  }
  if (gate.absent() || gate.is("")) {
    return with_expected_observed(fail("Control is on without a gate file", enabled_at),
                                  "CONTROL_GATE_FILE set", "not set");
  }
  if (decided_mount_for(container, *gate.value) != nullptr) {
    return pass();
  }
  if (const Mount* undecided = undecided_mount(container)) {
    return unknown(*undecided->fault, undecided->origin);
  }
  return with_expected_observed(
      fail("CONTROL_GATE_FILE lies on no mount of the container", gate.origin), "a mounted file",
      "no mount");
}

// An edge that serves the console's page for every path has nothing of Control to show.
bool is_page(const HttpAnswer& answer) { return content_type(answer) == "text/html"; }

}  // namespace

Verdict judge_control(const Container& api) {
  const Fact<std::string> enabled = variable_text(api, "CARACAL_CONTROL_ENABLED");
  if (enabled.fault) {
    return unknown(*enabled.fault, enabled.origin);
  }
  // The product takes this exact text alone for on.
  return enabled.is("true") ? judge_gate(api, enabled.origin) : pass();
}

Verdict judge_control(const Endpoint& endpoint) {
  const Fact<HttpAnswer>& control = endpoint.service[ServiceRequest::control];
  if (!control.value) {
    return unanswered(control);
  }
  const HttpAnswer& answer = *control.value;
  if (answer.status == 404 || answer.status == 401 || is_closed_control(answer)) {
    return pass();
  }
  return is_success(answer) && !is_page(answer)
             ? with_expected_observed(
                   fail("Control does what nobody was asked a credential for", control.origin),
                   "status 404, 401 or 503", status_in_words(answer))
             : undecided(answer, "/v1/control/invoke", control.origin);
}

}  // namespace compliance
