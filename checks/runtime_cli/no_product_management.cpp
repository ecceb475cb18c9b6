// Product management has no place among the commands of the runtime CLI
#include "checks/check.h"
#include "checks/runtime_cli/shared/management_words.h"

namespace compliance::runtime_cli {
namespace {

Verdicts evaluate_no_product_management(const RuntimeCli& cli, const Policy& /*policy*/) {
  if (cli.commands.empty()) {
    return {unknown(UnknownReason::unexpected_response, "no command is listed", cli.origin)};
  }
  Verdicts verdicts;
  for (const auto& command : cli.commands) {
    if (is_management_command(command.value)) {
      verdicts.push_back(
          attributed_to(fail("a management command stands at the top level", command.origin),
                        Component::installation, "command " + command.value));
    }
  }
  for (const auto& heading : cli.headings) {
    if (is_management_heading(heading.value)) {
      verdicts.push_back(
          attributed_to(fail("a group of management commands is shown", heading.origin),
                        Component::installation, "heading " + heading.value));
    }
  }
  return verdicts.empty() ? Verdicts{pass()} : verdicts;
}

}  // namespace

extern constinit const Check no_product_management{
    .id = "runtime-cli-no-product-management",
    .title = "The runtime CLI has no product management commands at the top level",
    .area = Area::runtime_cli,
    .severity = Severity::high,
    .evidence = Evidence::runtime_cli,
    .why =
        "Management commands on every host that runs workloads carry authority to where it is not "
        "guarded.",
    .remediation =
        "Install the released caracal binary; manage zones, policies and grants in the console or "
        "through the Control API.",
    .reference =
        "https://github.com/Garudex-Labs/caracal/blob/main/.github/instructions/"
        "command-architecture.instructions.md",
    .rule = RuleOnEach<RuntimeCli>{&evaluate_no_product_management},
};

}  // namespace compliance::runtime_cli
