// Services reach one another over https, or over plain http that stays inside.
#include "checks/caracal/settings.h"
#include "checks/check.h"
#include "checks/published_mode/shared/service_url.h"

namespace compliance::published_mode {
namespace {

constexpr auto allowing = "CARACAL_ALLOW_INSECURE_CONFIG_URLS";

Verdict judge_url(const Container& container, std::string_view name) {
  const Fact<std::string> url = variable_text(container, name);
  if (url.fault) {
    return unknown(*url.fault, url.origin);
  }
  const auto wrong = unsafe_service_url(container.component, name, *url.value);
  return wrong ? with_expected_observed(fail(std::string{name} + " " + *wrong, url.origin),
                                        "https, or http to an internal host", shown_url(*url.value))
               : pass();
}

Verdict judge_allowing(const Container& container) {
  const Fact<std::string> text = variable_text(container, allowing);
  if (may_allow_insecure_urls(container) || (text.value && !text.is("true"))) {
    return pass();
  }
  return text.fault ? unknown(*text.fault, text.origin)
                    : with_expected_observed(fail("plain http is allowed", text.origin), "not set",
                                             "true");
}

Verdicts evaluate_service_urls(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Variable& variable : container.environment.variables) {
    if (variable.name == allowing) {
      verdicts.push_back(judge_allowing(container));
    } else if (is_packaged(container.component) && is_service_url(variable.name) &&
               variable.value != "") {
      verdicts.push_back(judge_url(container, variable.name));
    }
  }
  if (is_packaged(container.component) && unseen_variables(container)) {
    verdicts.push_back(unknown(*unseen_variables(container), container.origin));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check service_urls{
    .id = "published-mode-service-urls",
    .title = "Service URLs are https, or http to internal hosts",
    .area = Area::published_mode,
    .severity = Severity::high,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why = "Plain http outside shows tokens and keys to all on the way.",
    .remediation = "Use https or an internal name; unset CARACAL_ALLOW_INSECURE_CONFIG_URLS.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_service_urls,
};
}  // namespace compliance::published_mode
