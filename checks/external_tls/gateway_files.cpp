// A Gateway that terminates TLS itself has both of its files. Most do not: TLS in front of it is
// the usual form (FACTS.md 7.3, T31), so neither file passes.
#include "checks/caracal/secret_mount.h"
#include "checks/caracal/settings.h"
#include "checks/check.h"

namespace compliance::external_tls {
namespace {

// An empty variable is an unset one.
bool names_a_file(const Fact<std::string>& file) { return file.value && !file.value->empty(); }

// A certificate is public: any mount will do. Its key has to be on a secret's mount.
Verdict mount_verdict(const Container& container, const std::string& name, bool secret) {
  const Fact<std::string> file = variable_text(container, name);
  const SecretProvision provision = provision_of(container, *file.value);
  if (provision == SecretProvision::undecided) {
    const Mount* mount = undecided_mount(container);
    return unknown(*mount->fault, mount->origin);
  }
  const bool mounted =
      provision != SecretProvision::not_mounted && provision != SecretProvision::missing_in_secret;
  if (provision == SecretProvision::provided || (mounted && !secret)) {
    return pass();
  }
  const std::string wrong = name + " names a file " + std::string{fault_of(provision)};
  return with_expected_observed(fail(wrong, file.origin),
                                secret ? "a file on a secret mount" : "a mounted file",
                                std::string{name_of(provision)});
}

// An undecided variable leaves even the first question open.
Verdicts evaluate_gateway_files(const Container& container, const Policy& /*policy*/) {
  if (container.component != Component::gateway || container.role != ContainerRole::main) {
    return {};
  }
  const auto certificate = variable_text(container, "TLS_CERT_FILE");
  const auto key = variable_text(container, "TLS_KEY_FILE");
  if (const auto& file = certificate.fault ? certificate : key; file.fault) {
    return {unknown(*file.fault, file.origin)};
  }
  if (names_a_file(certificate) != names_a_file(key)) {
    return {with_expected_observed(
        fail("has one of its two TLS files", names_a_file(key) ? key.origin : certificate.origin),
        "both or neither", names_a_file(key) ? "only TLS_KEY_FILE" : "only TLS_CERT_FILE")};
  }
  return names_a_file(key) ? Verdicts{mount_verdict(container, "TLS_CERT_FILE", false),
                                      mount_verdict(container, "TLS_KEY_FILE", true)}
                           : Verdicts{pass()};
}

}  // namespace

extern constinit const Check gateway_files{
    .id = "external-tls-gateway-files",
    .title = "A Gateway that terminates TLS has its certificate mounted, and its key as a secret",
    .area = Area::external_tls,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "With only one file, or with a missing one, the Gateway does not start; a key on another "
        "mount than a secret's can be read by more than the Gateway.",
    .remediation =
        "Set TLS_CERT_FILE to a mounted file and TLS_KEY_FILE to one on a secret's mount, or "
        "neither "
        "if a proxy terminates TLS.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_gateway_files,
};
}  // namespace compliance::external_tls
