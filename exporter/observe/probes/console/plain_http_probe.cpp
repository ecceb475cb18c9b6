// Port 80 of the console's host.
#include "exporter/observe/probes/console/plain_http_probe.h"

#include <optional>
#include <utility>

#include "exporter/observe/probes/http/http_route.h"

namespace compliance::probes {
namespace {

constexpr std::uint16_t http_port = 80;

// Through a proxy nobody sees whether the port is closed, only what the proxy says.
bool shows_state(const ConnectFault& fault, const WebTarget& target, const Deadline& deadline) {
  return target.route.http_proxy.empty() && !deadline.over() &&
         (fault.fault.reason == UnknownReason::unreachable ||
          fault.fault.reason == UnknownReason::timeout);
}

// How GET / reaches the door; nothing where the target names none.
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

// What an open port does with a request. One that hangs up without an answer is closed after all:
// some servers refuse plain http that way.
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
  Fact<PlainHttpProbe> door{
      .origin = {.source = Source::endpoint, .place = Location{"GET " + plan->origin + "/"}},
      .fault = why_not};
  if (door.fault) {
    return door;
  }
  Peer peer = plan->target;
  peer.http_proxy = target.route.http_proxy;
  const auto connection = connect_to(peer, resolver, deadline.within(target.timeout));
  if (connection) {
    door.value = behind_open_port(*route, resolver, deadline.within(target.timeout));
  } else if (shows_state(connection.error(), target, deadline)) {
    door.value = PlainHttpProbe{.state = connection.error().state};
  } else {
    door.fault = connection.error().fault;
  }
  return door;
}

}  // namespace compliance::probes
