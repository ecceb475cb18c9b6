// Content-Security-Policy: its policies, their directives and source lists. Source: CSP Level 3.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "checks/formats/http.h"

namespace compliance {

// One directive, such as script-src with its sources.
struct CspDirective {
  std::string name{};  // in lower case
  std::vector<std::string> values{};

  // By the order of values too, although it means nothing to browsers.
  bool operator==(const CspDirective&) const = default;
};

using CspPolicy = std::vector<CspDirective>;  // each name once

// All policies that a browser enforces: of every header and between commas; those of
// Content-Security-Policy-Report-Only are not. The first of equal directives counts.
std::vector<CspPolicy> enforced_policies(const HttpAnswer& answer);

// The values of the first of these directives that the policy has; null when it has none of them.
// Names in the order of fallback: script-src, then default-src.
const std::vector<std::string>* find_directive(const CspPolicy& policy,
                                               std::initializer_list<const char*> names);

// True when the list holds the keyword, which is in lower case, such as 'unsafe-inline'.
bool has_keyword(const std::vector<std::string>& values, std::string_view keyword);

// True when the list holds a valid nonce or hash.
bool has_nonce_or_hash(const std::vector<std::string>& values);

// True for a source without a complete host: *, *.example.com, or a whole scheme such as https:.
// The value must not be empty.
bool is_wildcard_source(std::string_view value);

}  // namespace compliance
