// Content-Security-Policy.
#include "checks/web_edge/shared/content_security_policy.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>
#include <string_view>

#include "checks/formats/ascii.h"

namespace compliance {
namespace {

using Values = std::vector<std::string>;

constexpr auto scripts = {"script-src-elem", "script-src", "default-src"};
constexpr auto event_handlers = {"script-src-attr", "script-src", "default-src"};
constexpr auto evaluation = {"script-src", "default-src"};

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

Values words_of(std::string_view text) {
  constexpr std::string_view space = " \t\n\f\r";
  Values words;
  for (std::size_t begin = text.find_first_not_of(space); begin != std::string_view::npos;
       begin = text.find_first_not_of(space)) {
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of(space), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char character) { return static_cast<unsigned char>(character) < 0x80; });
}

const Values* find(const CspPolicy& policy, std::initializer_list<const char*> names) {
  for (const std::string_view name : names) {
    const auto place = std::find_if(policy.begin(), policy.end(),
                                    [&](const CspDirective& own) { return own.name == name; });
    if (place != policy.end()) {
      return &place->values;
    }
  }
  return nullptr;
}

CspPolicy read_policy(std::string_view text) {
  CspPolicy policy;
  std::set<std::string> names;
  for (const std::string_view part : parts_of(text, ';')) {
    Values words = words_of(part);
    if (words.empty() || !is_ascii(part)) {
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

bool holds(const Values& values, std::string_view keyword) {
  return std::any_of(values.begin(), values.end(),
                     [&](const std::string& value) { return lower_case(value) == keyword; });
}

// The grammar's base64-value.
bool is_base64(std::string_view text) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";
  const std::size_t end = std::min(text.find_first_not_of(letters), text.size());
  const std::string_view padding = text.substr(end);
  return end > 0 && (padding.empty() || padding == "=" || padding == "==");
}

bool is_nonce_or_hash(std::string_view value) {
  constexpr auto prefixes =
      std::to_array<std::string_view>({"'nonce-", "'sha256-", "'sha384-", "'sha512-"});
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) {
    return value.size() > prefix.size() && value.back() == '\'' &&
           lower_case(value.substr(0, prefix.size())) == prefix &&
           is_base64(value.substr(prefix.size(), value.size() - prefix.size() - 1));
  });
}

bool has_nonce_or_hash(const Values& values) {
  return std::any_of(values.begin(), values.end(), &is_nonce_or_hash);
}

bool is_scheme(std::string_view text) {
  constexpr std::string_view characters = "abcdefghijklmnopqrstuvwxyz0123456789+-.";
  const std::string lower = lower_case(text);
  return !lower.empty() && lower.front() >= 'a' && lower.front() <= 'z' &&
         lower.find_first_not_of(characters) == std::string::npos;
}

bool is_wildcard(std::string_view value) {
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

bool allows_inline(const Values& values) {
  return holds(values, "'unsafe-inline'") && !has_nonce_or_hash(values) &&
         !holds(values, "'strict-dynamic'");
}

bool allows_eval(const Values& values) {
  return holds(values, "'unsafe-eval'") && !has_nonce_or_hash(values);
}

bool allows_any_source(const Values& values) {
  return std::any_of(values.begin(), values.end(), &is_wildcard) &&
         !holds(values, "'strict-dynamic'");
}

// Whether each policy that has one of these directives, the first of them that it has, allows it.
bool all_allow(const std::vector<CspPolicy>& policies, std::initializer_list<const char*> names,
               bool (*allows)(const Values&)) {
  return std::all_of(policies.begin(), policies.end(), [&](const CspPolicy& policy) {
    const Values* values = find(policy, names);
    return values == nullptr || allows(*values);
  });
}

// An empty list matches nothing, as 'none' does; beside others 'none' means nothing.
bool forbids_framing(const CspPolicy& policy) {
  const Values* values = find(policy, {"frame-ancestors"});
  return values != nullptr &&
         std::all_of(values->begin(), values->end(),
                     [](const std::string& value) { return lower_case(value) == "'none'"; });
}

}  // namespace

std::vector<CspPolicy> enforced_policies(const HttpAnswer& answer) {
  std::vector<CspPolicy> policies;
  for (const std::string_view text : header_values(answer, "content-security-policy")) {
    for (const std::string_view part : parts_of(text, ',')) {
      CspPolicy policy = read_policy(part);
      if (!policy.empty()) {
        policies.push_back(std::move(policy));
      }
    }
  }
  return policies;
}

CspGaps gaps_of(const std::vector<CspPolicy>& policies) {
  CspGaps gaps{.framing = std::none_of(policies.begin(), policies.end(), &forbids_framing),
               .any_script = all_allow(policies, scripts, [](const Values&) { return false; })};
  if (!gaps.any_script) {
    gaps.inline_script = all_allow(policies, scripts, &allows_inline) ||
                         all_allow(policies, event_handlers, &allows_inline);
    gaps.eval = all_allow(policies, evaluation, &allows_eval);
    gaps.wildcard = all_allow(policies, scripts, &allows_any_source);
  }
  return gaps;
}

}  // namespace compliance
