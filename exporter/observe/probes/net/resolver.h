// Names -> addresses, by c-ares, under a deadline.
#pragma once

#include <string>
#include <vector>

#include "checks/formats/address.h"
#include "exporter/base/deadline.h"
#include "exporter/observe/source_text.h"

namespace compliance::probes {

struct SearchRule {
  std::vector<std::string> domains{};
  unsigned dots = 1;  // a name with as many is tried as it stands first

  bool operator==(const SearchRule&) const = default;
};

// What /etc/resolv.conf and its like say: `search` and `options ndots`.
SearchRule system_search_rule();

// The names to ask for, one after the other, each with a dot at its end; a name that has one is
// meant as it stands.
std::vector<std::string> search_names(const std::string& name, const SearchRule& rule);

struct ResolverOptions {
  std::vector<std::string> servers{};  // ADDRESS:PORT; empty: the system's
  std::vector<std::string> search{};   // empty: the system's where `servers` is, else none

  bool operator==(const ResolverOptions&) const = default;
};

// Any thread may call it.
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
