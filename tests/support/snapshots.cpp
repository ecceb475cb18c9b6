// Builders of snapshots for the tests of what is published.
#include "tests/support/snapshots.h"

#include <utility>

namespace compliance::test {
namespace {

Verdicts nothing(const Installation& /*installation*/, const Policy& /*policy*/) { return {}; }

Origin compose_origin() {
  return {.source = Source::compose, .place = Location{"compose.yaml"}, .line = 12, .column = 7};
}

}  // namespace

const Check sample_mode{
    .id = "published-mode-sample",
    .title = "Services run in a published mode",
    .area = Area::published_mode,
    .severity = Severity::critical,
    .evidence = Source::compose | Source::kubernetes,
    .why = "Development modes accept anything.",
    .remediation = "Set CARACAL_MODE to stable on every service, or remove it.",
    .reference = "https://example.com/mode",
    .rule = RuleOnEach<Installation>{&nothing},
};

const Check sample_handshake{
    .id = "external-tls-sample",
    .title = "Certificates verify",
    .area = Area::external_tls,
    .severity = Severity::high,
    .evidence = Source::endpoint,
    .why = "Nobody knows who answers.",
    .remediation = "Install a certificate that matches the name.",
    .reference = "https://example.com/tls",
    .rule = RuleOnEach<Installation>{&nothing},
};

const Check sample_tokens{
    .id = "secrets-sample",
    .title = "Tokens are long",
    .area = Area::secrets,
    .severity = Severity::medium,
    .evidence = Source::secrets,
    .why = "Short ones are guessed.",
    .remediation = "Write a longer one.",
    .reference = "https://example.com/tokens",
    .rule = RuleOnEach<Installation>{&nothing},
};

const Check sample_budget{
    .id = "kubernetes-controls-sample",
    .title = "Workloads have a budget",
    .area = Area::kubernetes_controls,
    .severity = Severity::low,
    .evidence = Source::kubernetes,
    .why = "All replicas go at once.",
    .remediation = "Add a PodDisruptionBudget.",
    .reference = "https://example.com/budget",
    .rule = RuleOnEach<Installation>{&nothing},
};

Finding failing(Component component, std::string object, std::string message) {
  return {.component = component,
          .object = std::move(object),
          .outcome = Outcome::fail,
          .message = std::move(message),
          .origin = compose_origin()};
}

Finding passing(Component component, std::string object) {
  return {.component = component, .object = std::move(object), .origin = compose_origin()};
}

Finding undecided(Component component, std::string object, UnknownReason reason,
                  std::string message) {
  return {.component = component,
          .object = std::move(object),
          .outcome = Outcome::unknown,
          .reason = reason,
          .message = std::move(message),
          .origin = compose_origin()};
}

Finding not_configured() {
  return {.outcome = Outcome::unknown,
          .reason = UnknownReason::not_configured,
          .message = "no evidence for this check is configured"};
}

CheckResult result_with(const Check& check, std::vector<Finding> findings) {
  CheckResult result{.check = &check, .severity = check.severity, .base_severity = check.severity};
  for (Finding& finding : findings) {
    finding.severity = check.severity;
  }
  if (!findings.empty()) {
    result.status = findings.front().outcome;
  }
  result.findings = std::move(findings);
  return result;
}

Instant instant_at(std::int64_t milliseconds) {
  return Instant{std::chrono::milliseconds{milliseconds}};
}

Snapshot snapshot_of(std::vector<CheckResult> results) {
  PublishedInstallation installation;
  installation.result.name = "production";
  installation.result.checks = std::move(results);
  Snapshot snapshot;
  snapshot.published_at = instant_at(1'782'345'678'009);
  snapshot.installations.push_back(std::move(installation));
  return snapshot;
}

}  // namespace compliance::test
