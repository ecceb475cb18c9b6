// The developers' origin http://localhost:3001 is not trusted.
#include <algorithm>

#include "checks/check.h"
#include "checks/subject/web_console.h"

namespace compliance::web_edge {
namespace {

constexpr auto development = "http://localhost:3001";

// An unset list has it at June, and later outside production.
Verdict judge_default(const Container& console, const Origin& origin) {
  const Fact<bool> june = has_june_behaviour(console);
  const Fact<bool> production = runs_production(console);
  if (june.is(true) || production.is(false)) {
    return comparing(
        fail("trusts http://localhost:3001, since CARACAL_WEB_ORIGIN is not set", origin),
        "CARACAL_WEB_ORIGIN set, empty if need be", "not set");
  }
  if (june.fault) {
    return unknown(*june.fault, june.origin);
  }
  return production.fault ? unknown(*production.fault, production.origin) : pass();
}

Verdict evaluate(const Container& container, const Policy& /*policy*/) {
  if (container.component != Component::web || container.role != ContainerRole::main) {
    return not_applicable();
  }
  const auto origins = further_origins(container);
  if (origins.fault) {
    return unknown(*origins.fault, origins.origin);
  }
  if (!origins.value) {
    return judge_default(container, origins.origin);
  }
  const bool listed =
      std::any_of(origins.value->begin(), origins.value->end(),
                  [](const StatedUrl& url) { return has_origin(url, development); });
  return listed
             ? comparing(fail("CARACAL_WEB_ORIGIN trusts the developers' origin", origins.origin),
                         "not listed", development)
             : pass();
}

}  // namespace

extern constinit const Check untrusted_development_origin{
    .id = "web-edge-untrusted-development-origin",
    .title = "The developers' origin http://localhost:3001 is not trusted",
    .area = Area::web_edge,
    .severity = Severity::high,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why = "Whatever serves that port on an operator's machine acts with the operator's session.",
    .remediation = "Set CARACAL_WEB_ORIGIN to the public origin or to nothing, but set it.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate,
};
}  // namespace compliance::web_edge
