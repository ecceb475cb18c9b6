// What rules about the addresses of the Gateway's upstreams share.
#include "checks/gateway_upstreams/shared/upstream_rule.h"

#include <utility>

#include "checks/gateway_upstreams/shared/gateway_name.h"
#include "checks/rules/endpoint_rule.h"

namespace compliance {
namespace {

// An entry of the allowlist of one Gateway.
struct Subject {
  const UpstreamEntry& entry;
  const Origin& origin;  // of the list
  const Container& gateway;
  const Installation& installation;
};

UpstreamAddress upstream_of(const Subject& subject, AddressClass kind, const char* verb,
                            const Origin& origin) {
  return {.kind = kind,
          .entry = shown(subject.entry),
          .verb = verb,
          .declared = is_declared_private(subject.installation, subject.entry),
          .origin = origin};
}

Verdict judge_addresses(const Subject& subject, const Fact<std::vector<Address>>& addresses,
                        UpstreamRule rule) {
  Verdict kept = pass();
  for (const Address& address : *addresses.value) {
    UpstreamAddress upstream =
        upstream_of(subject, class_of(address), "resolves to", addresses.origin);
    upstream.address = text_of(address);
    Verdict verdict = rule(upstream);
    if (verdict.outcome == Outcome::fail) {
      return verdict;
    }
    if (kept == pass()) {
      kept = std::move(verdict);
    }
  }
  return kept;
}

Verdict judge_resolution(const Subject& subject, const NameResolution& resolution,
                         UpstreamRule rule) {
  const auto& addresses = resolution.addresses;
  if (addresses.value) {
    return judge_addresses(subject, addresses, rule);
  }
  const bool unknown_here = addresses.fault &&
                            addresses.fault->reason == UnknownReason::dns_failure &&
                            is_gateway_name(subject.entry.text);
  return unknown_here ? unknown(UnknownReason::not_observable,
                                shown(subject.entry) +
                                    " of UPSTREAM_HOST_ALLOWLIST is a name that only the "
                                    "Gateway can resolve",
                                addresses.origin)
                      : unanswered(addresses);
}

Verdict judge_name(const Subject& subject, UpstreamRule rule) {
  if (is_gateway_name(subject.entry.text)) {
    const Fact<AddressClass> known =
        class_by_files(subject.installation, subject.gateway, subject.entry.text);
    if (known.fault) {
      return unknown(*known.fault, known.origin);
    }
    if (known.value) {
      return rule(upstream_of(subject, *known.value, "is a service beside the Gateway with",
                              subject.origin));
    }
  }
  const NameResolution* resolution = resolution_of(subject.installation, subject.entry.text);
  return resolution == nullptr
             ? unknown(UnknownReason::pending,
                       shown(subject.entry) + " of UPSTREAM_HOST_ALLOWLIST was not resolved yet",
                       subject.origin)
             : judge_resolution(subject, *resolution, rule);
}

Verdict judge_entry(const Subject& subject, UpstreamRule rule) {
  const bool by_name =
      has_any(subject.installation.configured, Evidence::names) && needs_resolution(subject.entry);
  return by_name ? judge_name(subject, rule)
                 : rule(upstream_of(subject, class_of(subject.entry), "is", subject.origin));
}

}  // namespace

Verdicts judge_upstreams(const Installation& installation, UpstreamRule rule) {
  if (!has_any(installation.configured, Evidence::compose | Evidence::kubernetes)) {
    return {unknown(UnknownReason::not_configured,
                    "no files are configured that state the Gateway's allowlist", Origin{})};
  }
  Verdicts verdicts;
  for (const UpstreamAllowlist& list : upstream_allowlists(installation)) {
    const auto& entries = list.entries;
    if (entries.fault) {
      verdicts.push_back(attributed_to(unknown(*entries.fault, entries.origin), *list.container));
    }
    for (const UpstreamEntry& entry : entries.value.value_or(std::vector<UpstreamEntry>{})) {
      const Subject subject{.entry = entry,
                            .origin = entries.origin,
                            .gateway = *list.container,
                            .installation = installation};
      verdicts.push_back(attributed_to(judge_entry(subject, rule), *list.container));
    }
  }
  return verdicts;
}

std::string name_of(const UpstreamAddress& upstream) {
  return upstream.entry + " of UPSTREAM_HOST_ALLOWLIST";
}

std::string with_address(std::string text, const UpstreamAddress& upstream) {
  return upstream.address.empty() ? text : std::move(text) + ": " + upstream.address;
}

}  // namespace compliance
