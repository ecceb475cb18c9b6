// Reads the Gateway's list of upstream hosts.
#include "checks/subject/upstream_allowlist.h"

#include <algorithm>

#include "checks/subject/host_class.h"
#include "checks/subject/variable_text.h"
#include "checks/subject/web_url.h"

namespace compliance {
namespace {

constexpr auto absent = std::string_view::npos;

Fact<std::vector<UpstreamEntry>> entries_of(const Container& container) {
  const Fact<std::string> text = variable_text(container, "UPSTREAM_HOST_ALLOWLIST");
  Fact<std::vector<UpstreamEntry>> entries{.origin = text.origin, .fault = text.fault};
  if (text.value) {
    entries.value = upstream_entries(*text.value);
  }
  return entries;
}

}  // namespace

std::vector<UpstreamAllowlist> upstream_allowlists(const Installation& installation) {
  std::vector<UpstreamAllowlist> lists;
  for (const Container* container : containers_of(installation, Component::gateway)) {
    if (container->role == ContainerRole::main) {
      lists.push_back({.container = container, .entries = entries_of(*container)});
    }
  }
  return lists;
}

std::vector<UpstreamEntry> upstream_entries(std::string_view list) {
  std::vector<UpstreamEntry> entries;
  std::size_t comma = 0;
  while (comma != absent) {
    comma = list.find(',');
    if (const std::string_view entry = trimmed(list.substr(0, comma)); !entry.empty()) {
      entries.push_back({.position = entries.size() + 1, .text = lower_case(entry)});
    }
    list.remove_prefix(comma == absent ? list.size() : comma + 1);
  }
  return entries;
}

std::string_view dead_entry(const UpstreamEntry& entry) {
  const std::string_view text = entry.text;
  if (parse_address(text)) {
    return {};
  }
  if (parse_block(text)) {
    return "is a block of addresses";
  }
  if (text.find("://") != absent) {
    return "has a scheme";
  }
  if (text.find('*') != absent) {
    return "has a wildcard";
  }
  if (text.find_first_of("[]") != absent) {
    return "has brackets";
  }
  if (text.find_first_of("/\\?#") != absent) {
    return "has a path";
  }
  if (text.find('@') != absent) {
    return "has credentials";
  }
  if (text.find(':') != absent) {
    return "has a port";
  }
  const bool sound = std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' ||
           std::string_view{"<>^|%;\"'`{}\x7f"}.find(c) != absent;
  });
  return sound ? std::string_view{} : "has characters that no host has";
}

AddressClass class_of(const UpstreamEntry& entry) {
  if (const auto address = host_address(entry.text)) {
    return class_of(*address);
  }
  return is_localhost_name(entry.text) ? AddressClass::loopback : AddressClass::other;
}

bool is_declared_private(const Installation& installation, const UpstreamEntry& entry) {
  const auto address = host_address(entry.text);
  return std::any_of(installation.private_upstreams.begin(), installation.private_upstreams.end(),
                     [&](const std::string& host) {
                       const std::string declared = lower_case(trimmed(host));
                       return declared == entry.text ||
                              (address && host_address(declared) == address);
                     });
}

std::string shown(const UpstreamEntry& entry) {
  const auto address = host_address(entry.text);
  return "entry " + std::to_string(entry.position) +
         (address ? " (" + text_of(*address) + ")" : std::string{});
}

}  // namespace compliance
