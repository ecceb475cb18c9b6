// Verdict parts that the rules about the exporter's own process share.
#include "checks/exporter_posture/shared/process_rule.h"

#include <array>
#include <charconv>

namespace compliance {

std::string describe(const FileAccess& access) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), access.mode & 07777U, 8);
  return "mode 0" + std::string{digits.begin(), end.ptr} + ", owner " +
         std::to_string(access.owner) + ", group " + std::to_string(access.group);
}

bool readable_by_others(const FileAccess& access, std::uint32_t user) {
  const bool by_owner = access.owner != 0 && access.owner != user;
  const bool by_group = (access.mode & 0040U) != 0 && access.group != 0;
  const bool by_all = (access.mode & 0004U) != 0 && !access.shielded_by_directory;
  return by_owner || by_group || by_all;
}

std::uint32_t user_of(const ProcessPosture& process) {
  return process.users.value ? process.users.value->effective : 0;
}

}  // namespace compliance
