// HttpSession: sends requests until a fault is final for the endpoint.
#include "exporter/observe/probes/http/http_session.h"

#include <cstddef>
#include <random>
#include <string_view>
#include <utility>

namespace compliance::probes {
namespace {

// Faults that every further request would meet again. A refused or reset connection is
// none: a server may close the door on one request alone.
bool is_final(UnknownReason reason) {
  return reason == UnknownReason::timeout || reason == UnknownReason::dns_failure ||
         reason == UnknownReason::tls_failure;
}

}  // namespace

HttpSession::HttpSession(const HttpRoute& route, const Resolver& resolver, RequestTimeouts patience)
    : plan_(plan_route(route)), patience_(std::move(patience)), client_(route, resolver) {}

Fact<HttpAnswer> HttpSession::ask(const HttpRequest& request) {
  if (ended_) {
    return not_asked(request, *ended_);
  }
  auto answer = client_.send(request, patience_.deadline.within(patience_.request));
  if (!answer) {
    if (is_final(answer.error().reason)) {
      end(answer.error());
    }
    return not_asked(request, answer.error());
  }
  return {.value = std::move(answer).value(), .origin = origin_of(request)};
}

Fact<HttpAnswer> HttpSession::not_asked(const HttpRequest& request, const Fault& why) const {
  return {.origin = origin_of(request), .fault = why};
}

Origin HttpSession::origin_of(const HttpRequest& request) const {
  const std::string start = plan_ ? plan_->origin + plan_->path : std::string{};
  return {.source = Source::endpoint,
          .place = Location{request.method + " " + start + request.shown()}};
}

std::string random_name() {
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::size_t length = 16;
  // Not guessable, so that nobody can prepare an answer.
  std::random_device source;
  std::uniform_int_distribution<std::size_t> digit(0, digits.size() - 1);
  std::string name;
  while (name.size() < length) {
    name += digits[digit(source)];
  }
  return name;
}

}  // namespace compliance::probes
