// Certificate files -> dates, keys and signatures.
#include "exporter/observe/secrets/certificates.h"

#include <string>
#include <utility>

#include <openssl/crypto.h>

#include "exporter/base/read_file.h"
#include "exporter/observe/x509.h"

namespace compliance::secrets {

ReadResult<CertificateChain> parse_certificates(std::string_view pem, std::string_view place) {
  const auto certificates = read_certificates(pem, place, max_certificates);
  if (!certificates) {
    return certificates.error();
  }
  const std::vector<X509*> sources = pointers(certificates.value());
  return CertificateChain{.certificates = facts_of(sources), .in_order = are_in_order(sources)};
}

CertificateFile observe_certificate_file(const std::filesystem::path& path) {
  CertificateFile file{.origin = {.source = Source::secrets, .place = Location{path.string()}}};
  auto content = read_file(path, max_certificate_bytes);
  if (!content) {
    file.fault = content.error();
    return file;
  }
  // A reference to the one copy: a moved string might leave another copy behind that is not wiped.
  std::string&& bytes = std::move(content).value();
  auto chain = parse_certificates(bytes, path.string());
  // The file may hold the private key beside the certificates.
  OPENSSL_cleanse(bytes.data(), bytes.size());
  if (!chain) {
    file.fault = chain.error();
    return file;
  }
  CertificateChain found = std::move(chain).value();
  file.certificates = std::move(found.certificates);
  file.in_order = found.in_order;
  return file;
}

}  // namespace compliance::secrets
