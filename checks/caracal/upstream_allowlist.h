// UPSTREAM_HOST_ALLOWLIST of the Gateway: entries as it reads and compares them. Source:
// FACTS.md 7.5.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/facts/installation.h"
#include "checks/formats/address.h"

namespace compliance {

// One host of the list. The text is shown only as an address; a name might be anything.
struct UpstreamEntry {
  std::size_t position = 0;  // from 1, among the entries that are not empty
  std::string text{};        // trimmed and in lower case

  // By text and position: repeated entries are told apart.
  bool operator==(const UpstreamEntry&) const = default;
};

// What the allowlist of one Gateway says.
struct UpstreamAllowlist {
  const Container* container = nullptr;
  Fact<std::vector<UpstreamEntry>> entries{};  // absent: not set; empty: only commas
};

// The allowlist of every Gateway, in order of the containers.
std::vector<UpstreamAllowlist> upstream_allowlists(const Installation& installation);

// True for releases before v2026.07.03-rc.1: redirects of an upstream bypass the list (FACTS.md
// T79).
bool follows_redirects(const Container& gateway);

// The entries of a list: parted by commas, trimmed, in lower case, empty ones left out.
std::vector<UpstreamEntry> upstream_entries(std::string_view list);

// Why no upstream's host can ever equal the entry, such as "has a port"; empty when one can. The
// Gateway compares with the URL's host without port, exactly (FACTS.md T78).
std::string_view dead_entry(const UpstreamEntry& entry);

// The class of the address that the entry is, in whatever notation, or that its name always means
// (localhost, metadata.google.internal); other for names, which only resolution could tell.
AddressClass class_of(const UpstreamEntry& entry);

// True for an entry that can match and is a name whose addresses only resolution tells.
bool needs_resolution(const UpstreamEntry& entry);

// True when the site declares the entry in private_upstreams.
bool is_declared_private(const Installation& installation, const UpstreamEntry& entry);

// "entry 2", with the address when it is one.
std::string shown(const UpstreamEntry& entry);

}  // namespace compliance
