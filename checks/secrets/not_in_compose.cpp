// Whether Compose secrets come from files or from the platform.
#include "checks/check.h"
#include "checks/facts/installation.h"

namespace compliance::secrets {
namespace {

// The environment of the shell counts as plaintext: history and process lists show it.
Verdict not_in_compose_verdict(const ComposeSecret& secret) {
  switch (secret.source) {
    case ComposeSecretSource::file:
    case ComposeSecretSource::external:
      return pass();
    case ComposeSecretSource::environment:
      return with_expected_observed(
          fail("the secret comes from an environment variable", secret.origin), "file or external",
          "environment");
    case ComposeSecretSource::content:
      return with_expected_observed(
          fail("the secret's value is in the Compose file", secret.origin), "file or external",
          "content");
    case ComposeSecretSource::unstated:
      return unknown(UnknownReason::unparsable, "the secret names no source", secret.origin);
  }
  return pass();
}

Verdicts evaluate_not_in_compose(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const ComposeSecret& secret : installation.compose.secrets) {
    verdicts.push_back(attributed_to(not_in_compose_verdict(secret), Component::installation,
                                     "secret " + secret.name));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check not_in_compose{
    .id = "secrets-not-in-compose",
    .title = "Compose secrets come from files or from outside",
    .area = Area::secrets,
    .severity = Severity::high,
    .evidence = Source::compose,
    .why =
        "A value in the Compose file or the shell's environment ends up in version control, "
        "history files and backups.",
    .remediation = "Give the top-level secret a file (outside version control) or external: true.",
    .reference = "https://docs.docker.com/reference/compose-file/secrets/",
    .rule = &evaluate_not_in_compose,
};
}  // namespace compliance::secrets
