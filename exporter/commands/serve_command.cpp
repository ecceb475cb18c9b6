// The subcommand `serve`.
#include "exporter/commands/serve_command.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <memory>
#include <thread>
#include <utility>

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigtimedwait is not in <csignal>
#include <unistd.h>

#include "exporter/base/log.h"
#include "exporter/base/version.h"
#include "exporter/commands/exit_code.h"
#include "exporter/commands/listeners.h"
#include "exporter/config/read_config.h"
#include "exporter/daemon/service.h"
#include "exporter/harden/privileges.h"
#include "exporter/harden/system_call_filter.h"
#include "exporter/observe/process/process_source.h"
#include "exporter/publish/api/router.h"
#include "exporter/publish/metrics/runtime_metrics.h"
#include "exporter/supervisor/service_manager.h"
#include "exporter/supervisor/startup_memory.h"
#include "exporter/supervisor/watchdog.h"

namespace compliance {
namespace {

// The token file of the flag, or the web configuration file; neither and both are errors.
Result<WebConfig> web_config_for(const ServeOptions& options) {
  if (options.web_config_file.empty() == options.bearer_token_file.empty()) {
    return Error{
        "serve needs either --web.bearer-token-file or --web.config.file: a bearer token is "
        "mandatory"};
  }
  if (options.web_config_file.empty()) {
    return WebConfig{.bearer_token_files = {options.bearer_token_file}};
  }
  return read_web_config(options.web_config_file);
}

// The signals that end or reload the daemon; blocked in every thread and taken by
// run_signal_loop(). A handler could do next to nothing safely, and a thread of the library might
// get the signal.
sigset_t handled_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    sigaddset(&signals, signal);
  }
  return signals;
}

// Reads the token files again. Logs each problem once while it lasts, not once a second; one that
// went away and comes back is logged again.
void refresh(BearerTokens& tokens, std::vector<std::string>& logged) {
  std::vector<std::string> messages = tokens.refresh();
  for (const std::string& message : messages) {
    if (std::find(logged.begin(), logged.end(), message) == logged.end()) {
      log_event(LogLevel::warn, "a bearer token file cannot be used", {{"err", message}});
    }
  }
  logged = std::move(messages);
}

// What the main thread looks after while it waits for signals.
struct SignalLoop {
  BearerTokens& tokens;
  Watchdog watchdog;
  // Returns when the new configuration has been evaluated and published, or rejected.
  std::function<void()> reload{};
};

// Waits for signals until one ends the daemon. Reads the token files once a second, and notifies
// the watchdog as often as it wants while the cycle is alive. A reload delays both: it runs here.
void run_signal_loop(SignalLoop loop) {
  const sigset_t signals = handled_signals();
  // Never longer than half the watchdog's period, even where that is below a second.
  const auto turn = std::min<std::chrono::nanoseconds>(
      std::chrono::seconds{1}, loop.watchdog.interval().value_or(std::chrono::seconds{1}));
  const timespec timeout{.tv_sec = turn / std::chrono::seconds{1},
                         .tv_nsec = (turn % std::chrono::seconds{1}).count()};
  std::vector<std::string> logged;
  while (true) {
    const int signal = sigtimedwait(&signals, nullptr, &timeout);
    if (signal == SIGHUP) {
      loop.reload();
    } else if (signal > 0) {
      log_event(LogLevel::info, "stopping", {{"signal", std::to_string(signal)}});
      return;
    }
    loop.watchdog.notify(Watchdog::Clock::now());
    refresh(loop.tokens, logged);
  }
}

// Everything that is prepared before the first thread starts.
struct StartupState {
  std::vector<BoundAddress> bound{};
  std::vector<Error> refused{};  // hardening steps that failed
  Config config{};
  WebConfig web{};
  std::unique_ptr<BearerTokens> tokens{};
};

// First the ports, since low ones need a privilege; then the privileges go, so that everything is
// read at start with the rights by which it is read again later. The error is the first one.
Result<StartupState> prepare(const ServeOptions& options) {
  auto bound = bind_listeners({.full = options.listen_addresses, .probes = options.probe_address});
  if (!bound) {
    return bound.error();
  }
  std::vector<Error> refused = give_up_privileges();
  auto config = read_config(options.config_file);
  if (!config) {
    return config.error();
  }
  auto web = web_config_for(options);
  if (!web) {
    return web.error();
  }
  auto tokens = BearerTokens::load(web.value().bearer_token_files);
  if (!tokens) {
    return tokens.error();
  }
  return StartupState{.bound = std::move(bound).value(),
                      .refused = std::move(refused),
                      .config = std::move(config).value(),
                      .web = std::move(web).value(),
                      .tokens = std::move(tokens).value()};
}

// Installs the system call filter and logs every failed hardening step; true if the filter is
// active. A failure is no reason to stop: the checks of the exporter's own posture show it. A
// reload cannot widen the filter, so `runtime_cli.command` has to be configured at start.
bool harden(const StartupState& startup) {
  const auto& installations = startup.config.installations;
  const bool starts_programs = std::any_of(
      installations.begin(), installations.end(), [](const InstallationConfig& installation) {
        return installation.runtime_cli && !installation.runtime_cli->command.empty();
      });
  for (const Error& error : startup.refused) {
    log_event(LogLevel::warn, "a hardening step failed", {{"err", error.message}});
  }
  const auto error = filter_system_calls(starts_programs ? Programs::may_start : Programs::none);
  if (error) {
    log_event(LogLevel::warn, "there is no filter of system calls", {{"err", error->message}});
  }
  return !error;
}

// What the service needs of this process. Refers to `options` and `manager`, which outlive the
// service.
ServiceEnvironment service_environment(const ServeOptions& options, ProcessPlaces places,
                                       const ServiceManager& manager) {
  return {.now = [] { return std::chrono::system_clock::now(); },
          .read_config = [&options] { return read_config(options.config_file); },
          .config_file = options.config_file,
          .state_path = options.state_path,
          .watches = true,
          .observe_exporter =
              [places = std::move(places)](const EvidencePlaces& evidence) {
                return observe_exporter(places, evidence);
              },
          // The first snapshot is what systemd waits for (Type=notify), and the end of the start.
          .published =
              [&manager, first = true]() mutable {
                if (std::exchange(first, false)) {
                  manager.ready();
                  release_startup_pages();
                }
              }};
}

// CLOCK_MONOTONIC, which RELOADING=1 has to be sent with since systemd 253 (sd_notify(3)).
std::chrono::microseconds monotonic_now() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now().time_since_epoch());
}

// Runs the cycles until a signal ends the daemon; the last one has ended when it returns.
void run_until_signal(Service& service, const ServiceManager& manager, SignalLoop loop) {
  // Its end requests the stop, and waits for the cycle that runs.
  const std::jthread cycles{[&](const std::stop_token& stop) { service.run(stop); }};
  run_signal_loop(std::move(loop));
  manager.stopping();
}

// Runs the daemon until a signal ends it. The order matters: signals are blocked before the first
// thread, the filter is set before the servers and the cycle start their threads, and the cycle
// ends before the servers do, so that the last requests are still answered.
int serve(const ServeOptions& options, StartupState startup) {
  const sigset_t signals = handled_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const ServiceManager manager{manager_environment(), ::getpid()};
  ProcessPlaces places{.bearer_token_files = startup.tokens->files(),
                       .state_path = options.state_path,
                       .listeners = listeners_of(startup.bound, startup.web.tls.has_value()),
                       .behind_tls_proxy = startup.web.behind_tls_proxy,
                       .own_filter = harden(startup)};
  RuntimeMetrics metrics;
  Service service{std::move(startup.config),
                  service_environment(options, std::move(places), manager), metrics};
  // Two reloads at once, by a signal and by a request, wait for one another in the service.
  const auto reload = [&] {
    manager.reloading(monotonic_now());
    auto outcome = service.reload();
    manager.ready();
    return outcome;
  };
  Router router{{.latest = &service.latest(),
                 .tokens = startup.tokens.get(),
                 .metrics = &metrics,
                 .reload = reload,
                 .events = [&](const EventQuery& query) { return service.events(query); }}};
  auto servers = serve_listeners(
      std::move(startup.bound), startup.web.tls,
      {.full = [&](const ServerRequest& request) { return router.handle(request); },
       .probes = [&](const ServerRequest& request) { return router.handle_probe(request); }});
  if (!servers) {
    return usage_error(servers.error());
  }
  run_until_signal(service, manager,
                   {.tokens = *startup.tokens,
                    .watchdog = Watchdog{manager, service.heartbeat()},
                    .reload = [&] { (void)reload(); }});  // logs its result
  for (const auto& server : servers.value()) {
    server->stop();
  }
  return 0;
}

}  // namespace

int run_serve(const ServeOptions& options) {
  if (options.config_file.empty()) {
    return usage_error(Error{"serve needs --config.file"});
  }
  auto startup = prepare(options);
  if (!startup) {
    return usage_error(startup.error());
  }
  // NOLINTNEXTLINE(cert-err33-c,performance-no-int-to-ptr): cannot fail for SIGPIPE
  signal(SIGPIPE, SIG_IGN);
  log_event(LogLevel::info, "starting",
            {{"version", std::string{version()}}, {"revision", std::string{revision()}}});
  return serve(options, std::move(startup).value());
}

int run_config_check(const std::string& config_file) {
  const auto config = read_config(config_file);
  if (!config) {
    return usage_error(config.error());
  }
  std::cout << config_file << ": OK\n";
  return 0;
}

}  // namespace compliance
