// Whether all services name the same issuer, byte by byte: a slash at the end is a difference
// (FACTS.md 8.4, T80). ISSUER_URL of gateway and audit does not count (FACTS.md T82).
#include <algorithm>

#include "checks/check.h"
#include "checks/token_issuer/shared/token_issuer.h"

namespace compliance::token_issuer {
namespace {

// `first` is the setting that the others are compared with; it agrees with itself.
Verdict consistent_verdict(const IssuerSetting& setting, const IssuerSetting& first) {
  if (setting.text.fault) {
    return unknown(*setting.text.fault, setting.text.origin);
  }
  if (!setting.text.value) {
    return not_applicable();  // an unset issuer is a finding of published-mode-required-settings
  }
  if (setting.text.value == first.text.value) {
    return pass();
  }
  return with_expected_observed(
      fail(std::string{setting.variable} + " differs from the " + std::string{first.variable} +
               " of " + first.container->object,
           setting.text.origin),
      "the same text, byte by byte",
      std::string{difference_between(*setting.text.value, *first.text.value)});
}

// One statement alone has nothing to differ from and gets no verdict.
Verdicts evaluate_consistent(const Installation& installation, const Policy& /*policy*/) {
  const std::vector<IssuerSetting> settings = issuer_settings(installation);
  const auto first = std::find_if(settings.begin(), settings.end(), [](const auto& setting) {
    return setting.text.value.has_value();
  });
  const auto stated = std::count_if(settings.begin(), settings.end(),
                                    [](const auto& setting) { return !setting.text.absent(); });
  Verdicts verdicts;
  for (const IssuerSetting& setting : settings) {
    if (stated > 1) {
      verdicts.push_back(
          attributed_to(consistent_verdict(setting, first == settings.end() ? setting : *first),
                        *setting.container));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check consistent{
    .id = "token-issuer-consistent",
    .title = "All services name the same token issuer",
    .area = Area::token_issuer,
    .severity = Severity::medium,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "A token whose issuer differs by one byte is rejected, and the usual workaround is to "
        "loosen verification.",
    .remediation =
        "Give ISSUER_URL of sts and coordinator and STS_ISSUER_URL of api the same text, best "
        "from one variable.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_consistent,
};
}  // namespace compliance::token_issuer
