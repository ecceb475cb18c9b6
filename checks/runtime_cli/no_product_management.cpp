// Whether the runtime CLI offers commands of product management. Source: FACTS.md 11.3, 11.4.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "checks/check.h"
#include "checks/facts/runtime_cli.h"
#include "checks/formats/ascii.h"

namespace compliance::runtime_cli {
namespace {

// Words that fail as a top-level command (FACTS.md 11.4). Legitimate commands such as `allowlist`,
// `run` and `upgrade` are not among them (FACTS.md T84).
constexpr auto management_commands = std::to_array<std::string_view>(
    {"zone",    "app",      "application", "resource",   "provider", "identity-provider",
     "policy",  "grant",    "policy-set",  "delegation", "agent",    "authority-record",
     "session", "audit",    "credential",  "control",    "secret",   "key",
     "token",   "workload", "approval",    "catalog",    "manifest", "ensure",
     "state",   "explain",  "debug"});

// Groups that the dispatcher knows and that a genuine program never shows (FACTS.md 11.3).
constexpr auto management_headings =
    std::to_array<std::string_view>({"admin", "observability", "multi-agent"});

// "keys" is the plural of "key", "policies" that of "policy".
bool is_word_or_plural(std::string_view name, std::string_view word) {
  return name == word || name == std::string{word} + "s" ||
         (word.back() == 'y' && name == std::string{word.substr(0, word.size() - 1)} + "ies");
}

// True for a command that manages the product's content, in singular or plural.
bool is_management_command(std::string_view command) {
  return std::any_of(management_commands.begin(), management_commands.end(),
                     [command](std::string_view word) { return is_word_or_plural(command, word); });
}

// True for the headings Admin, Observability and Multi-agent, in any case.
bool is_management_heading(std::string_view heading) {
  return std::find(management_headings.begin(), management_headings.end(), lower_case(heading)) !=
         management_headings.end();
}

// A text without commands belongs to another program or is an error (FACTS.md T85).
Verdicts evaluate_no_product_management(const RuntimeCli& cli, const Policy& /*policy*/) {
  if (cli.commands.empty()) {
    return {
        unknown(UnknownReason::unexpected_response, "the help text lists no command", cli.origin)};
  }
  Verdicts verdicts;
  for (const auto& command : cli.commands) {
    if (is_management_command(command.value)) {
      verdicts.push_back(
          attributed_to(fail("a management command is available at the top level", command.origin),
                        Component::installation, "command " + command.value));
    }
  }
  for (const auto& heading : cli.headings) {
    if (is_management_heading(heading.value)) {
      verdicts.push_back(
          attributed_to(fail("the help text has a group of management commands", heading.origin),
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
    .evidence = Source::runtime_cli,
    .why =
        "Management commands on every workload host give administrative authority to hosts that "
        "are not protected for it.",
    .remediation =
        "Install the released caracal binary; manage zones, policies and grants in the console or "
        "through the Control API.",
    .reference =
        "https://github.com/Garudex-Labs/caracal/blob/main/.github/instructions/"
        "command-architecture.instructions.md",
    .rule = RuleOnEach<RuntimeCli>{&evaluate_no_product_management},
};

}  // namespace compliance::runtime_cli
