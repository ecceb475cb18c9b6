// Probes the web console and its port 80. By FACTS.md 6 and 18 no request signs in, creates or
// changes anything in either release.
#include "exporter/observe/probes/console/web_probe.h"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "checks/formats/web_url.h"
#include "exporter/observe/probes/console/console_requests.h"
#include "exporter/observe/probes/http/http_route.h"

namespace compliance::probes {
namespace {

constexpr auto status_path = "/api/console/status";

HttpRequest get(const char* path) { return {.target = path}; }

// An empty object: it holds nothing that could be created.
HttpRequest post_json(const std::string& target) {
  return {.method = "POST",
          .target = target,
          .headers = {{"Content-Type", "application/json"}},
          .body = "{}"};
}

// An empty zone: rejected for its origin, its missing session or, past both, for its content.
HttpRequest write_request(const std::string& origin) {
  HttpRequest request = post_json("/api/console/v1/zones");
  request.headers.push_back({"Origin", origin});
  return request;
}

// What the probe sends as each ConsoleRequest; `own` is the console's own origin.
struct RequestRow {
  ConsoleRequest request{};
  HttpRequest (*make)(const std::string& own) = nullptr;
  bool console_only = false;  // sent only to a console: where GET /api/auth/ok says that it is one
};

constexpr std::array console_requests{
    RequestRow{ConsoleRequest::page, [](const std::string& /*own*/) { return get("/"); }},
    RequestRow{ConsoleRequest::metrics, [](const std::string& /*own*/) { return get("/metrics"); }},
    RequestRow{ConsoleRequest::status, [](const std::string& /*own*/) { return get(status_path); }},
    RequestRow{
        ConsoleRequest::foreign_write,
        [](const std::string& /*own*/) { return write_request(std::string{foreign_origin}); }},
    RequestRow{ConsoleRequest::own_write, &write_request},
    RequestRow{ConsoleRequest::sign_out,
               [](const std::string& /*own*/) {
                 return HttpRequest{.method = "POST", .target = "/api/auth/sign-out"};
               },
               true},
    // No account has an empty body: a console that allows registration rejects it as invalid.
    RequestRow{ConsoleRequest::sign_up,
               [](const std::string& /*own*/) { return post_json("/api/auth/sign-up/email"); },
               true},
};
static_assert(console_requests.size() + 1 == static_cast<std::size_t>(ConsoleRequest::count),
              "every request but auth_ok, which comes first and decides about the others");

struct EscapingPath {
  std::string_view form;
  std::string_view path;
};

// GETs that would reach the metrics page of the API, or no page at all, if they were
// forwarded (FACTS.md 6.6).
constexpr std::array escaping_paths{
    EscapingPath{"..", "/api/console/v1/../metrics"},
    EscapingPath{"%2e%2e", "/api/console/v1/%2e%2e/metrics"},
    EscapingPath{"%2f", "/api/console/v1/%2fmetrics"},
    EscapingPath{"%5c", "/api/console/v1/%5cmetrics"},
};

// A grant to the console's own origin is fine, so that origin is left out (FACTS.md 6.4).
std::vector<OriginAnswer> ask_grants(ConsoleClient& console, const std::string& own) {
  std::vector<OriginAnswer> grants;
  for (const std::string_view origin :
       {foreign_origin, std::string_view{"null"}, development_origin}) {
    if (origin != own) {
      const std::string text{origin};
      grants.push_back({.origin = text, .answer = console.get_with({"Origin", text}, status_path)});
    }
  }
  return grants;
}

// What the operator's session shows. Path validation comes after the session test (FACTS.md
// 6.6): without a working session the paths would prove nothing and are not requested.
SessionAnswers ask_in_session(ConsoleClient& console) {
  SessionAnswers session{.control = console.ask_in_session({.target = status_path})};
  std::optional<Fault> useless = session.control.fault;
  if (session.control.value && session.control.value->status != 200) {
    useless = Fault{.reason = UnknownReason::not_observable,
                    .message =
                        "the session cookie does not let anybody in: nothing further was "
                        "asked"};
  }
  for (const EscapingPath& escaping : escaping_paths) {
    const HttpRequest request{.target = std::string{escaping.path}};
    session.paths.push_back({.form = std::string{escaping.form},
                             .answer = useless ? console.http().not_asked(request, *useless)
                                               : console.ask_in_session(request)});
  }
  return session;
}

// The fault of a request that timed out. Port 80 of a console that is silent is not tried.
std::optional<Fault> silence_of(const ConsoleClient& console) {
  const auto& ended = console.http().ended();
  return ended && ended->reason == UnknownReason::timeout ? ended : std::nullopt;
}

constexpr std::uint16_t http_port = 80;

// Behind a proxy the state of the port cannot be seen, only the answer of the proxy.
bool shows_state(const ConnectFault& fault, const WebTarget& target, const Deadline& deadline) {
  return target.route.http_proxy.empty() && !deadline.over() &&
         (fault.fault.reason == UnknownReason::unreachable ||
          fault.fault.reason == UnknownReason::timeout);
}

// The route to port 80; none where the target names no such port.
std::optional<HttpRoute> plain_http_route(const WebTarget& target) {
  const auto console = plan_route(target.route);
  if (!console || (target.connect_to_http.empty() && !target.route.connect_to.empty())) {
    return std::nullopt;
  }
  const Peer host{.host = console->host, .port = http_port};
  return HttpRoute{.url = "http://" + host.text(),
                   .connect_to = target.connect_to_http,
                   .http_proxy = target.route.http_proxy};
}

// How an open port answers a request. A peer that hangs up without an answer counts as closed:
// some servers refuse plaintext HTTP that way.
PlainHttpProbe behind_open_port(const HttpRoute& route, const Resolver& resolver,
                                const Deadline& deadline) {
  HttpClient client(route, resolver);
  auto answer = client.send({.target = "/"}, deadline);
  if (answer) {
    return {.state = PortState::open, .answer = std::move(answer).value()};
  }
  const bool hung_up = answer.error().reason == UnknownReason::unreachable;
  return {.state = hung_up ? PortState::refused : PortState::open};
}

}  // namespace

Fact<PlainHttpProbe> probe_plain_http(const WebTarget& target, const Resolver& resolver,
                                      const Deadline& deadline,
                                      const std::optional<Fault>& why_not) {
  const auto route = plain_http_route(target);
  const auto plan = route ? plan_route(*route) : std::nullopt;
  if (!plan) {
    return {.origin = {.source = Source::endpoint, .place = Location{target.route.url}},
            .fault = Fault{.reason = UnknownReason::not_configured,
                           .message = "port 80 is not asked: connect_to says where the console is, "
                                      "and no connect_to_http says where its port 80 is"}};
  }
  Fact<PlainHttpProbe> probe{
      .origin = {.source = Source::endpoint, .place = Location{"GET " + plan->origin + "/"}},
      .fault = why_not};
  if (probe.fault) {
    return probe;
  }
  Peer peer = plan->target;
  peer.http_proxy = target.route.http_proxy;
  const auto connection = connect_to(peer, resolver, deadline.within(target.timeout));
  if (connection) {
    probe.value = behind_open_port(*route, resolver, deadline.within(target.timeout));
  } else if (shows_state(connection.error(), target, deadline)) {
    probe.value = PlainHttpProbe{.state = connection.error().state};
  } else {
    probe.fault = connection.error().fault;
  }
  return probe;
}

WebAnswers probe_web(const WebTarget& target, const Resolver& resolver, const Deadline& deadline) {
  ConsoleClient console(target, resolver, deadline);
  const std::string own = origin_of(read_web_url(target.route.url).url);
  WebAnswers answers{.answers = {{ConsoleRequest::auth_ok, console.ask_ok()}}};
  const auto not_console = no_console(answers.answers[ConsoleRequest::auth_ok]);
  for (const RequestRow& row : console_requests) {
    const HttpRequest request = row.make(own);
    answers.answers[row.request] = row.console_only && not_console
                                       ? console.http().not_asked(request, *not_console)
                                       : console.ask(request);
  }
  answers.grants = ask_grants(console, own);
  if (!target.session_cookie.empty()) {
    answers.session = ask_in_session(console);
  }
  answers.plain_http = probe_plain_http(target, resolver, deadline, silence_of(console));
  return answers;
}

}  // namespace compliance::probes
