// A Gateway that terminates TLS itself has both of its files.
#include "checks/check.h"
#include "checks/subject/secret_mount.h"
#include "checks/subject/variable_text.h"

namespace compliance::external_tls {
namespace {

bool is_set(const Fact<std::string>& file) { return file.value && !file.value->empty(); }

Verdict judge_mount(const Container& container, const std::string& name,
                    const Fact<std::string>& file) {
  if (decided_mount_for(container, *file.value) != nullptr) {
    return pass();
  }
  if (const Mount* undecided = undecided_mount(container)) {
    return unknown(*undecided->fault, undecided->origin);
  }
  return comparing(fail(name + " lies on no mount of the container", file.origin), "a mounted file",
                   "no mount");
}

Verdicts evaluate(const Container& container, const Policy& /*policy*/) {
  if (container.component != Component::gateway || container.role != ContainerRole::main) {
    return {};
  }
  const auto certificate = variable_text(container, "TLS_CERT_FILE");
  const auto key = variable_text(container, "TLS_KEY_FILE");
  for (const Fact<std::string>* file : {&certificate, &key}) {
    if (file->fault) {
      return {unknown(*file->fault, file->origin)};
    }
  }
  if (is_set(certificate) && is_set(key)) {
    return {judge_mount(container, "TLS_CERT_FILE", certificate),
            judge_mount(container, "TLS_KEY_FILE", key)};
  }
  if (!is_set(certificate) && !is_set(key)) {
    return {pass()};
  }
  const std::string missing = is_set(key) ? "TLS_CERT_FILE" : "TLS_KEY_FILE";
  return {
      comparing(fail("has one of its two TLS files", is_set(key) ? key.origin : certificate.origin),
                "both or neither", missing + " not set")};
}

}  // namespace

extern constinit const Check gateway_files{
    .id = "external-tls-gateway-files",
    .title = "A Gateway that terminates TLS has its certificate and its key mounted",
    .area = Area::external_tls,
    .severity = Severity::high,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why = "With one file, or one that is not there, the Gateway does not start.",
    .remediation =
        "Set TLS_CERT_FILE and TLS_KEY_FILE to mounted files, or neither where TLS ends in front.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate,
};
}  // namespace compliance::external_tls
