// Every component that serves metrics has a bearer token for them.
#include "checks/caracal/settings.h"
#include "checks/check.h"

namespace compliance::metrics_access {
namespace {

constexpr std::string_view bearer = "METRICS_BEARER";

// All components with a mode, and no others. Source: FACTS.md 9.
bool serves_metrics(const Container& container) {
  return container.role == ContainerRole::main && has_mode(container.component);
}

// With the fault of the variable, else that of the environment.
Verdict undecided_bearer(const Container& container, const Setting& setting) {
  const Fault fault{.reason = UnknownReason::unresolved_reference,
                    .message = "whether METRICS_BEARER is set is undecided"};
  if (setting.variable != nullptr) {
    return unknown(setting.variable->fault.value_or(fault), setting.variable->origin);
  }
  return unknown(container.environment.incomplete.value_or(fault), container.origin);
}

// An inline bearer passes here: it is a finding of secrets-no-inline-values.
Verdict evaluate_bearer_configured(const Container& container, const Policy& /*policy*/) {
  if (!serves_metrics(container)) {
    return not_applicable();
  }
  const Setting setting = setting_in_effect(container.environment, bearer);
  switch (setting.form) {
    case SettingForm::undecidable:
      return undecided_bearer(container, setting);
    case SettingForm::inline_value:
    case SettingForm::file:
    case SettingForm::reference:
      return pass();
    case SettingForm::unset:
      break;
  }
  if (const auto fault = unseen_variables(container)) {
    return unknown(*fault, container.origin);
  }
  return with_expected_observed(
      fail("has no bearer token for its metrics: published mode rejects every scrape",
           container.origin),
      "METRICS_BEARER_FILE", "not set");
}

}  // namespace

extern constinit const Check bearer_configured{
    .id = "metrics-access-bearer-configured",
    .title = "Components that serve metrics have a bearer token for them",
    .area = Area::metrics_access,
    .severity = Severity::low,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "Without a token published mode rejects every scrape, and nobody notices when the service "
        "fails; development mode shows its metrics to everyone.",
    .remediation =
        "Mount the secret metricsBearer and set METRICS_BEARER_FILE (in the chart "
        "secrets.metricsBearer.secretName).",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_bearer_configured,
};

}  // namespace compliance::metrics_access
