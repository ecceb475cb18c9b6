// Whether secrets have been rotated within the maximum age, by the mtime of their files. The
// product names no number of days; the default is a quarter (FACTS.md 13.1).
#include "checks/caracal/secret_inventory.h"
#include "checks/check.h"
#include "checks/facts/installation.h"

namespace compliance::secrets {
namespace {

// ZONE_KEK has no rotation path: changing it makes stored secrets unreadable. Database URLs change
// with the password in them.
bool is_rotated(const KnownSecret* secret) {
  return secret != nullptr && secret->variable != "ZONE_KEK" &&
         secret->variable != "DATABASE_URL" && secret->variable != "CARACAL_AUTH_DATABASE_URL";
}

// Whole days are enough for an age of months.
std::string in_days(std::chrono::days age) { return std::to_string(age.count()) + " days"; }

// In a projected volume the mtime is the start of the pod (FACTS.md 13.1).
Verdict rotation_age_verdict(const SecretFile& file, std::chrono::sys_seconds now,
                             std::chrono::days max_age) {
  if (file.fault) {
    return unknown(*file.fault, file.origin);
  }
  if (file.projected || !file.changed_at) {
    return unknown(UnknownReason::not_observable,
                   "the file does not show when the secret was changed", file.origin);
  }
  const auto age = now - *file.changed_at;
  return age <= max_age
             ? pass()
             : with_expected_observed(
                   fail(file.logical_name + " has not been rotated within the maximum age",
                        file.origin),
                   "at most " + in_days(max_age),
                   in_days(std::chrono::floor<std::chrono::days>(age)));
}

Verdicts evaluate_rotation_age(const Installation& installation, const Policy& policy) {
  Verdicts verdicts;
  for (const SecretFile& file : installation.secrets.files) {
    if (is_rotated(secret_named(file.logical_name))) {
      verdicts.push_back(
          attributed_to(rotation_age_verdict(file, installation.observed_at, policy.secret_max_age),
                        Component::installation, "secret " + file.logical_name));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check rotation_age{
    .id = "secrets-rotation-age",
    .title = "Secrets have been rotated within the maximum age",
    .area = Area::secrets,
    .severity = Severity::low,
    .evidence = Source::secrets,
    .why = "A secret that leaked unnoticed stays usable until it is replaced.",
    .remediation =
        "Store the new value, restart all readers of the secret together (HMAC keys "
        "have no overlap), verify, and record who, when, why and the rollback window.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_rotation_age,
};
}  // namespace compliance::secrets
