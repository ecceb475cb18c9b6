// Probe tasks of one endpoint, and the configuration that they read from files.
#include "exporter/observe/probes/endpoint_tasks.h"

#include <algorithm>
#include <utility>

#include "checks/formats/ascii.h"
#include "checks/formats/web_url.h"
#include "exporter/base/read_file.h"
#include "exporter/observe/probes/console/web_probe.h"
#include "exporter/observe/probes/services/service_probe.h"
#include "exporter/observe/probes/tls/tls_probe.h"

namespace compliance::probes {
namespace {

using Plan = std::shared_ptr<const EndpointPlan>;

// A sequence of requests may take this many single timeouts.
constexpr int timeouts_of_a_sequence = 3;
// A cookie, a token or a few headers are far smaller: more is a wrong path.
constexpr std::size_t max_secret_bytes = 64U << 10U;

HttpRoute route_of(const EndpointPlan& plan) {
  return {.url = plan.config.url,
          .connect_to = plan.config.connect_to,
          .ca_file = plan.config.ca_file,
          .http_proxy = plan.config.http_proxy};
}

// `connect_to` changes the peer, never the name that is sent and verified.
TlsTarget tls_target_of(const EndpointPlan& plan) {
  const WebUrl url = read_web_url(plan.config.url).url;
  constexpr std::uint16_t https_port = 443;
  TlsTarget target{.peer = {.host = url.host, .port = url.port.value_or(https_port)},
                   .server_name = url.host,
                   .ca_file = plan.config.ca_file};
  if (const auto peer = read_host_port(plan.config.connect_to)) {
    target.peer = {.host = peer->host, .port = peer->port};
  }
  target.peer.http_proxy = plan.config.http_proxy;
  return target;
}

// Reads lines of "NAME: VALUE"; blank ones are skipped. Nothing where a line is anything
// else.
std::optional<std::vector<HttpHeader>> parse_headers(const std::string& text) {
  std::vector<HttpHeader> headers;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t colon = line.find(':');
    if (line.empty()) {
      continue;
    }
    if (colon == 0 || colon == std::string_view::npos) {
      return std::nullopt;
    }
    headers.push_back({.name = lower_case(trimmed(line.substr(0, colon))),
                       .value = std::string{trimmed(line.substr(colon + 1))}});
  }
  return headers;
}

// The operator's headers; none where no file is configured. The fault quotes no line, since
// headers may hold credentials.
ReadResult<std::vector<HttpHeader>> read_headers(const std::string& path) {
  if (path.empty()) {
    return std::vector<HttpHeader>{};
  }
  const auto text = read_file(path, max_secret_bytes);
  if (!text) {
    return text.error();
  }
  auto headers = parse_headers(text.value());
  if (!headers) {
    return Fault{.reason = UnknownReason::unparsable,
                 .message = "headers_file: every line must be NAME: VALUE"};
  }
  return *std::move(headers);
}

// The text of a secret's file without white space at its ends; empty where no file is
// configured. Faults are those of read_file().
ReadResult<std::string> read_secret(const std::string& path) {
  if (path.empty()) {
    return std::string{};
  }
  const auto text = read_file(path, max_secret_bytes);
  if (!text) {
    return text.error();
  }
  return std::string{trimmed(text.value())};
}

// All facts of a console that could not be asked at all. They are made up before they get
// the fault, since a check finds its fault only where its fact is.
WebAnswers unreached_web(const EndpointPlan& plan, const Fault& fault) {
  WebAnswers answers;
  for (const std::string_view origin : {foreign_origin, development_origin}) {
    answers.grants.push_back({.origin = std::string{origin}});
  }
  if (!plan.config.session_cookie_file.empty()) {
    answers.session = SessionAnswers{};
  }
  ProbeResult answer{WebResult{.web = std::move(answers)}};
  set_all(fault, {.source = Source::endpoint, .place = Location{plan.config.url}}, answer);
  return std::get<WebResult>(answer).web;
}

// The same for whatever component the plan is about.
ProbeResult unreached(const EndpointPlan& plan, const Fault& fault) {
  if (plan.config.component == Component::web) {
    return WebResult{.web = unreached_web(plan, fault)};
  }
  ProbeResult answer{ServiceResult{.component = plan.config.component}};
  set_all(fault, {.source = Source::endpoint, .place = Location{plan.config.url}}, answer);
  return answer;
}

// Without its headers no request is sent: a proxy would answer in the console's place. An
// unreadable cookie costs the facts of the session alone.
ProbeResult ask_web(const EndpointPlan& plan, const Deadline& deadline) {
  auto headers = read_headers(plan.config.headers_file);
  if (!headers) {
    return WebResult{.web = unreached_web(plan, headers.error())};
  }
  const auto cookie = read_secret(plan.config.session_cookie_file);
  WebResult answer{.web = probe_web({.route = route_of(plan),
                                     .connect_to_http = plan.config.connect_to_http,
                                     .replicas = plan.config.replicas,
                                     .headers = std::move(headers).value(),
                                     .session_cookie = cookie ? cookie.value() : "",
                                     .timeout = plan.timeout},
                                    plan.resolver, deadline)};
  if (!cookie) {
    answer.web.session =
        SessionAnswers{.control = {.origin = {.source = Source::endpoint,
                                              .place = Location{plan.config.session_cookie_file}},
                                   .fault = cookie.error()}};
  }
  return answer;
}

// An unreadable bearer costs the one fact that needs it.
ProbeResult ask_service(const EndpointPlan& plan, const Deadline& deadline) {
  const auto bearer = read_secret(plan.metrics_bearer_file);
  ServiceResult answer{.component = plan.config.component,
                       .answers = probe_service({.component = plan.config.component,
                                                 .route = route_of(plan),
                                                 .metrics_bearer = bearer ? bearer.value() : "",
                                                 .zone = plan.config.zone,
                                                 .timeout = plan.timeout},
                                                plan.resolver, deadline)};
  if (!bearer) {
    answer.answers[ServiceRequest::metrics_with_bearer] = {
        .origin = {.source = Source::endpoint, .place = Location{plan.metrics_bearer_file}},
        .fault = bearer.error()};
  }
  return answer;
}

ProbeTask request_task(const Plan& plan) {
  return {.time = timeouts_of_a_sequence * plan->timeout, .run = [plan](const Deadline& deadline) {
            return TaskResult{.results = {plan->config.component == Component::web
                                              ? ask_web(*plan, deadline)
                                              : ask_service(*plan, deadline)}};
          }};
}

// All offers travel at the same time, so one timeout is enough.
ProbeTask offers_task(const Plan& plan) {
  return {.time = plan->timeout, .run = [plan](const Deadline& deadline) {
            return TaskResult{
                .results = {OffersResult{
                    .component = plan->config.component,
                    .offers = probe_offers(tls_target_of(*plan), plan->resolver, deadline)}}};
          }};
}

// Without a connection nothing else can be asked.
bool is_out_of_reach(const Fault& fault) {
  return fault.reason == UnknownReason::dns_failure || fault.reason == UnknownReason::unreachable ||
         fault.reason == UnknownReason::timeout;
}

// What follows depends on how far it got. A certificate was seen: offers and requests. TLS
// failed: the offers, which tell what the server takes; libcurl would fail likewise. No
// connection: nothing.
TaskResult ask_handshake(const Plan& plan, const Deadline& deadline) {
  const Origin origin{.source = Source::endpoint, .place = Location{plan->config.url}};
  auto handshake = probe_handshake(tls_target_of(*plan), plan->resolver, deadline);
  HandshakeResult answer{.component = plan->config.component, .handshake = {.origin = origin}};
  if (handshake) {
    answer.handshake.value = std::move(handshake).value();
    return {.results = {std::move(answer)}, .next = {offers_task(plan), request_task(plan)}};
  }
  const Fault& fault = handshake.error();
  answer.handshake.fault = fault;
  if (!is_out_of_reach(fault)) {
    return {.results = {std::move(answer), unreached(*plan, fault)}, .next = {offers_task(plan)}};
  }
  ProbeResult offers{OffersResult{.component = plan->config.component}};
  set_all(fault, origin, offers);
  return {.results = {std::move(answer), std::move(offers), unreached(*plan, fault)}};
}

// Runs against the rate limiter, and asks for the ordinary interval where nothing was used
// up: the headers could not be read, or the console was not there.
TaskResult ask_limiter(const EndpointPlan& plan, const Deadline& deadline) {
  const Origin origin{.source = Source::endpoint, .place = Location{plan.config.url}};
  auto headers = read_headers(plan.config.headers_file);
  if (!headers) {
    ProbeResult answer{RateLimitResult{}};
    set_all(headers.error(), origin, answer);
    return {.results = {std::move(answer)}, .again = plan.interval};
  }
  WebAnswers seen = probe_limiter({.route = route_of(plan),
                                   .replicas = plan.config.replicas,
                                   .headers = std::move(headers).value(),
                                   .timeout = plan.timeout},
                                  plan.resolver, deadline);
  // The gate is GET /api/auth/ok: behind one that is shut no request of the limiter was sent.
  const bool shut =
      !seen.answers[ConsoleRequest::auth_ok].value ||
      (seen.limiter.fault && seen.limiter.fault->reason == UnknownReason::unexpected_response);
  return {.results = {RateLimitResult{.plain = std::move(seen.limiter),
                                      .forwarded = std::move(seen.limiter_forwarded)}},
          .again = shut ? std::optional{plan.interval} : std::nullopt};
}

}  // namespace

ProbeTask endpoint_task(std::shared_ptr<const EndpointPlan> plan) {
  if (read_web_url(plan->config.url).url.scheme != "https") {
    return request_task(plan);
  }
  const std::chrono::milliseconds timeout = plan->timeout;
  return {.time = timeout, .run = [plan = std::move(plan)](const Deadline& deadline) {
            return ask_handshake(plan, deadline);
          }};
}

ProbeTask limiter_task(std::shared_ptr<const EndpointPlan> plan) {
  const std::chrono::milliseconds time = timeouts_of_a_sequence * plan->timeout;
  return {.time = time, .run = [plan = std::move(plan)](const Deadline& deadline) {
            return ask_limiter(*plan, deadline);
          }};
}

}  // namespace compliance::probes
