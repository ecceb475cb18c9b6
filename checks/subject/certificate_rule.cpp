// What rules about certificates share.
#include "checks/subject/certificate_rule.h"

#include <utility>

namespace compliance {
namespace {

Verdicts judge_file(const CertificateFile& file, const Installation& installation,
                    const Policy& policy, CertificateRule rule) {
  if (file.fault) {
    return {unknown(*file.fault, file.origin)};
  }
  Verdicts verdicts;
  for (const Certificate& certificate : file.certificates) {
    if (certificate.on_path) {
      verdicts.push_back(rule(certificate, installation, policy));
      verdicts.back().origin = file.origin;
    }
  }
  return verdicts;
}

}  // namespace

Verdicts judge_certificates(const Installation& installation, const Policy& policy,
                            CertificateRule rule) {
  Verdicts verdicts;
  for (const CertificateFile& file : installation.certificates) {
    for (Verdict& verdict : judge_file(file, installation, policy, rule)) {
      verdicts.push_back(about(std::move(verdict), file.component, file.object));
    }
  }
  return verdicts;
}

std::string name_of(const Certificate& certificate) {
  return certificate.position == 1
             ? "the certificate"
             : "certificate " + std::to_string(certificate.position) + " of the file";
}

}  // namespace compliance
