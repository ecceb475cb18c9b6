// Resolver: hosts file, search list and servers in turn, with faults in an operator's
// words.
#include "exporter/observe/probes/net/resolver.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include <ares.h>
#include <netinet/in.h>
#include <resolv.h>

#include "checks/formats/ascii.h"
#include "checks/formats/host_class.h"
#include "exporter/observe/probes/net/dns_channel.h"

namespace compliance::probes {
namespace {

// c-ares takes a name with a final dot as complete.
std::string absolute(const std::string& name) { return name.ends_with('.') ? name : name + '.'; }

// Far more than a real service has, and few enough to judge one by one.
constexpr std::size_t max_addresses = 256;

// A cancelled query ran out of time or was stopped.
UnknownReason reason_for(int status) {
  switch (status) {
    case ARES_ETIMEOUT:
    case ARES_ECANCELLED:
      return UnknownReason::timeout;
    case ARES_ENOMEM:
    case ARES_ENOTINITIALIZED:
      return UnknownReason::internal_error;
    default:
      return UnknownReason::dns_failure;
  }
}

// For messages, in place of the library's shorter words.
std::string words_for(int status) {
  switch (status) {
    case ARES_ENOTFOUND:
      return "there is no such name (NXDOMAIN)";
    case ARES_ENODATA:
      return "the name has no address";
    case ARES_ESERVFAIL:
      return "the DNS server failed (SERVFAIL)";
    case ARES_EREFUSED:
      return "the DNS server refuses to answer (REFUSED)";
    case ARES_ENOTIMP:
      return "the DNS server does not know the question (NOTIMP)";
    case ARES_EFORMERR:
      return "the DNS server does not understand the question (FORMERR)";
    case ARES_EBADRESP:
      return "the DNS server's answer is malformed";
    case ARES_EBADNAME:
      return "this is no name that DNS knows";
    case ARES_ECONNREFUSED:
      return "no DNS server can be reached";
    case ARES_ETIMEOUT:
    case ARES_ECANCELLED:
      return "no DNS server answered in time";
    default:
      return ::ares_strerror(status);
  }
}

// Names the name as it was given, not the completed one that failed.
Fault fault_for(const std::string& name, int status) {
  return {.reason = reason_for(status), .message = "resolving " + name + ": " + words_for(status)};
}

// In ascending order, none twice.
ReadResult<std::vector<Address>> in_order(const std::string& name, std::vector<Address> addresses) {
  std::sort(addresses.begin(), addresses.end());
  addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
  if (addresses.size() > max_addresses) {
    return Fault{.reason = UnknownReason::limit_exceeded,
                 .message = "resolving " + name + ": " + std::to_string(addresses.size()) +
                            " addresses are more than the limit of " +
                            std::to_string(max_addresses)};
  }
  return addresses;
}

// Both families of one name as one reply. Where one family is in doubt all is: the addresses of
// the other alone would look like all there are.
DnsReply together(const std::vector<DnsReply>& replies) {
  DnsReply all{.status = ARES_ENOTFOUND};
  for (const DnsReply& each : replies) {
    if (each.is_failure()) {
      return {.status = each.status};
    }
  }
  for (const DnsReply& each : replies) {
    if (each.status == ARES_ENODATA && all.status == ARES_ENOTFOUND) {
      all.status = ARES_ENODATA;
    }
    if (each.status == ARES_SUCCESS) {
      all.status = ARES_SUCCESS;
      std::copy(each.addresses.begin(), each.addresses.end(), std::back_inserter(all.addresses));
    }
  }
  return all;
}

// What is known without asking a server, which for localhost nobody may: the words of the hosts
// file, or the loopback addresses. Source: RFC 6761, 6.3.
std::vector<Address> known_addresses(const std::string& name, const Deadline& deadline) {
  DnsChannel channel(DnsSource::hosts_file, {}, deadline);
  auto addresses = channel.ask(name, {DnsFamily::both}, deadline).front().addresses;
  if (addresses.empty() && is_localhost_name(lower_case(name))) {
    addresses = {*parse_address("127.0.0.1"), *parse_address("::1")};
  }
  return addresses;
}

// c-ares 1.18 says the same of servers that fail, refuse or are not there; asked for what the first
// of them answers, it tells.
int cause_of(int status, const std::string& full_name, const ResolverOptions& options,
             const Deadline& deadline) {
  if (status != ARES_ECONNREFUSED) {
    return status;
  }
  DnsChannel channel(DnsSource::first_server, options.servers, deadline);
  const DnsReply reply =
      together(channel.ask(full_name, {DnsFamily::ipv4, DnsFamily::ipv6}, deadline));
  return reply.is_failure() ? reply.status : status;
}

// Names with configured servers are completed by the configured domains alone.
SearchRule search_rule(const ResolverOptions& options) {
  if (options.search.empty() && options.servers.empty()) {
    return system_search_rule();
  }
  return {.domains = options.search};
}

// Tries the completed names in order until one has an address. A failure ends the search:
// the answer to a later name would be a guess.
ReadResult<std::vector<Address>> ask_servers(const std::string& name,
                                             const ResolverOptions& options,
                                             const Deadline& deadline) {
  DnsChannel channel(DnsSource::servers, options.servers, deadline);
  int denial = ARES_ENOTFOUND;
  for (const std::string& full_name : search_names(name, search_rule(options))) {
    auto reply = together(channel.ask(full_name, {DnsFamily::ipv4, DnsFamily::ipv6}, deadline));
    if (reply.status == ARES_SUCCESS) {
      return in_order(name, std::move(reply.addresses));
    }
    if (reply.is_failure()) {
      return fault_for(name, cause_of(reply.status, full_name, options, deadline));
    }
    // A name that exists without addresses says more than one that does not exist.
    if (reply.status == ARES_ENODATA) {
      denial = ARES_ENODATA;
    }
  }
  return fault_for(name, denial);
}

}  // namespace

SearchRule system_search_rule() {
  struct __res_state state {};
  if (::res_ninit(&state) != 0) {
    return {};
  }
  SearchRule rule{.dots = state.ndots};
  for (const char* domain : std::span(state.dnsrch)) {
    if (domain == nullptr) {
      break;
    }
    rule.domains.emplace_back(domain);
  }
  ::res_nclose(&state);
  return rule;
}

std::vector<std::string> search_names(const std::string& name, const SearchRule& rule) {
  if (name.ends_with('.')) {
    return {name};
  }
  std::vector<std::string> names;
  for (const std::string& domain : rule.domains) {
    std::string full_name = name;
    full_name.append(".").append(domain);
    names.push_back(absolute(full_name));
  }
  const bool first = std::count(name.begin(), name.end(), '.') >= static_cast<long>(rule.dots);
  names.insert(first ? names.begin() : names.end(), absolute(name));
  return names;
}

ReadResult<std::vector<Address>> Resolver::resolve(const std::string& name,
                                                   const Deadline& deadline) const {
  if (const auto address = parse_address(name)) {
    return std::vector{*address};
  }
  if (name.empty() || name.find('\0') != std::string::npos) {
    return fault_for(name, ARES_EBADNAME);
  }
  auto known = known_addresses(name, deadline);
  if (!known.empty()) {
    return in_order(name, std::move(known));
  }
  return ask_servers(name, options_, deadline);
}

}  // namespace compliance::probes
