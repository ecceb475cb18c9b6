// Which browser origins the console may trust beside its own.
#include "checks/subject/trusted_origin.h"

#include <algorithm>

namespace compliance {
namespace {

bool is_https(const std::string& origin) { return origin.rfind("https://", 0) == 0; }

bool is_listed(const std::vector<StatedUrl>& entries, const std::string& origin) {
  return std::any_of(entries.begin(), entries.end(),
                     [&origin](const StatedUrl& entry) { return has_origin(entry, origin); });
}

bool is_declared(const StatedUrl& entry, const std::vector<std::string>& declared) {
  return std::any_of(declared.begin(), declared.end(),
                     [&entry](const auto& origin) { return has_origin(entry, origin); });
}

Verdict undecided(const std::string& name, const Origin& origin) {
  return unknown(UnknownReason::unparsable,
                 name + " " + std::string{words_for(WebUrlFault::non_ascii_host)}, origin);
}

Verdict judge_declared(const std::string& declared, const Fact<std::vector<StatedUrl>>& entries) {
  const auto listed = entries.value.value_or(std::vector<StatedUrl>{});
  if (!is_https(declared)) {
    return comparing(fail("a declared origin is plain http", entries.origin), "https origins",
                     declared);
  }
  if (is_listed(listed, declared)) {
    return pass();
  }
  if (std::any_of(listed.begin(), listed.end(), &needs_idna)) {
    return undecided("an entry of CARACAL_WEB_ORIGIN", entries.origin);
  }
  return comparing(fail("CARACAL_WEB_ORIGIN lacks a declared origin", entries.origin), declared,
                   entries.value ? "not listed" : "not set");
}

}  // namespace

Verdict judge_own_origin(const StatedUrl& entry, const Container& console, const Origin& origin) {
  const Fact<StatedUrl> own = public_url(console);
  if (own.fault) {
    return unknown(*own.fault, own.origin);
  }
  if (own.value && own.value->reading.sound() &&
      has_origin(entry, origin_of(own.value->reading.url))) {
    return pass();
  }
  if (needs_idna(entry)) {
    return undecided("an entry of CARACAL_WEB_ORIGIN", origin);
  }
  if (own.value && needs_idna(*own.value)) {
    return undecided("CARACAL_AUTH_URL", own.origin);
  }
  const std::string wrong{entry.reading.sound() ? "is another origin than the public one"
                                                : words_for(entry.reading.fault)};
  return comparing(fail("a trusted entry of CARACAL_WEB_ORIGIN " + wrong, origin),
                   "the origin of CARACAL_AUTH_URL, or one that split_origins declares",
                   entry.shown);
}

Verdicts judge_split_origins(const Container& console, const Installation& installation) {
  const auto entries = further_origins(console);
  if (entries.fault) {
    return {unknown(*entries.fault, entries.origin)};
  }
  Verdicts verdicts;
  for (const std::string& declared : installation.split_origins) {
    verdicts.push_back(judge_declared(declared, entries));
  }
  for (const StatedUrl& entry : entries.value.value_or(std::vector<StatedUrl>{})) {
    if (!is_declared(entry, installation.split_origins)) {
      verdicts.push_back(judge_own_origin(entry, console, entries.origin));
    }
  }
  return verdicts;
}

}  // namespace compliance
