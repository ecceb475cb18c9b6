// Results of probes: visits the facts of each kind of result and merges them into the installation.
#include "exporter/observe/probes/probe_results.h"

#include <algorithm>
#include <array>
#include <utility>

namespace compliance::probes {
namespace {

// Reasons for which a target as a whole counts as not reached. Files of credentials that
// cannot be read are among them: the target was not probed as configured.
// `unexpected_response` and `not_observable` are not: there the peer answered, or one
// request was not sent.
constexpr std::array unreached_reasons{
    UnknownReason::dns_failure,    UnknownReason::unreachable,       UnknownReason::timeout,
    UnknownReason::tls_failure,    UnknownReason::protocol_error,    UnknownReason::limit_exceeded,
    UnknownReason::unreadable,     UnknownReason::permission_denied, UnknownReason::missing_object,
    UnknownReason::internal_error, UnknownReason::unparsable};

// Calls `visit` with every fact of a result, in order; results are const or not.
template <class Visit>
class FactWalk {
 public:
  explicit FactWalk(const Visit& visit) : visit_(visit) {}

  template <class Result>
  void operator()(Result& result) const {
    using Plain = std::remove_const_t<Result>;
    if constexpr (std::is_same_v<Plain, HandshakeResult>) {
      visit_(result.handshake);
    } else if constexpr (std::is_same_v<Plain, OffersResult>) {
      visit_all(result.offers.offered);
      visit_(result.offers.weak_suite);
    } else if constexpr (std::is_same_v<Plain, ServiceResult>) {
      visit_all(result.answers);
    } else if constexpr (std::is_same_v<Plain, WebResult>) {
      walk_web(result.web);
    } else if constexpr (std::is_same_v<Plain, RateLimitResult>) {
      visit_(result.plain);
      visit_(result.forwarded);
    } else if constexpr (std::is_same_v<Plain, NameResolution>) {
      visit_(result.addresses);
    } else if constexpr (std::is_same_v<Plain, ExposedPort>) {
      visit_(result.answer);
    } else {
      visit_(result.reply);
    }
  }

 private:
  // Facts in a row, without anything around them.
  template <class Facts>
  void visit_all(Facts& facts) const {
    for (auto& fact : facts) {
      visit_(fact);
    }
  }

  // Facts that stand beside what they answer.
  template <class Answers>
  void visit_answers(Answers& answers) const {
    for (auto& each : answers) {
      visit_(each.answer);
    }
  }

  // Without the rate limit, which is a target of its own.
  template <class Web>
  void walk_web(Web& web) const {
    visit_all(web.answers);
    visit_answers(web.grants);
    visit_(web.plain_http);
    if (web.session) {
      visit_(web.session->control);
      visit_answers(web.session->paths);
    }
  }

  const Visit& visit_;
};

// The one place that knows where each kind of result keeps its facts.
template <class Result, class Visit>
void for_each_fact(Result& result, const Visit& visit) {
  std::visit(FactWalk<Visit>{visit}, result);
}

// Null where a reload has removed the endpoint since its probe began.
Endpoint* endpoint_in(Installation& installation, Component component) {
  for (Endpoint& endpoint : installation.probed.endpoints) {
    if (endpoint.component == component) {
      return &endpoint;
    }
  }
  return nullptr;
}

// Moves each kind of result to its place in the installation.
class MergeInto {
 public:
  explicit MergeInto(Installation& installation) : installation_(installation) {}

  void operator()(HandshakeResult result) const {
    if (Endpoint* endpoint = endpoint_in(installation_, result.component)) {
      endpoint->tls.handshake = std::move(result.handshake);
    }
  }
  void operator()(OffersResult result) const {
    if (Endpoint* endpoint = endpoint_in(installation_, result.component)) {
      endpoint->tls.offered = std::move(result.offers.offered);
      endpoint->tls.weak_suite = std::move(result.offers.weak_suite);
    }
  }
  void operator()(ServiceResult result) const {
    if (Endpoint* endpoint = endpoint_in(installation_, result.component)) {
      endpoint->service = std::move(result.answers);
    }
  }
  void operator()(WebResult result) const {
    if (Endpoint* endpoint = endpoint_in(installation_, Component::web)) {
      // The rate limiter is another target, whose facts must outlive this assignment.
      Fact<RateLimitRun> limiter = std::move(endpoint->web.limiter);
      Fact<RateLimitRun> forwarded = std::move(endpoint->web.limiter_forwarded);
      endpoint->web = std::move(result.web);
      endpoint->web.limiter = std::move(limiter);
      endpoint->web.limiter_forwarded = std::move(forwarded);
    }
  }
  void operator()(RateLimitResult result) const {
    if (Endpoint* endpoint = endpoint_in(installation_, Component::web)) {
      endpoint->web.limiter = std::move(result.plain);
      endpoint->web.limiter_forwarded = std::move(result.forwarded);
    }
  }
  void operator()(NameResolution result) const {
    for (NameResolution& resolution : installation_.probed.names) {
      if (resolution.name == result.name) {
        resolution = std::move(result);
        return;
      }
    }
  }
  void operator()(ExposedPort result) const {
    for (ExposedPort& exposed : installation_.probed.exposed_ports) {
      if (exposed.address == result.address && exposed.port == result.port) {
        exposed = std::move(result);
        return;
      }
    }
  }
  void operator()(RedisProbe result) const { installation_.probed.redis = std::move(result); }
  void operator()(PostgresProbe result) const { installation_.probed.postgres = std::move(result); }

 private:
  Installation& installation_;
};

// Dates stand for the certificates: a renewal changes them, and another session does not.
std::string content_key(const TlsHandshake& handshake) {
  std::string content = std::to_string(static_cast<int>(handshake.trust));
  for (const Certificate& certificate : handshake.path) {
    for (const auto& time : {certificate.not_before, certificate.not_after}) {
      content += ":" + (time ? std::to_string(time->time_since_epoch().count()) : "");
    }
  }
  return content;
}

// What counts as content of each kind of result. Only what an operator would call a change
// is in it: HTTP answers, offers and rate limits have none.
struct ContentKey {
  std::string operator()(const HandshakeResult& result) const {
    return result.handshake.value ? content_key(*result.handshake.value) : "";
  }
  std::string operator()(const NameResolution& result) const {
    std::string content;
    for (const Address& address : result.addresses.value.value_or(std::vector<Address>{})) {
      content += text_of(address) + " ";
    }
    return content;
  }
  std::string operator()(const ExposedPort& result) const {
    return result.answer.value ? std::to_string(static_cast<int>(result.answer.value->state)) : "";
  }
  std::string operator()(const RedisProbe& result) const {
    return result.reply.value ? std::to_string(static_cast<int>(*result.reply.value)) : "";
  }
  std::string operator()(const PostgresProbe& result) const {
    return result.reply.value ? std::to_string(static_cast<int>(*result.reply.value)) : "";
  }
  template <class Other>
  std::string operator()(const Other& /*result*/) const {
    return {};
  }
};

}  // namespace

Source source_of(const ProbeResult& result) {
  if (std::holds_alternative<NameResolution>(result)) {
    return Source::dns;
  }
  if (std::holds_alternative<ExposedPort>(result)) {
    return Source::exposure;
  }
  const bool store =
      std::holds_alternative<RedisProbe>(result) || std::holds_alternative<PostgresProbe>(result);
  return store ? Source::datastore : Source::endpoint;
}

std::vector<Fault> faults_of(const ProbeResult& result) {
  std::vector<Fault> faults;
  for_each_fact(result, [&faults](const auto& fact) {
    if (fact.fault) {
      faults.push_back(*fact.fault);
    }
  });
  return faults;
}

bool is_reached(const ProbeResult& result) {
  const std::vector<Fault> faults = faults_of(result);
  return std::none_of(faults.begin(), faults.end(), [](const Fault& fault) {
    return std::find(unreached_reasons.begin(), unreached_reasons.end(), fault.reason) !=
           unreached_reasons.end();
  });
}

void replace_asked(const Fault& fault, ProbeResult& result) {
  for_each_fact(result, [&fault](auto& fact) {
    if (!fact.absent()) {
      fact.value.reset();
      fact.fault = fault;
    }
  });
}

void set_all(const Fault& fault, const Origin& origin, ProbeResult& result) {
  for_each_fact(result, [&](auto& fact) {
    fact.value.reset();
    fact.fault = fault;
    fact.origin = origin;
  });
}

void add_to(Installation& installation, ProbeResult result) {
  std::visit(MergeInto{installation}, std::move(result));
}

std::string content_key(const ProbeResult& result) { return std::visit(ContentKey{}, result); }

}  // namespace compliance::probes
