// Whether the console reaches the API and the Coordinator by internal names. Both calls carry
// tokens of administrators, by plain http in the packaging (FACTS.md 4.5, T30).
#include "checks/caracal/settings.h"
#include "checks/check.h"
#include "checks/formats/host_class.h"
#include "checks/formats/web_url.h"

namespace compliance::web_edge {
namespace {

// By the text of the host alone; no name is resolved.
bool stays_inside(const WebUrl& url) {
  const std::string host{without_final_dot(url.host)};
  return is_local_host(url) || is_internal_host(host);
}

// Unset or empty, the variable names no host that could be evaluated.
Verdict internal_hosts_verdict(const Container& console, const std::string& name) {
  const Fact<std::string> text = variable_text(console, name);
  if (text.fault) {
    return unknown(*text.fault, text.origin);
  }
  if (text.absent() || text.is("")) {
    return not_applicable();
  }
  const WebUrlReading reading = read_web_url(*text.value);
  if (reading.sound() && stays_inside(reading.url)) {
    return pass();
  }
  if (reading.fault == WebUrlFault::non_ascii_host) {
    return unknown(UnknownReason::unparsable, name + " " + std::string{words_for(reading.fault)},
                   text.origin);
  }
  const std::string wrong{reading.sound() ? "leads to an external host" : words_for(reading.fault)};
  return with_expected_observed(fail(name + " " + wrong, text.origin),
                                "an internal name or a private address", shown_origin(*text.value));
}

// STS, Gateway and Audit are reached without such a token.
Verdicts evaluate_internal_hosts(const Container& container, const Policy& /*policy*/) {
  if (container.component != Component::web || container.role != ContainerRole::main) {
    return {};
  }
  return {internal_hosts_verdict(container, "CARACAL_API_URL"),
          internal_hosts_verdict(container, "CARACAL_COORDINATOR_URL")};
}

}  // namespace

extern constinit const Check internal_hosts{
    .id = "web-edge-internal-hosts",
    .title = "The console reaches the API and the Coordinator by internal names",
    .area = Area::web_edge,
    .severity = Severity::medium,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "With a public name, the administrators' token leaves the private network, and both "
        "services have to be public.",
    .remediation =
        "Set CARACAL_API_URL and CARACAL_COORDINATOR_URL to the services' internal names.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_internal_hosts,
};
}  // namespace compliance::web_edge
