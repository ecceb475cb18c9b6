// The subcommand `serve`.
#include "exporter/serve_command.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <iostream>
#include <memory>
#include <thread>
#include <utility>

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigtimedwait is not in <csignal>

#include "exporter/base/log.h"
#include "exporter/base/version.h"
#include "exporter/publish/http_server.h"
#include "exporter/read_config.h"
#include "exporter/service.h"

namespace compliance {
namespace {

constexpr int exit_usage = 2;

int refuse(const Error& error) {
  std::cerr << "caracal-compliance-exporter: " << error.message << '\n';
  return exit_usage;
}

struct Address {
  std::string host{};
  std::uint16_t port = 0;
};

// "127.0.0.1:9787", "[::1]:9787"; ":9787" is every IPv4 address of the machine.
Result<Address> parse_address(const std::string& text) {
  const auto colon = text.rfind(':');
  Address address;
  bool valid = colon != std::string::npos;
  if (valid) {
    const std::string port = text.substr(colon + 1);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-bounds-pointer-arithmetic): from_chars takes pointers
    const char* end = port.data() + port.size();
    const auto [last, error] = std::from_chars(port.data(), end, address.port);
    address.host = text.substr(0, colon);
    valid = error == std::errc{} && last == end && !port.empty();
  }
  if (valid && address.host.size() > 2 && address.host.front() == '[' &&
      address.host.back() == ']') {
    address.host = address.host.substr(1, address.host.size() - 2);
  } else if (address.host.find(':') != std::string::npos) {
    valid = false;
  }
  if (!valid) {
    return Error{"'" + text + "' is no listen address; use HOST:PORT or [IPV6]:PORT"};
  }
  if (address.host.empty()) {
    address.host = "0.0.0.0";
  }
  return address;
}

Result<WebConfig> web_config_for(const ServeOptions& options) {
  if (options.web_config_file.empty() == options.bearer_token_file.empty()) {
    return Error{
        "serve needs either --web.bearer-token-file or --web.config.file: there is no way "
        "to serve without a bearer token"};
  }
  if (options.web_config_file.empty()) {
    return WebConfig{.bearer_token_files = {options.bearer_token_file}};
  }
  return read_web_config(options.web_config_file);
}

HttpServerOptions server_options(const Address& address, const std::optional<WebTlsConfig>& tls) {
  HttpServerOptions options{.host = address.host, .port = address.port};
  options.warn = [](const std::string& message) {
    log_event(LogLevel::warn, "the listener goes on with what it had", {{"err", message}});
  };
  if (tls) {
    options.tls = TlsOptions{.cert_file = tls->cert_file,
                             .key_file = tls->key_file,
                             .client_ca_file = tls->client_ca_file,
                             .require_client_certificate = tls->require_client_certificate,
                             .tls13_only = tls->tls13_only};
  }
  return options;
}

using Servers = std::vector<std::unique_ptr<HttpServer>>;

Result<Servers> start_servers(const ServeOptions& options, const WebConfig& web, Routes& routes) {
  Servers servers;
  for (const std::string& text : options.listen_addresses) {
    const auto address = parse_address(text);
    if (!address) {
      return address.error();
    }
    auto server =
        HttpServer::start(server_options(address.value(), web.tls),
                          [&](const HttpRequest& request) { return routes.handle(request); });
    if (!server) {
      return server.error();
    }
    servers.push_back(std::move(server).value());
    log_event(LogLevel::info, "listening",
              {{"address", address.value().host},
               {"port", std::to_string(servers.back()->port())},
               {"tls", web.tls ? "true" : "false"}});
  }
  if (!options.probe_address.empty()) {
    const auto address = parse_address(options.probe_address);
    if (!address) {
      return address.error();
    }
    auto server =
        HttpServer::start(server_options(address.value(), std::nullopt),
                          [&](const HttpRequest& request) { return routes.handle_probe(request); });
    if (!server) {
      return server.error();
    }
    servers.push_back(std::move(server).value());
  }
  return servers;
}

// The signals that end or reload the daemon; blocked in every thread, taken by one.
sigset_t handled_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
    sigaddset(&signals, signal);
  }
  return signals;
}

void reload(Service& service) {
  (void)service.reload();  // which says itself how it went
}

// Takes changed token files over. Says each problem once, not at every look.
void refresh(BearerTokens& tokens, std::vector<std::string>& said) {
  std::vector<std::string> messages = tokens.refresh();
  for (const std::string& message : messages) {
    if (std::find(said.begin(), said.end(), message) == said.end()) {
      log_event(LogLevel::warn, "a bearer token file is not usable", {{"err", message}});
    }
  }
  said = std::move(messages);
}

// Waits for signals; once a second it looks whether a token file changed.
void wait_for_end(Service& service, BearerTokens& tokens) {
  const sigset_t signals = handled_signals();
  const timespec second{.tv_sec = 1, .tv_nsec = 0};
  std::vector<std::string> said;
  while (true) {
    const int signal = sigtimedwait(&signals, nullptr, &second);
    if (signal == SIGHUP) {
      reload(service);
    } else if (signal > 0) {
      log_event(LogLevel::info, "stopping", {{"signal", std::to_string(signal)}});
      return;
    }
    refresh(tokens, said);
  }
}

int serve(const ServeOptions& options, Config config, const WebConfig& web,
          std::unique_ptr<BearerTokens> tokens) {
  const sigset_t signals = handled_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  Service service{std::move(config),
                  {.now = [] { return std::chrono::system_clock::now(); },
                   .read_config = [&] { return read_config(options.config_file); },
                   .config_file = options.config_file,
                   .state_path = options.state_path,
                   .watches = true}};
  Routes routes{{.latest = &service.latest(),
                 .tokens = tokens.get(),
                 .reload = [&] { return service.reload(); },
                 .events = [&](const EventQuery& query) { return service.events(query); }}};
  auto servers = start_servers(options, web, routes);
  if (!servers) {
    return refuse(servers.error());
  }
  {
    const std::jthread cycles{[&](const std::stop_token& stop) { service.run(stop); }};
    wait_for_end(service, *tokens);
  }
  for (const auto& server : servers.value()) {
    server->stop();
  }
  return 0;
}

}  // namespace

int run_serve(const ServeOptions& options) {
  if (options.config_file.empty()) {
    return refuse(Error{"serve needs --config.file"});
  }
  auto config = read_config(options.config_file);
  if (!config) {
    return refuse(config.error());
  }
  const auto web = web_config_for(options);
  if (!web) {
    return refuse(web.error());
  }
  auto tokens = BearerTokens::load(web.value().bearer_token_files);
  if (!tokens) {
    return refuse(tokens.error());
  }
  // NOLINTNEXTLINE(cert-err33-c,performance-no-int-to-ptr): cannot fail for SIGPIPE
  signal(SIGPIPE, SIG_IGN);
  log_event(LogLevel::info, "starting",
            {{"version", std::string{version()}}, {"revision", std::string{revision()}}});
  return serve(options, std::move(config).value(), web.value(), std::move(tokens).value());
}

int run_config_check(const std::string& config_file) {
  const auto config = read_config(config_file);
  if (!config) {
    return refuse(config.error());
  }
  std::cout << config_file << ": good\n";
  return 0;
}

}  // namespace compliance
