// ProbeResult: what one probe of a target found, on its way into the facts of the installation.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "checks/facts/installation.h"

namespace compliance::probes {

// What the ordinary TLS handshake with an endpoint showed. Each of these structs is a part
// of the facts of one endpoint, and one kind of task fills it.
struct HandshakeResult {
  Component component = Component::web;
  Fact<TlsHandshake> handshake{};
};
// The protocols and weak suites that the endpoint takes.
struct OffersResult {
  Component component = Component::web;
  TlsAnswers offers{};  // without handshake
};
// The answers of a service behind the console.
struct ServiceResult {
  Component component = Component::sts;
  ServiceAnswers answers{};
};
// The answers of the console; its component is always Component::web.
struct WebResult {
  WebAnswers web{};  // without the rate limit
};
// Two runs against the rate limiter of the console. In the second one each request names
// another X-Forwarded-For.
struct RateLimitResult {
  Fact<RateLimitRun> plain{};
  Fact<RateLimitRun> forwarded{};
};

// One result of a task. Schedule keeps the newest result of each alternative, so a target
// must not give two results of one type in a round.
using ProbeResult =
    std::variant<HandshakeResult, OffersResult, ServiceResult, WebResult, RateLimitResult,
                 NameResolution, ExposedPort, RedisProbe, PostgresProbe>;

// The source that the probe belongs to.
Source source_of(const ProbeResult& result);

// The faults of all facts of the result, in order.
std::vector<Fault> faults_of(const ProbeResult& result);

// True when the target was reached: it has no faults but those of single requests that were
// answered in an unexpected way or are not observable.
bool is_reached(const ProbeResult& result);

// Replaces every fact of the result by `fault`; facts that were never asked stay absent.
// Serves results that became stale: their origins stay.
void replace_asked(const Fault& fault, ProbeResult& result);

// Sets every fact of the result to `fault` at that origin, those that were never asked included:
// the target as a whole could not be probed.
void set_all(const Fault& fault, const Origin& origin, ProbeResult& result);

// Moves the result into the facts of the installation, to the endpoint, name or port of the same
// target. A result whose target the installation does not have is dropped.
// The target may be gone after a reload of the configuration.
void add_to(Installation& installation, ProbeResult result);

// Differs when something changed that an operator would call a change: certificates, addresses,
// states of ports. Empty for results that have no such content.
std::string content_key(const ProbeResult& result);

}  // namespace compliance::probes
