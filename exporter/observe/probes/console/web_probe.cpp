// The requests to the web console. Each is harmless by facts 6 and 18: nothing is signed in,
// created or changed by them, at either release.
#include "exporter/observe/probes/console/web_probe.h"

#include <array>
#include <string_view>
#include <utility>

#include "checks/formats/web_url.h"
#include "exporter/observe/probes/console/console_requests.h"
#include "exporter/observe/probes/console/plain_http_probe.h"

namespace compliance::probes {
namespace {

constexpr auto status_path = "/api/console/status";

// An empty zone: refused for its origin, its missing session or, behind both, for its content.
HttpRequest write_request(const std::string& origin) {
  return {.method = "POST",
          .target = "/api/console/v1/zones",
          .headers = {{"Content-Type", "application/json"}, {"Origin", origin}},
          .body = "{}"};
}

HttpRequest sign_out_request() { return {.method = "POST", .target = "/api/auth/sign-out"}; }

// No account has an empty body: where it is not refused, it is found to be invalid.
HttpRequest sign_up_request() {
  return {.method = "POST",
          .target = "/api/auth/sign-up/email",
          .headers = {{"Content-Type", "application/json"}},
          .body = "{}"};
}

struct EscapingPath {
  std::string_view form;
  std::string_view path;
};

// GETs that would reach the API's metrics page, or no page at all, if they were let through.
constexpr std::array escaping_paths{
    EscapingPath{"..", "/api/console/v1/../metrics"},
    EscapingPath{"%2e%2e", "/api/console/v1/%2e%2e/metrics"},
    EscapingPath{"%2f", "/api/console/v1/%2fmetrics"},
    EscapingPath{"%5c", "/api/console/v1/%5cmetrics"},
};

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

// Without a session that works the paths would show nothing, and are not asked.
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
                             .answer = useless ? console.inquiry().not_asked(request, *useless)
                                               : console.ask_in_session(request)});
  }
  return session;
}

// The fault of a request that timed out.
std::optional<Fault> silence_of(const ConsoleClient& console) {
  const auto& ended = console.inquiry().ended();
  return ended && ended->reason == UnknownReason::timeout ? ended : std::nullopt;
}

}  // namespace

WebAnswers probe_web(const WebTarget& target, const Resolver& resolver, const Deadline& deadline) {
  ConsoleClient console(target, resolver, deadline);
  const std::string own = origin_of(read_web_url(target.route.url).url);
  WebAnswers answers;
  answers.ok = console.ask_ok();
  answers.page = console.get("/");
  answers.metrics = console.get("/metrics");
  answers.console_read = console.get(status_path);
  answers.write_foreign = console.ask(write_request(std::string{foreign_origin}));
  answers.write_own = console.ask(write_request(own));
  const auto none = no_console(answers.ok);
  answers.sign_out = none ? console.inquiry().not_asked(sign_out_request(), *none)
                          : console.ask(sign_out_request());
  answers.sign_up =
      none ? console.inquiry().not_asked(sign_up_request(), *none) : console.ask(sign_up_request());
  answers.grants = ask_grants(console, own);
  if (!target.session_cookie.empty()) {
    answers.session = ask_in_session(console);
  }
  answers.plain_http = probe_plain_http(target, resolver, deadline, silence_of(console));
  return answers;
}

}  // namespace compliance::probes
