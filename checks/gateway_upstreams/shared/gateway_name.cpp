// Finds out where names lead that only the Gateway can resolve.
#include "checks/gateway_upstreams/shared/gateway_name.h"

#include <algorithm>
#include <string>

#include "checks/formats/host_class.h"
#include "checks/formats/web_url.h"
#include "checks/rules/network_kind.h"

namespace compliance {
namespace {

constexpr std::string_view cluster_domain = ".svc.cluster.local";
constexpr std::string_view short_domain = ".svc";

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() > end.size() && text.substr(text.size() - end.size()) == end;
}

Fact<AddressClass> undecided(const std::string& message, const Origin& origin) {
  return {.origin = origin,
          .fault = Fault{.reason = UnknownReason::not_observable, .message = message}};
}

// Addresses of a project's bridge come from the engine's private pools.
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

Fact<AddressClass> class_of_service(const Installation& installation, const Container& service) {
  return is_bridged(installation, service)
             ? Fact<AddressClass>{.value = AddressClass::private_use, .origin = service.origin}
             : undecided("an upstream is " + service.object +
                             ", whose addresses its network does not tell",
                         service.origin);
}

// NAME.NAMESPACE of a Service, or its name alone in the Gateway's namespace.
bool names_service(std::string_view name, const ServiceObject& service, const Container& gateway) {
  for (const std::string_view domain : {cluster_domain, short_domain}) {
    if (ends_with(name, domain)) {
      return name.substr(0, name.size() - domain.size()) ==
             service.name + "." + service.object_namespace;
    }
  }
  return name == service.name && service.object_namespace == gateway.object_namespace;
}

// Clusters give their Services and pods private addresses; an ExternalName leads anywhere.
Fact<AddressClass> class_of_service(const ServiceObject& service) {
  return service.type.is("ExternalName")
             ? undecided("an upstream is " + service.object + ", which leads to another name",
                         service.origin)
             : Fact<AddressClass>{.value = AddressClass::private_use, .origin = service.origin};
}

}  // namespace

bool is_gateway_name(std::string_view name) {
  name = without_final_dot(name);
  return is_single_label(name) || ends_with(name, short_domain) || ends_with(name, cluster_domain);
}

Fact<AddressClass> class_by_files(const Installation& installation, const Container& gateway,
                                  std::string_view name) {
  name = without_final_dot(name);
  if (gateway.platform == Platform::compose) {
    for (const Container& container : installation.containers()) {
      if (container.platform == Platform::compose && container.name == name) {
        return class_of_service(installation, container);
      }
    }
    return {};
  }
  for (const ServiceObject& service : installation.kubernetes.services) {
    if (names_service(name, service, gateway)) {
      return class_of_service(service);
    }
  }
  return {};
}

}  // namespace compliance
