// Reads Content-Security-Policy headers.
#include "checks/formats/csp.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "checks/formats/ascii.h"

namespace compliance {
namespace {

// Empty parts stay; callers skip them.
std::vector<std::string_view> parts_of(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t end = text.find(separator);
  while (end != std::string_view::npos) {
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
    end = text.find(separator);
  }
  parts.push_back(text);
  return parts;
}

// Words between ASCII white space as the standard has it, which \v is not.
std::vector<std::string> words_of(std::string_view text) {
  constexpr std::string_view space = " \t\n\f\r";
  std::vector<std::string> words;
  for (std::size_t begin = text.find_first_not_of(space); begin != std::string_view::npos;
       begin = text.find_first_not_of(space)) {
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of(space), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

// CSP Level 3, 2.2.1: directives beyond ASCII are skipped, and so are repeated ones.
CspPolicy read_policy(std::string_view text) {
  CspPolicy policy;
  std::set<std::string> names;
  for (const std::string_view part : parts_of(text, ';')) {
    std::vector<std::string> words = words_of(part);
    if (words.empty() || !std::all_of(part.begin(), part.end(), &is_ascii)) {
      continue;
    }
    const std::string name = lower_case(words.front());
    if (names.insert(name).second) {
      words.erase(words.begin());
      policy.push_back({.name = name, .values = std::move(words)});
    }
  }
  return policy;
}

// The grammar's base64-value.
bool is_base64(std::string_view text) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";
  const std::size_t end = std::min(text.find_first_not_of(letters), text.size());
  const std::string_view padding = text.substr(end);
  return end > 0 && (padding.empty() || padding == "=" || padding == "==");
}

// Prefixes in any case, as browsers match them; the value itself is case-sensitive.
bool is_nonce_or_hash(std::string_view value) {
  constexpr auto prefixes =
      std::to_array<std::string_view>({"'nonce-", "'sha256-", "'sha384-", "'sha512-"});
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) {
    return value.size() > prefix.size() && value.back() == '\'' &&
           lower_case(value.substr(0, prefix.size())) == prefix &&
           is_base64(value.substr(prefix.size(), value.size() - prefix.size() - 1));
  });
}

}  // namespace

std::vector<CspPolicy> enforced_policies(const HttpAnswer& answer) {
  std::vector<CspPolicy> policies;
  for (const std::string_view text : header_values(answer, "content-security-policy")) {
    // A comma separates policies even within one header.
    for (const std::string_view part : parts_of(text, ',')) {
      policies.push_back(read_policy(part));
    }
  }
  // A policy without directives restricts nothing.
  std::erase_if(policies, [](const CspPolicy& policy) { return policy.empty(); });
  return policies;
}

const std::vector<std::string>* find_directive(const CspPolicy& policy,
                                               std::initializer_list<const char*> names) {
  for (const std::string_view name : names) {
    const auto place = std::find_if(policy.begin(), policy.end(),
                                    [&](const CspDirective& own) { return own.name == name; });
    if (place != policy.end()) {
      return &place->values;
    }
  }
  return nullptr;
}

bool has_keyword(const std::vector<std::string>& values, std::string_view keyword) {
  return std::any_of(values.begin(), values.end(),
                     [&](const std::string& value) { return lower_case(value) == keyword; });
}

bool has_nonce_or_hash(const std::vector<std::string>& values) {
  return std::any_of(values.begin(), values.end(), &is_nonce_or_hash);
}

bool is_wildcard_source(std::string_view value) {
  // A scheme-source admits every host of that scheme.
  if (value.back() == ':' && is_scheme(value.substr(0, value.size() - 1))) {
    return true;
  }
  const std::size_t scheme_end = value.find("://");
  if (scheme_end != std::string_view::npos && is_scheme(value.substr(0, scheme_end))) {
    value.remove_prefix(scheme_end + 3);
  }
  constexpr std::string_view follows = ".:/";
  return value == "*" || (value.size() > 1 && value.front() == '*' &&
                          follows.find(value[1]) != std::string_view::npos);
}

}  // namespace compliance
