// Whether the Control API is off, or on with a gate file and closed to unauthenticated requests.
// Source: FACTS.md 10.
#include "checks/caracal/secret_mount.h"
#include "checks/caracal/service_answer.h"
#include "checks/caracal/settings.h"
#include "checks/check.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/http_verdicts.h"

namespace compliance::published_mode {
namespace {

// The file may be missing, which closes the gate; but it has to lie where an operator controls it.
// `enabled_at` is where Control is switched on.
Verdict gate_file_verdict(const Container& container, const Origin& enabled_at) {
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
      fail("CONTROL_GATE_FILE is not on a mount of the container", gate.origin), "a mounted file",
      "no mount");
}

// An edge that serves the console's page for every path shows nothing about Control.
bool is_html_page(const HttpAnswer& answer) { return content_type(answer) == "text/html"; }

// Passes for an API container with Control off, or on with a mounted gate file.
Verdict control_setting_verdict(const Container& api) {
  const Fact<std::string> enabled = variable_text(api, "CARACAL_CONTROL_ENABLED");
  if (enabled.fault) {
    return unknown(*enabled.fault, enabled.origin);
  }
  // The product takes only this exact text for on.
  return enabled.is("true") ? gate_file_verdict(api, enabled.origin) : pass();
}

// Passes where the endpoint of the API rejects Control: 404, 401, or 503 of a closed gate.
Verdict control_answer_verdict(const Endpoint& endpoint) {
  const Fact<HttpAnswer>& control = endpoint.service[ServiceRequest::control];
  if (!control.value) {
    return unanswered(control);
  }
  const HttpAnswer& answer = *control.value;
  if (answer.status == 404 || answer.status == 401 || is_closed_control(answer)) {
    return pass();
  }
  return is_success(answer) && !is_html_page(answer)
             ? with_expected_observed(
                   fail("Control accepts a request without credentials", control.origin),
                   "status 404, 401 or 503", status_in_words(answer))
             : undecided(answer, "/v1/control/invoke", control.origin);
}

constexpr auto files = Source::compose | Source::kubernetes;

Verdicts evaluate_control_gate(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Container* api : main_containers_of(installation, Component::api)) {
    verdicts.push_back(attributed_to(control_setting_verdict(*api), *api));
  }
  if (const Endpoint* endpoint = asked_endpoint(installation, Component::api)) {
    verdicts.push_back(attributed_to(control_answer_verdict(*endpoint), *endpoint));
  } else if (!has_any(installation.configured, files)) {
    verdicts.push_back(without_endpoint(Component::api));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check control_gate{
    .id = "published-mode-control-gate",
    .title = "The Control API is off or behind its gate file",
    .area = Area::published_mode,
    .severity = Severity::medium,
    .evidence = files | Source::endpoint,
    .why = "Without the gate file, operators cannot switch remote control off.",
    .remediation =
        "Remove CARACAL_CONTROL_ENABLED, or set CONTROL_GATE_FILE to a file on a "
        "read-only mount.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_control_gate,
};

}  // namespace compliance::published_mode
