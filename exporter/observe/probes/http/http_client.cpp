// HttpClient: runs transfers of libcurl's multi interface under a deadline.
#include "exporter/observe/probes/http/http_client.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <curl/curl.h>

#include "exporter/observe/probes/http/http_route.h"
#include "exporter/observe/probes/http/transfer.h"
#include "exporter/observe/probes/http/transfer_fault.h"

namespace compliance::probes {
namespace {

using Multi = std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)>;
using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

// libcurl wants one call before anything else; the static makes it safe from all threads.
bool library_started() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  return started == CURLE_OK;
}

// 0 where libcurl does not know.
long long_info(CURL* handle, CURLINFO info) {
  long value = 0;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): libcurl has no other form
  curl_easy_getinfo(handle, info, &value);
  return value;
}

// True when no byte is below `lowest` or otherwise able to end a line.
bool is_one_line(std::string_view text, char lowest) {
  return std::all_of(text.begin(), text.end(), [lowest](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= static_cast<unsigned char>(lowest) && byte != 0x7f;
  });
}

// True when no part of the request ends its line and begins another one.
bool is_sound(const HttpRequest& request) {
  return is_one_line(request.target, '!') &&
         std::all_of(request.headers.begin(), request.headers.end(), [](const HttpHeader& header) {
           return !header.name.empty() && is_one_line(header.name, '!') &&
                  header.name.find_first_of(":;") == std::string::npos &&
                  is_one_line(header.value, ' ');
         });
}

// libcurl shares this time out among the addresses of a name; without it one silent address
// would take the whole deadline.
void set_timeout(CURL* handle, std::chrono::milliseconds time) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): libcurl has no other form
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, std::max(static_cast<long>(time.count()), 1L));
}

std::string bracketed(const Address& address) {
  return address.v6 ? "[" + text_of(address) + "]" : text_of(address);
}

// Waits in slices, so that a request to stop is heard.
TransferEnd run(CURLM* multi, CURL* handle, const Deadline& deadline) {
  curl_multi_add_handle(multi, handle);
  int running = 1;
  while (running != 0 && !deadline.over()) {
    curl_multi_perform(multi, &running);
    if (running != 0) {
      curl_multi_poll(multi, nullptr, 0, static_cast<int>(deadline.slice().count()), nullptr);
    }
  }
  // What stays where the deadline came before libcurl had finished.
  TransferEnd end{.code = CURLE_OPERATION_TIMEDOUT};
  int waiting = 0;
  if (const CURLMsg* message = curl_multi_info_read(multi, &waiting); message != nullptr) {
    end.code = message->data.result;  // NOLINT(cppcoreguidelines-pro-type-union-access): libcurl's
  }
  end.verify_result = long_info(handle, CURLINFO_SSL_VERIFYRESULT);
  end.os_error = long_info(handle, CURLINFO_OS_ERRNO);
  end.connect_status = long_info(handle, CURLINFO_HTTP_CONNECTCODE);
  curl_multi_remove_handle(multi, handle);
  return end;
}

}  // namespace

// Everything that outlives a single transfer.
struct HttpClient::State {
  State(HttpRoute wanted, Resolver names)
      : route(std::move(wanted)), plan(plan_route(route)), resolver(std::move(names)) {}

  std::string attempt(const HttpRequest& request) const;
  // The addresses of plan.next(), resolved at the first call.
  ReadResult<std::string> addresses(const Deadline& deadline);
  ReadResult<HttpAnswer> exchange(const HttpRequest& request, const Deadline& deadline);

  HttpRoute route;
  std::optional<RoutePlan> plan;
  Resolver resolver;
  // As libcurl lists them; empty until they were resolved.
  std::string known_addresses{};
  Multi multi{library_started() ? curl_multi_init() : nullptr, &curl_multi_cleanup};
};

// What is being tried, for messages: never a header, never a body.
std::string HttpClient::State::attempt(const HttpRequest& request) const {
  std::string text = request.method + " " + plan->origin + plan->path + request.shown();
  if (!route.connect_to.empty()) {
    text += " at " + plan->target.text();
  }
  return plan->proxy ? text + " through the proxy " + plan->proxy->text() : text;
}

// Resolved once in a client's life, so that all requests of a round reach the same peer.
ReadResult<std::string> HttpClient::State::addresses(const Deadline& deadline) {
  if (!known_addresses.empty()) {
    return known_addresses;
  }
  const auto found = resolver.resolve(plan->next().host, deadline);
  if (!found) {
    return found.error();
  }
  for (const Address& address : found.value()) {
    known_addresses += (known_addresses.empty() ? "" : ",") + bracketed(address);
  }
  return known_addresses;
}

ReadResult<HttpAnswer> HttpClient::State::exchange(const HttpRequest& request,
                                                   const Deadline& deadline) {
  const auto found = addresses(deadline);
  if (!found) {
    return found.error();
  }
  Transfer transfer{.plan = *plan, .ca_file = route.ca_file, .addresses = found.value()};
  const Easy handle{curl_easy_init(), &curl_easy_cleanup};
  if (!handle || !multi) {
    return Fault{.reason = UnknownReason::internal_error, .message = "libcurl could not start"};
  }
  prepare(handle.get(), transfer, request);
  set_timeout(handle.get(), deadline.left());
  TransferEnd end = run(multi.get(), handle.get(), deadline);
  // When the reader has refused something, libcurl only knows that writing failed.
  if (transfer.reader.problem() || end.code == CURLE_OK) {
    auto answer = transfer.reader.finish();
    if (!answer) {
      return answer.error();
    }
    HttpAnswer complete = std::move(answer).value();
    complete.tls = plan->tls;
    return complete;
  }
  end.words = transfer.words.data();
  end.began_answer = transfer.reader.began();
  return transfer_fault(end, *plan);
}

HttpClient::HttpClient(HttpRoute route, const Resolver& resolver)
    : state_(std::make_unique<State>(std::move(route), resolver)) {}

HttpClient::~HttpClient() = default;

ReadResult<HttpAnswer> HttpClient::send(const HttpRequest& request, const Deadline& deadline) {
  if (!state_->plan) {
    return Fault{.reason = UnknownReason::internal_error,
                 .message = request.method +
                            ": the endpoint's url, connect_to or http_proxy can not be read"};
  }
  const std::string attempt = state_->attempt(request);
  const auto failed = [&attempt](const Fault& fault) {
    return Fault{.reason = fault.reason, .message = attempt + ": " + fault.message};
  };
  if (!is_sound(request)) {
    return Fault{.reason = UnknownReason::unparsable,
                 .message = "a header or the path of a request to " + state_->plan->origin +
                            " holds a line break or another control character"};
  }
  if (deadline.over()) {
    return failed({.reason = UnknownReason::timeout, .message = "there was no time left to ask"});
  }
  auto answer = state_->exchange(request, deadline);
  return answer ? std::move(answer) : ReadResult<HttpAnswer>{failed(answer.error())};
}

}  // namespace compliance::probes
