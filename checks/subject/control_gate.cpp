// Judges whether the Control API is off or closed.
#include "checks/subject/control_gate.h"

#include "checks/subject/answer_words.h"
#include "checks/subject/endpoint_rule.h"
#include "checks/subject/secret_mount.h"
#include "checks/subject/service_answer.h"
#include "checks/subject/variable_text.h"

namespace compliance {
namespace {

Verdict judge_gate(const Container& container, const Origin& enabled_at) {
  const Fact<std::string> gate = variable_text(container, "CONTROL_GATE_FILE");
  if (gate.fault) {
    return unknown(*gate.fault, gate.origin);
  }
  if (gate.absent() || gate.is("")) {
    return comparing(fail("Control is on without a gate file", enabled_at), "CONTROL_GATE_FILE set",
                     "not set");
  }
  if (decided_mount_for(container, *gate.value) != nullptr) {
    return pass();
  }
  if (const Mount* undecided = undecided_mount(container)) {
    return unknown(*undecided->fault, undecided->origin);
  }
  return comparing(fail("CONTROL_GATE_FILE lies on no mount of the container", gate.origin),
                   "a mounted file", "no mount");
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
  const Fact<HttpAnswer>& control = endpoint.service.control;
  if (!control.value) {
    return unanswered(control);
  }
  const HttpAnswer& answer = *control.value;
  if (answer.status == 404 || answer.status == 401 || is_closed_control(answer)) {
    return pass();
  }
  return is_success(answer) && !is_page(answer)
             ? comparing(
                   fail("Control does what nobody was asked a credential for", control.origin),
                   "status 404, 401 or 503", status_in_words(answer))
             : undecided(answer, "/v1/control/invoke", control.origin);
}

}  // namespace compliance
