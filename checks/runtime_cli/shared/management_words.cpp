// The words of product management, which the runtime CLI must not have.
#include "checks/runtime_cli/shared/management_words.h"

#include <algorithm>
#include <array>
#include <string>

namespace compliance {
namespace {

constexpr auto words = std::to_array<std::string_view>(
    {"zone",    "app",      "application", "resource",   "provider", "identity-provider",
     "policy",  "grant",    "policy-set",  "delegation", "agent",    "authority-record",
     "session", "audit",    "credential",  "control",    "secret",   "key",
     "token",   "workload", "approval",    "catalog",    "manifest", "ensure",
     "state",   "explain",  "debug"});

constexpr auto headings =
    std::to_array<std::string_view>({"admin", "observability", "multi-agent"});

bool is_word_or_plural(std::string_view name, std::string_view word) {
  return name == word || name == std::string{word} + "s" ||
         (word.back() == 'y' && name == std::string{word.substr(0, word.size() - 1)} + "ies");
}

}  // namespace

bool is_management_command(std::string_view command) {
  return std::any_of(words.begin(), words.end(),
                     [command](std::string_view word) { return is_word_or_plural(command, word); });
}

bool is_management_heading(std::string_view heading) {
  std::string lower{heading};
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::find(headings.begin(), headings.end(), lower) != headings.end();
}

}  // namespace compliance
