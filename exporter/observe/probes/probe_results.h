// What probes saw last, with the time of each answer: handed from probes to the evaluation.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "checks/facts/installation.h"

namespace compliance::probes {

// Parts of what an endpoint answered; each probe fills one.
struct HandshakeAnswer {
  Component component = Component::web;
  Fact<TlsHandshake> handshake{};
};
struct OffersAnswer {
  Component component = Component::web;
  TlsAnswers offers{};  // without handshake
};
struct ServiceAnswer {
  Component component = Component::sts;
  ServiceAnswers answers{};
};
struct WebAnswer {
  WebAnswers answers{};  // without limiter
};
struct LimiterAnswer {
  Fact<RateLimitRun> plain{};
  Fact<RateLimitRun> forwarded{};
};

using Answer = std::variant<HandshakeAnswer, OffersAnswer, ServiceAnswer, WebAnswer, LimiterAnswer,
                            NameResolution, ExposedPort, RedisProbe, PostgresProbe>;

// Which source a target belongs to.
Source source_of(const Answer& answer);

// The faults of all its facts, in order.
std::vector<Fault> faults_of(const Answer& answer);

// True when the target was reached: no fault but those of single requests that a peer answered
// oddly or that are not observable.
bool is_reached(const Answer& answer);

// Every fact of the answer becomes `fault`; facts that were never asked stay absent.
void replace_by(const Fault& fault, Answer& answer);

// Every fact of the answer becomes `fault` at that origin, also those that were never asked: the
// target as a whole could not be.
void set_all(const Fault& fault, const Origin& origin, Answer& answer);

// Writes the answer into the facts of the installation: into its endpoint, name or door of the
// same target. An answer whose target the installation does not have is dropped.
void add_to(Installation& installation, Answer answer);

// What tells a change of content that an operator would call one: certificates, addresses, states
// of doors. Empty for answers that have no such content.
std::string content_of(const Answer& answer);

}  // namespace compliance::probes
