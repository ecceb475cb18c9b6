// Whether declared, published and targeted ports are those that services listen on. sts, gateway
// and audit refuse any other PORT than their own (FACTS.md 2.3).
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "checks/caracal/served_port.h"
#include "checks/check.h"

namespace compliance::published_mode {
namespace {

// The finding for a port that is not the expected one.
Verdict differs(std::string message, std::uint16_t expected, std::string observed,
                const Origin& origin) {
  return with_expected_observed(fail(std::move(message), origin), std::to_string(expected),
                                std::move(observed));
}

// Whether PORT is a number, and one that the service accepts.
Verdict port_setting_verdict(const Container& container, const Fact<std::uint16_t>& served) {
  const std::uint16_t packaged = packaged_port(container.component).value_or(0);
  if (served.fault) {
    return unknown(*served.fault, served.origin);
  }
  if (!served.value) {
    return differs("PORT is not a port number", packaged, "not a port number", served.origin);
  }
  if (enforces_port(container.component) && *served.value != packaged) {
    return differs("PORT is a port that the service rejects", packaged,
                   std::to_string(*served.value), served.origin);
  }
  return pass();
}

// More ports may be declared; the served one has to be among them.
Verdict declared_ports_verdict(const Container& container, std::uint16_t served) {
  const auto& declared = container.declared_ports;
  if (std::any_of(declared.begin(), declared.end(),
                  [served](const DeclaredPort& port) { return port.number == served; })) {
    return pass();
  }
  return differs("the declared ports do not include the one that the service listens on", served,
                 std::to_string(declared.front().number), declared.front().origin);
}

// A range is each of its ports: all of them have to be the served one.
Verdict published_port_verdict(const PublishedPort& port, std::uint16_t served) {
  if (port.fault) {
    return unknown(*port.fault, port.origin);
  }
  if (port.container_first == served && port.container_last == served) {
    return pass();
  }
  const bool first_differs = port.container_first != served;
  return differs("the published port leads to a port that the service does not listen on", served,
                 std::to_string(first_differs ? port.container_first : port.container_last),
                 port.origin);
}

// PORT, the declared ports together, and each published TCP port of a container. Empty for
// components without a packaged port and for init and ephemeral containers.
Verdicts container_verdicts(const Container& container) {
  if (container.role != ContainerRole::main || !packaged_port(container.component)) {
    return {};
  }
  const Fact<std::uint16_t> served = served_port(container);
  Verdicts verdicts{port_setting_verdict(container, served)};
  if (!served.value) {
    return verdicts;
  }
  if (!container.declared_ports.empty()) {
    verdicts.push_back(declared_ports_verdict(container, *served.value));
  }
  for (const PublishedPort& port : container.published_ports) {
    if (port.protocol == "tcp") {
      verdicts.push_back(published_port_verdict(port, *served.value));
    }
  }
  return verdicts;
}

// Whether a port of a Service leads to the port that this container serves.
Verdict target_verdict(const ServicePort& port, const Container& container, const Pods& pods) {
  const Fact<std::uint16_t> served = served_port(container);
  if (!served.value) {
    return unknown(served.fault.value_or(Fault{.reason = UnknownReason::unresolved_reference,
                                               .message = "PORT is not a port number"}),
                   port.origin);
  }
  const auto target = pods.target_number(port, container);
  if (!target) {
    return differs("the Service targets a port name that no container declares", *served.value,
                   "a name that is not declared", port.origin);
  }
  return *target == *served.value || pods.is_port_of_sidecar(*target, container)
             ? pass()
             : differs("the Service targets a port on which its pods do not listen", *served.value,
                       std::to_string(*target), port.origin);
}

// Of several components that a Service selects, its port has to lead to one; where it leads to
// none, the verdict is the first one's. Expects a target.
Verdict service_port_verdict(const ServicePort& port, const std::vector<const Container*>& targets,
                             const Pods& pods) {
  const bool leads_to_one =
      std::any_of(targets.begin(), targets.end(), [&](const Container* target) {
        return target_verdict(port, *target, pods).outcome == Outcome::pass;
      });
  return leads_to_one ? pass() : target_verdict(port, *targets.front(), pods);
}

// Each port of a Service that selects containers with a served port.
Verdicts service_verdicts(const ServiceObject& service, const Pods& pods) {
  const std::vector<const Container*> targets = pods.selected_by(service);
  Verdicts verdicts;
  for (const ServicePort& port : service.ports) {
    if (!targets.empty()) {
      verdicts.push_back(service_port_verdict(port, targets, pods));
    }
  }
  return verdicts;
}

Verdicts evaluate_service_ports(const Installation& installation, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const Container& container : installation.containers()) {
    append(verdicts, attributed_to(container_verdicts(container), container));
  }
  // Built once: each Service then finds its pods by their labels.
  const Pods pods{installation};
  for (const ServiceObject& service : installation.kubernetes.services) {
    append(verdicts,
           attributed_to(service_verdicts(service, pods), service.component, service.object));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check service_ports{
    .id = "published-mode-service-ports",
    .title = "Declared, published and targeted ports are those that services listen on",
    .area = Area::published_mode,
    .severity = Severity::low,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "With a wrong port the service does not start, or traffic reaches a closed port and "
        "someone hastily opens another.",
    .remediation =
        "Leave PORT at sts 8080, gateway 8081, audit 9090 (packaged: api 3000, "
        "coordinator 4000, web 3002), and publish and target the same port.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_service_ports,
};

}  // namespace compliance::published_mode
