// Resolver: resolves names to addresses with c-ares, under a deadline.
#pragma once

#include <string>
#include <vector>

#include "checks/formats/address.h"
#include "exporter/base/deadline.h"
#include "exporter/observe/source_text.h"

namespace compliance::probes {

// How a relative name is completed, as resolv.conf(5) describes it.
struct SearchRule {
  std::vector<std::string> domains{};
  unsigned dots = 1;  // a name with as many is tried as it stands first

  // The order of the domains counts.
  bool operator==(const SearchRule&) const = default;
};

// The rule of this machine: `search` and `options ndots` of /etc/resolv.conf, and what the
// environment sets in their place. The defaults where they cannot be read.
SearchRule system_search_rule();

// The names to ask for, one after the other, each with a dot at its end; a name that has one is
// meant as it stands.
std::vector<std::string> search_names(const std::string& name, const SearchRule& rule);

// Where a resolver asks. Configured servers switch off the system's search list: it belongs
// to another view of DNS.
struct ResolverOptions {
  std::vector<std::string> servers{};  // ADDRESS:PORT; empty: the system's
  std::vector<std::string> search{};   // empty: the system's where `servers` is, else none

  // The order of both lists counts.
  bool operator==(const ResolverOptions&) const = default;
};

// Safe from all threads, and cheap to copy: each call makes its own channel, and nothing is
// cached.
class Resolver {
 public:
  explicit Resolver(ResolverOptions options = {}) : options_(std::move(options)) {}

  // All A and AAAA answers, in ascending order, none twice; an address stands for itself. Reads
  // the hosts file first, follows CNAMEs. Faults: dns_failure (no such name, no address, a server's
  // refusal), timeout, limit_exceeded (more than 256 addresses).
  ReadResult<std::vector<Address>> resolve(const std::string& name, const Deadline& deadline) const;

 private:
  ResolverOptions options_;
};

}  // namespace compliance::probes
