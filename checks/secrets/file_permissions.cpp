// Whether other users of the host can read or replace secret files. Packaged files have mode 0444
// in a folder of 0700, which is fine (FACTS.md 3.2, T50).
#include <algorithm>
#include <array>
#include <charconv>

#include "checks/check.h"
#include "checks/facts/secret_file.h"

namespace compliance::secrets {
namespace {

// root, the user of the service images, postgres of the database image.
constexpr auto service_users = std::to_array<std::uint32_t>({0, 65532, 70});

// As ls and chmod write it, set-user-ID bits included.
std::string octal(std::uint32_t mode) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), mode & 07777U, 8);
  return "mode 0" + std::string{digits.begin(), end.ptr};
}

// Being replaced is worse than being read, and is named first. Reading by the group passes:
// containers may read by it.
Verdict file_permissions_verdict(const FilePermissions& is, const Origin& origin) {
  if ((is.mode & 0022U) != 0) {
    return with_expected_observed(fail("users other than the owner can write to the file", origin),
                                  "not group- or world-writable", octal(is.mode));
  }
  if ((is.mode & 0004U) != 0 && !is.shielded_by_directory) {
    return with_expected_observed(fail("every user of the host can read the file", origin),
                                  "a directory closed to others, or mode 0400", octal(is.mode));
  }
  if (is.owner != is.directory_owner &&
      std::find(service_users.begin(), service_users.end(), is.owner) == service_users.end()) {
    return with_expected_observed(fail("the file belongs to an unexpected user", origin),
                                  "root, the service user, or the directory's",
                                  std::to_string(is.owner));
  }
  return pass();
}

// The kubelet sets the modes of projected volumes, and only root of the node sees them.
Verdict evaluate_file_permissions(const SecretFile& file, const Policy& /*policy*/) {
  if (file.projected) {
    return not_applicable();
  }
  const Fault unseen{UnknownReason::not_observable, "the permissions are not known"};
  return file.permissions && !file.fault ? file_permissions_verdict(*file.permissions, file.origin)
                                         : unknown(file.fault.value_or(unseen), file.origin);
}

}  // namespace

extern constinit const Check file_permissions{
    .id = "secrets-file-permissions",
    .title = "Other users cannot access secret files",
    .area = Area::secrets,
    .severity = Severity::high,
    .evidence = Source::secrets,
    .why = "Any account on the host can read or replace the keys.",
    .remediation = "chmod 0700 the directory, 0444 or less the files; let root or you own them.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_file_permissions,
};
}  // namespace compliance::secrets
