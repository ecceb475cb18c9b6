// UPSTREAM_HOST_ALLOWLIST of the Gateway: entries as it reads and compares them.
#include "checks/caracal/upstream_allowlist.h"

#include <algorithm>
#include <array>

#include "checks/caracal/settings.h"
#include "checks/formats/ascii.h"
#include "checks/formats/host_class.h"
#include "checks/formats/web_url.h"

namespace compliance {
namespace {

// A list of only commas is a value without entries, not an absent one.
Fact<std::vector<UpstreamEntry>> entries_of(const Container& container) {
  const Fact<std::string> text = variable_text(container, "UPSTREAM_HOST_ALLOWLIST");
  Fact<std::vector<UpstreamEntry>> entries{.origin = text.origin, .fault = text.fault};
  if (text.value) {
    entries.value = upstream_entries(*text.value);
  }
  return entries;
}

// The address that an entry is; of IPv6 a zone may follow.
std::optional<Address> address_of(std::string_view text) {
  const std::size_t zone =
      text.find(':') == std::string_view::npos ? std::string_view::npos : text.find('%');
  return host_address(text.substr(0, zone));
}

// Both sides are in lower case.
bool is_one_of(std::string_view text, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), text) != names.end();
}

// Names of this machine: RFC 6761, and what the hosts file of Docker and of Kubernetes adds.
bool is_own_name(std::string_view name) {
  return is_localhost_name(name) || is_one_of(name, {"ip6-localhost", "ip6-loopback"});
}

// Names by which Google's metadata service is always reached.
bool is_metadata_name(std::string_view name) {
  return is_one_of(name, {"metadata.google.internal", "metadata.goog"});
}

// White space, quotes, brackets and the like, which no host name has.
bool has_foreign_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' ||
           std::string_view{"<>^|%;\"'`{}\x7f"}.find(c) != std::string_view::npos;
  });
}

// By what an entry shows that it can never match, in the order in which they are looked for.
struct Sign {
  bool (*found)(std::string_view);
  std::string_view words;
};

// The most telling first: a block of addresses has a path by its slash, too.
constexpr auto signs = std::to_array<Sign>({
    {[](std::string_view text) { return parse_block(text).has_value(); },
     "is a block of addresses"},
    {[](std::string_view text) { return text.find("://") != std::string_view::npos; },
     "has a scheme"},
    {[](std::string_view text) { return text.find('*') != std::string_view::npos; },
     "has a wildcard"},
    {[](std::string_view text) { return text.find_first_of("[]") != std::string_view::npos; },
     "has brackets"},
    {[](std::string_view text) { return text.find_first_of("/\\?#") != std::string_view::npos; },
     "has a path"},
    {[](std::string_view text) { return text.find('@') != std::string_view::npos; },
     "has credentials"},
    {[](std::string_view text) { return text.find(':') != std::string_view::npos; }, "has a port"},
    {[](std::string_view text) { return text.front() == '.'; }, "begins with a dot"},
    {&has_foreign_characters, "has characters that no host has"},
});

}  // namespace

std::vector<UpstreamAllowlist> upstream_allowlists(const Installation& installation) {
  std::vector<UpstreamAllowlist> lists;
  for (const Container* container : main_containers_of(installation, Component::gateway)) {
    lists.push_back({.container = container, .entries = entries_of(*container)});
  }
  return lists;
}

bool follows_redirects(const Container& gateway) {
  constexpr Release first_without{.era = 0, .major = 2026, .minor = 7, .patch = 3, .candidate = 1};
  // An unknown release counts as a current one.
  return gateway.release && *gateway.release < first_without;
}

std::vector<UpstreamEntry> upstream_entries(std::string_view list) {
  std::vector<UpstreamEntry> entries;
  std::size_t comma = 0;
  while (comma != std::string_view::npos) {
    comma = list.find(',');
    if (const std::string_view entry = trimmed(list.substr(0, comma)); !entry.empty()) {
      entries.push_back({.position = entries.size() + 1, .text = lower_case(entry)});
    }
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return entries;
}

std::string_view dead_entry(const UpstreamEntry& entry) {
  // An IPv6 address has colons and is no port; in brackets it never matches (FACTS.md 7.5).
  if (const auto address = address_of(entry.text); address && entry.text.front() != '[') {
    return {};
  }
  const auto* const found = std::find_if(
      signs.begin(), signs.end(), [&entry](const Sign& sign) { return sign.found(entry.text); });
  return found == signs.end() ? std::string_view{} : found->words;
}

AddressClass class_of(const UpstreamEntry& entry) {
  if (const auto address = address_of(entry.text)) {
    return class_of(*address);
  }
  const std::string_view name = without_final_dot(entry.text);
  if (is_metadata_name(name)) {
    return AddressClass::metadata;
  }
  return is_own_name(name) ? AddressClass::loopback : AddressClass::other;
}

bool needs_resolution(const UpstreamEntry& entry) {
  return dead_entry(entry).empty() && !address_of(entry.text) &&
         class_of(entry) == AddressClass::other;
}

bool is_declared_private(const Installation& installation, const UpstreamEntry& entry) {
  const auto address = address_of(entry.text);
  return std::any_of(installation.private_upstreams.begin(), installation.private_upstreams.end(),
                     [&](const std::string& host) {
                       const std::string declared = lower_case(trimmed(host));
                       return declared == entry.text ||
                              (address && address_of(declared) == address);
                     });
}

std::string shown(const UpstreamEntry& entry) {
  const auto address = address_of(entry.text);
  return "entry " + std::to_string(entry.position) +
         (address ? " (" + text_of(*address) + ")" : std::string{});
}

}  // namespace compliance
