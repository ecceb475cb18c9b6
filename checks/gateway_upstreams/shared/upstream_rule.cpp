// Runs a rule over the addresses of the Gateway's upstreams, resolved or as the allowlist has them.
#include "checks/gateway_upstreams/shared/upstream_rule.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "checks/formats/host_class.h"
#include "checks/formats/web_url.h"
#include "checks/rules/endpoint_rule.h"
#include "checks/rules/network_kind.h"

namespace compliance {
namespace {

// The default domain of clusters; another one makes its names ordinary names here.
constexpr std::string_view cluster_domain = ".svc.cluster.local";
constexpr std::string_view short_domain = ".svc";

// `domain` begins with a dot.
bool is_below(std::string_view name, std::string_view domain) {
  return name.size() > domain.size() && name.ends_with(domain);
}

// A class that the files cannot tell.
Fact<AddressClass> undecided_class(const std::string& message, const Origin& origin) {
  return {.origin = origin,
          .fault = Fault{.reason = UnknownReason::not_observable, .message = message}};
}

// Addresses on a project's bridge come from the engine's private pools.
bool is_bridged(const Installation& installation, const Container& service) {
  const bool by_mode =
      std::any_of(service.namespaces.begin(), service.namespaces.end(),
                  [](const NamespaceMode& space) { return space.kind == "network"; });
  return !by_mode &&
         std::all_of(service.networks.begin(), service.networks.end(),
                     [&installation](const std::string& key) {
                       return network_kind(installation, key).is(NetworkKind::project_bridge);
                     });
}

// Of a Compose service, by the networks that it joins.
Fact<AddressClass> class_of_service(const Installation& installation, const Container& service) {
  return is_bridged(installation, service)
             ? Fact<AddressClass>{.value = AddressClass::private_use, .origin = service.origin}
             : undecided_class("an upstream is " + service.object +
                                   ", whose addresses cannot be told from its network",
                               service.origin);
}

// NAME.NAMESPACE of a Service, or its name alone in the Gateway's namespace.
bool names_service(std::string_view name, const ServiceObject& service, const Container& gateway) {
  for (const std::string_view domain : {cluster_domain, short_domain}) {
    if (is_below(name, domain)) {
      return name.substr(0, name.size() - domain.size()) ==
             service.name + "." + service.object_namespace;
    }
  }
  return name == service.name && service.object_namespace == gateway.object_namespace;
}

// Clusters give their Services and pods private addresses; an ExternalName leads anywhere.
Fact<AddressClass> class_of_service(const ServiceObject& service) {
  return service.type.is("ExternalName")
             ? undecided_class("an upstream is " + service.object + ", which leads to another name",
                               service.origin)
             : Fact<AddressClass>{.value = AddressClass::private_use, .origin = service.origin};
}

// A name that only the Gateway can resolve, since it belongs to its project or cluster: a single
// label, or a name below svc or svc.cluster.local, with or without a final dot.
bool is_gateway_name(std::string_view name) {
  name = without_final_dot(name);
  return is_single_label(name) || is_below(name, short_domain) || is_below(name, cluster_domain);
}

// The class of the addresses behind that name by the files: those of the service (Compose) or
// Service (Kubernetes) that the Gateway reaches by it, or a fault where its network does not decide
// them. Absent when the files have no such service.
Fact<AddressClass> class_by_files(const Installation& installation, const Container& gateway,
                                  std::string_view name) {
  name = without_final_dot(name);
  if (gateway.platform == Platform::compose) {
    const ContainerView all = installation.containers();
    const auto named = std::find_if(all.begin(), all.end(), [name](const Container& container) {
      return container.platform == Platform::compose && container.name == name;
    });
    return named == all.end() ? Fact<AddressClass>{} : class_of_service(installation, *named);
  }
  for (const ServiceObject& service : installation.kubernetes.services) {
    if (names_service(name, service, gateway)) {
      return class_of_service(service);
    }
  }
  return {};
}

// An entry of the allowlist of one Gateway.
struct Subject {
  const UpstreamEntry& entry;
  const Origin& origin;  // of the list
  const Container& gateway;
  const Installation& installation;
};

// For an address that stands in the list itself; resolved ones are added by the caller.
UpstreamAddress upstream_of(const Subject& subject, AddressClass kind, const char* verb,
                            const Origin& origin) {
  return {.kind = kind,
          .entry = shown(subject.entry),
          .verb = verb,
          .declared = is_declared_private(subject.installation, subject.entry),
          .origin = origin};
}

// One bad address among several fails: the Gateway may connect to any of them.
Verdict addresses_verdict(const Subject& subject, const Fact<std::vector<Address>>& addresses,
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

// The exporter's name servers differ from the Gateway's, so a failure for such a name says nothing.
Verdict resolution_verdict(const Subject& subject, const NameResolution& resolution,
                           UpstreamRule rule) {
  const auto& addresses = resolution.addresses;
  if (addresses.value) {
    return addresses_verdict(subject, addresses, rule);
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

// The files know the names of the project or the cluster; DNS is asked for the rest.
Verdict name_verdict(const Subject& subject, UpstreamRule rule) {
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
             ? unknown(
                   UnknownReason::pending,
                   shown(subject.entry) + " of UPSTREAM_HOST_ALLOWLIST has not been resolved yet",
                   subject.origin)
             : resolution_verdict(subject, *resolution, rule);
}

// Without the source dns, names have the class `other`, which no rule fails.
Verdict entry_verdict(const Subject& subject, UpstreamRule rule) {
  const bool by_name =
      has_any(subject.installation.configured, Source::dns) && needs_resolution(subject.entry);
  return by_name ? name_verdict(subject, rule)
                 : rule(upstream_of(subject, class_of(subject.entry), "is", subject.origin));
}

}  // namespace

Verdicts evaluate_upstreams(const Installation& installation, UpstreamRule rule) {
  if (!has_any(installation.configured, Source::compose | Source::kubernetes)) {
    return {
        unknown(UnknownReason::not_configured,
                "no Compose or Kubernetes files are configured that state the Gateway's allowlist",
                Origin{})};
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
      verdicts.push_back(attributed_to(entry_verdict(subject, rule), *list.container));
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
