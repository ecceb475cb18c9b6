// Finds what the monitors of all files scrape of the release.
#include "exporter/observe/kubernetes/resolve/resolve_monitors.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "exporter/observe/kubernetes/resolve/label_index.h"
#include "exporter/observe/kubernetes/resolve/resolve_services.h"

namespace compliance::kubernetes {
namespace {

// A port of a container by name or by number; neither: any.
struct Target {
  std::string name{};
  std::uint16_t number = 0;

  bool any() const { return name.empty() && number == 0; }
};

// A port by name has to be declared; so has one by number here, although Kubernetes does not demand
// it.
bool declares(const Container& container, const Target& target) {
  return std::any_of(container.declared_ports.begin(), container.declared_ports.end(),
                     [&target](const DeclaredPort& port) {
                       return target.name.empty() ? port.number == target.number
                                                  : port.name == target.name;
                     });
}

// Resolves monitor after monitor against the Services and pods of the release.
class MonitorResolver {
 public:
  MonitorResolver(const KubernetesFacts& release, const LabelIndex& pods,
                  const std::string& default_namespace)
      : release_(release), pods_(pods), default_namespace_(default_namespace) {
    for (const ServiceObject& service : release.services) {
      services_.add(service.object_namespace, service.labels);
    }
  }

  void add(const UnresolvedMonitor& monitor) {
    std::vector<std::set<Component>> scraped(monitor.endpoints.size());
    for (const std::size_t number : selected_by(monitor)) {
      for (std::size_t index = 0; index < scraped.size(); ++index) {
        const UnresolvedEndpoint& endpoint = monitor.endpoints[index];
        scraped[index].merge(monitor.of_pods ? of_container(number, endpoint)
                                             : of_service(number, endpoint));
      }
    }
    add_endpoints(monitor, scraped);
  }

  std::vector<ScrapeEndpoint> take() { return std::move(endpoints_); }

 private:
  const std::string& namespace_of(const std::string& stated) const {
    return stated.empty() ? default_namespace_ : stated;
  }

  // One without a value stands for every namespace.
  std::vector<std::optional<std::string>> namespaces_of(const UnresolvedMonitor& monitor) const {
    if (monitor.every_namespace) {
      return {std::nullopt};
    }
    if (monitor.namespaces.empty()) {
      return {namespace_of(monitor.object_namespace)};
    }
    return {monitor.namespaces.begin(), monitor.namespaces.end()};
  }

  // The numbers of the pods or Services that the monitor selects.
  std::set<std::size_t> selected_by(const UnresolvedMonitor& monitor) const {
    std::set<std::size_t> numbers;
    for (const std::optional<std::string>& ns : namespaces_of(monitor)) {
      const auto matching = (monitor.of_pods ? pods_ : services_).matching(ns, monitor.selector);
      numbers.insert(matching.begin(), matching.end());
    }
    return numbers;
  }

  // The ports of all containers of a pod are asked for by name; those of sidecars are not ours.
  std::set<Component> of_container(std::size_t number, const UnresolvedEndpoint& endpoint) const {
    const Container& container = release_.containers[number];
    const Target target{.name = endpoint.container_port, .number = endpoint.container_number};
    const bool asked = container.role == ContainerRole::main && is_packaged(container.component) &&
                       (target.any() || declares(container, target));
    return asked ? std::set{container.component} : std::set<Component>{};
  }

  // The components behind the port that the endpoint names; none when the Service has no such port.
  std::set<Component> of_service(std::size_t number, const UnresolvedEndpoint& endpoint) const {
    const ServiceObject& service = release_.services[number];
    Target target{.name = endpoint.container_port, .number = endpoint.container_number};
    if (!endpoint.service_port.empty()) {
      // A ServiceMonitor knows ports by name alone.
      const auto port = std::find_if(
          service.ports.begin(), service.ports.end(),
          [&](const ServicePort& known) { return known.name == endpoint.service_port; });
      if (port == service.ports.end()) {
        return {};
      }
      target = {.name = port->target_name, .number = port->target_number.value_or(port->port)};
    }
    return behind(service, target);
  }

  // The components whose containers declare the port; all that the Service leads to when none does.
  std::set<Component> behind(const ServiceObject& service, const Target& target) const {
    std::set<Component> declaring;
    bool declared = false;
    for (const std::size_t number :
         target.any() || service.selector.empty()
             ? std::vector<std::size_t>{}
             : pods_.matching(service.object_namespace, selector_of(service))) {
      const Container& container = release_.containers[number];
      if (container.role == ContainerRole::main && declares(container, target)) {
        declared = true;
        declaring.insert(container.component);
      }
    }
    return declared ? declaring : std::set(service.leads_to.begin(), service.leads_to.end());
  }

  // One entry for each component, since each answers for its own metrics.
  void add_endpoints(const UnresolvedMonitor& monitor,
                     const std::vector<std::set<Component>>& scraped) {
    for (std::size_t index = 0; index < scraped.size(); ++index) {
      for (const Component component : scraped[index]) {
        endpoints_.push_back({.object = monitor.object,
                              .object_namespace = namespace_of(monitor.object_namespace),
                              .component = component,
                              .credential = monitor.endpoints[index].credential,
                              .origin = monitor.endpoints[index].origin});
      }
    }
  }

  const KubernetesFacts& release_;
  const LabelIndex& pods_;
  const std::string& default_namespace_;
  LabelIndex services_{};
  std::vector<ScrapeEndpoint> endpoints_{};
};

}  // namespace

std::vector<ScrapeEndpoint> resolve_monitors(const std::vector<const Objects*>& files,
                                             const KubernetesFacts& release, const LabelIndex& pods,
                                             const std::string& default_namespace) {
  MonitorResolver resolver{release, pods, default_namespace};
  for (const Objects* file : files) {
    for (const UnresolvedMonitor& monitor : file->content().monitors) {
      resolver.add(monitor);
    }
  }
  return resolver.take();
}

}  // namespace compliance::kubernetes
