// The command line: flags and subcommands.
#include "exporter/commands/command_line.h"

#include <algorithm>
#include <array>
#include <iostream>
#include <span>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "checks/catalogue.h"
#include "exporter/base/log.h"
#include "exporter/base/version.h"
#include "exporter/commands/check_command.h"
#include "exporter/commands/exit_code.h"
#include "exporter/commands/health_command.h"
#include "exporter/commands/history_command.h"
#include "exporter/commands/serve_command.h"
#include "exporter/commands/waivers_command.h"
#include "exporter/publish/reports/catalogue_text.h"
#include "exporter/publish/reports/report_formats.h"

namespace compliance {
namespace {

// In usage and error messages, whatever name the program was started by.
constexpr auto program = "caracal-compliance-exporter";

// The values of all flags, which CLI11 writes while it parses. Texts that stand for enumerators are
// converted by dispatch().
struct Arguments {
  ServeOptions serve{};
  CheckOptions check{};
  HealthOptions health{};
  bool only_check_config = false;
  std::string log_level = "info";
  std::string log_format = "logfmt";
  std::string fail_on = "low";
  std::vector<std::string> checks{};
  std::string list_format = "table";
  std::string explain_id{};
  std::string config_file{};  // of `config check`, `waivers check`
  std::string state_path{};   // of `history verify`
};

// The flags of `serve` that its configuration file cannot hold: where the file is, what the
// listeners need before it is read, and the log. Their names follow those of Prometheus.
void add_serve(CLI::App& app, Arguments& arguments) {
  CLI::App* serve = app.add_subcommand("serve", "Run the daemon (the default)");
  serve->add_option("--config.file", arguments.serve.config_file, "Configuration file")->required();
  serve->add_option("--web.listen-address", arguments.serve.listen_addresses,
                    "HOST:PORT to listen on, repeatable; default 127.0.0.1:9787");
  serve->add_option("--web.config.file", arguments.serve.web_config_file,
                    "File with bearer token files and TLS settings of the listener");
  serve->add_option("--web.bearer-token-file", arguments.serve.bearer_token_file,
                    "File with the bearer token that clients must present");
  serve->add_option("--web.probe-address", arguments.serve.probe_address,
                    "HOST:PORT that serves only /-/healthy and /-/ready, over plain HTTP");
  serve->add_option("--state.path", arguments.serve.state_path,
                    "File that stores the history; without it the history is lost on exit");
  serve->add_flag("--config.check", arguments.only_check_config,
                  "Validate the configuration and exit");
  serve->add_option("--log.level", arguments.log_level, "debug, info, warn or error")
      ->check(CLI::IsMember({"debug", "info", "warn", "error"}));
  serve->add_option("--log.format", arguments.log_format, "logfmt or json")
      ->check(CLI::IsMember({"logfmt", "json"}));
}

void add_ad_hoc_sources(CLI::App& check, AdHocSources& sources) {
  check.add_option("--compose", sources.compose,
                   "Compose file or its directory, repeatable, - is stdin");
  check.add_option("--env-file", sources.env_files, "Env file for interpolation, repeatable");
  check.add_option("--env", sources.environment, "NAME=VALUE for interpolation, repeatable");
  check.add_option("--profile", sources.profiles, "Compose profile, repeatable");
  check.add_option("--manifests", sources.manifests,
                   "Kubernetes file, directory or glob, repeatable, - is stdin");
  check.add_option("--secrets", sources.secrets, "Directory with secret files, repeatable");
  check.add_option("--runtime-cli-help", sources.runtime_cli_help,
                   "File with the output of `caracal --help`");
  for (const char* component : {"web", "sts", "gateway", "api", "coordinator", "audit"}) {
    check
        .add_option(std::string{"--"} + component, sources.endpoints[component],
                    std::string{"URL of "} + component)
        // An empty URL would be taken for a flag that was not given.
        ->check([](const std::string& url) { return url.empty() ? "needs a URL" : ""; });
  }
  check.add_option("--connect-to", sources.connect_to,
                   "HOST:PORT to connect to instead of the host in the URLs");
  check.add_option("--ca-file", sources.ca_file, "CA certificates used to verify the endpoints");
  check.add_option("--environment", sources.stage, "production (default) or staging")
      ->check(CLI::IsMember({"production", "staging"}));
  check.add_option("--public", sources.public_components, "Component that is public, repeatable");
  check.add_option("--component", sources.components,
                   "NAME=COMPONENT of a service or workload, repeatable");
  check.add_option("--policy", sources.policy, "KEY=VALUE, a threshold, repeatable");
}

void add_check(CLI::App& app, Arguments& arguments) {
  CLI::App* check = app.add_subcommand("check", "Evaluate once and print a report");
  CheckOptions& options = arguments.check;
  check->add_option("--config.file", options.config_file, "Configuration file");
  add_ad_hoc_sources(*check, options.sources);
  check->add_option("--format", options.format, report_format_list())
      ->check(CLI::IsMember(report_format_names()));
  check->add_option("--output", options.output, "File for the report; default stdout");
  check
      ->add_option("--fail-on", arguments.fail_on,
                   "Minimum severity of a failing check for exit code 1")
      ->check(CLI::IsMember({"low", "medium", "high", "critical"}));
  check->add_option("--baseline", options.baseline,
                    "JSON report; its findings do not count for the exit code");
  check->add_flag(
      "--allow-unknown", options.allow_unknown,
      "Exit with 0 instead of 3 if checks are unknown, unless input is malformed or empty");
  check->add_option("--installation", options.installation, "Only this installation");
  check->add_option("--check", arguments.checks, "Only this check, repeatable");
  check->add_flag("--extended", options.extended, "Include checks that are off by default");
  check->add_flag("--offline", options.offline, "Send no requests and perform no DNS lookups");
  check->add_flag("--verbose", options.verbose, "Include passing findings");
}

// The subcommands that print and end: list, explain, config check, waivers check.
void add_texts(CLI::App& app, Arguments& arguments) {
  CLI::App* list = app.add_subcommand("list", "List every check");
  list->add_option("--format", arguments.list_format, "table, json or markdown")
      ->check(CLI::IsMember({"table", "json", "markdown"}));
  CLI::App* explain = app.add_subcommand("explain", "Describe one check");
  explain->add_option("ID", arguments.explain_id, "Id of the check")->required();
  CLI::App* config = app.add_subcommand("config", "Commands for the configuration");
  config->require_subcommand(1);
  CLI::App* waivers = app.add_subcommand("waivers", "Commands for the waivers");
  waivers->require_subcommand(1);
  waivers->add_subcommand("check", "List unused, expired and invalid waivers")
      ->add_option("--config.file", arguments.config_file, "Configuration file")
      ->required();
  CLI::App* config_check = config->add_subcommand("check", "Validate it and list every error");
  config_check->add_option("--config.file", arguments.config_file, "Configuration file")
      ->required();
}

void add_history(CLI::App& app, Arguments& arguments) {
  CLI::App* history = app.add_subcommand("history", "Commands for the state store");
  history->require_subcommand(1);
  CLI::App* verify = history->add_subcommand("verify", "Verify the event hash chain");
  verify->add_option("--state.path", arguments.state_path, "File of the state store")->required();
}

// --url excludes the other flags: they describe a listener from which the URL is derived.
void add_health_check(CLI::App& app, HealthOptions& options) {
  CLI::App* health = app.add_subcommand("healthcheck", "Check the health of a running daemon");
  CLI::Option* url = health->add_option("--url", options.url, "URL to request, http or https");
  health
      ->add_option("--web.probe-address", options.probe_address,
                   "HOST:PORT as given to serve; preferred to the listen address")
      ->excludes(url);
  health
      ->add_option("--web.listen-address", options.listen_address,
                   "HOST:PORT as given to serve; default 127.0.0.1:9787")
      ->excludes(url);
  health
      ->add_option("--web.config.file", options.web_config_file,
                   "As given to serve; tells whether the listener uses TLS")
      ->excludes(url);
  health->add_flag("--ready", options.ready, "Check readiness instead of health")->excludes(url);
}

// Exit code 2 for an id that is not in the catalogue.
int run_explain(const std::string& id) {
  const Check* check = find_check(id);
  if (check == nullptr) {
    std::cerr << program << ": unknown check '" << id << "'; see `" << program << " list`\n";
    return exit_usage;
  }
  std::cout << render_explanation(*check);
  return 0;
}

// "markdown" is the whole catalogue, as in checks/CATALOGUE.md; the others are one line a check.
int run_list(const std::string& format) {
  if (format == "json") {
    std::cout << render_catalogue_json();
  } else if (format == "markdown") {
    std::cout << render_catalogue_markdown();
  } else {
    std::cout << render_catalogue_table();
  }
  return 0;
}

// Runs the subcommand that was given; `serve` is the last and has no condition.
int dispatch(const CLI::App& app, Arguments& arguments) {
  if (app.got_subcommand("check")) {
    arguments.check.fail_on = severity_named(arguments.fail_on).value_or(Severity::low);
    arguments.check.checks.insert(arguments.checks.begin(), arguments.checks.end());
    return run_check(arguments.check);
  }
  if (app.got_subcommand("healthcheck")) {
    return run_health_check(arguments.health);
  }
  if (app.got_subcommand("list")) {
    return run_list(arguments.list_format);
  }
  if (app.got_subcommand("explain")) {
    return run_explain(arguments.explain_id);
  }
  if (app.got_subcommand("waivers")) {
    return run_waivers_check(arguments.config_file);
  }
  if (app.got_subcommand("config")) {
    return run_config_check(arguments.config_file);
  }
  if (app.got_subcommand("history")) {
    return run_history_verify(arguments.state_path);
  }
  if (arguments.only_check_config) {
    return run_config_check(arguments.serve.config_file);
  }
  set_log_options({.level = log_level_named(arguments.log_level).value_or(LogLevel::info),
                   .format = log_format_named(arguments.log_format).value_or(LogFormat::logfmt)});
  return run_serve(arguments.serve);
}

// The arguments, with `serve` in front if the first one is a flag that belongs to no subcommand, so
// that container images need not name it. In reverse order.
std::vector<std::string> with_default_subcommand(int argc, char** argv) {
  const std::span<char*> given{argv, static_cast<std::size_t>(argc)};
  std::vector<std::string> words{given.begin() + 1, given.end()};
  constexpr auto known =
      std::to_array<std::string_view>({"serve", "check", "list", "explain", "config", "history",
                                       "waivers", "healthcheck", "--help", "-h", "--version"});
  if (!words.empty() && words.front().rfind('-', 0) == 0 &&
      std::find(known.begin(), known.end(), words.front()) == known.end()) {
    words.insert(words.begin(), "serve");
  }
  std::reverse(words.begin(), words.end());  // as CLI11 takes them
  return words;
}

}  // namespace

// require_subcommand: no arguments at all are an error, not a start of the daemon.
int run_command_line(int argc, char** argv) {
  Arguments arguments;
  CLI::App app{"Continuously verifies Caracal's hardening checklist.", program};
  app.set_version_flag("--version", std::string{program} + " " + std::string{version()} +
                                        " (revision " + std::string{revision()} + ", " +
                                        std::string{compiler()} + ")");
  app.require_subcommand(1);
  add_serve(app, arguments);
  add_check(app, arguments);
  add_texts(app, arguments);
  add_history(app, arguments);
  add_health_check(app, arguments.health);
  try {
    app.parse(with_default_subcommand(argc, argv));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
      return app.exit(error);
    }
    std::cerr << program << ": " << error.what() << "; see " << program << " --help\n";
    return exit_usage;
  }
  return dispatch(app, arguments);
}

}  // namespace compliance
