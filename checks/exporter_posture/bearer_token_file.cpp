// Other users of the host cannot read the exporter's bearer tokens.
#include "checks/exporter_posture/shared/process_rule.h"

namespace compliance::exporter_posture {
namespace {

// Root can read every file anyway.
Verdict token_file_verdict(const Fact<FileAccess>& fact, std::uint32_t user) {
  if (!fact.value) {
    return unobserved(fact, "the mode of the bearer token file is unknown");
  }
  if (!readable_by_others(*fact.value, user)) {
    return pass();
  }
  return with_expected_observed(
      fail("other users of the host can read the bearer token", fact.origin),
      "readable only by root and the exporter's user", describe(*fact.value));
}

// In a PID namespace of its own (a container) the file has no other users of a host to fear.
Verdicts evaluate_bearer_token_file(const ProcessPosture& process, const Policy& /*policy*/) {
  if (process.alone_in_pid_namespace.is(true)) {
    return {not_applicable()};
  }
  if (process.bearer_tokens.empty()) {
    return {unknown(UnknownReason::not_observable, "no bearer token file is known",
                    process.users.origin)};
  }
  Verdicts verdicts;
  for (const BearerTokenFile& file : process.bearer_tokens) {
    verdicts.push_back(token_file_verdict(file.access, user_of(process)));
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check bearer_token_file{
    .id = "exporter-posture-bearer-token-file",
    .title = "Other users cannot read the exporter's bearer tokens",
    .area = Area::exporter_posture,
    .severity = Severity::medium,
    .evidence = Source::process,
    .why = "Anyone with the token can read where the installation is weak.",
    .remediation =
        "chmod 0400 the token file and make the exporter's user its owner, or pass it with "
        "LoadCredential= (systemd).",
    .reference = "https://systemd.io/CREDENTIALS/",
    .rule = RuleOnEach<ProcessPosture>{&evaluate_bearer_token_file},
};

}  // namespace compliance::exporter_posture
