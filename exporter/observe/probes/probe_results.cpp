// What probes saw last: walking over the facts of each kind of answer.
#include "exporter/observe/probes/probe_results.h"

#include <algorithm>
#include <array>
#include <utility>

namespace compliance::probes {
namespace {

// Reasons that say of the whole target that nobody was talked to.
constexpr std::array unreached_reasons{
    UnknownReason::dns_failure,    UnknownReason::unreachable,       UnknownReason::timeout,
    UnknownReason::tls_failure,    UnknownReason::protocol_error,    UnknownReason::limit_exceeded,
    UnknownReason::unreadable,     UnknownReason::permission_denied, UnknownReason::missing_object,
    UnknownReason::internal_error, UnknownReason::unparsable};

// Calls `visit` with every fact of an answer, in order. `AnyAnswer` is const or not.
template <class Visit>
class FactWalk {
 public:
  explicit FactWalk(const Visit& visit) : visit_(visit) {}

  template <class AnyAnswer>
  void operator()(AnyAnswer& answer) const {
    walk(answer);
  }

 private:
  template <class T>
  void walk(T& answer) const {
    using Plain = std::remove_const_t<T>;
    if constexpr (std::is_same_v<Plain, HandshakeAnswer>) {
      visit_(answer.handshake);
    } else if constexpr (std::is_same_v<Plain, OffersAnswer>) {
      for (auto& offered : answer.offers.offered) {
        visit_(offered);
      }
      visit_(answer.offers.weak_suite);
    } else if constexpr (std::is_same_v<Plain, ServiceAnswer>) {
      walk_service(answer.answers);
    } else if constexpr (std::is_same_v<Plain, WebAnswer>) {
      walk_web(answer.answers);
    } else if constexpr (std::is_same_v<Plain, LimiterAnswer>) {
      visit_(answer.plain);
      visit_(answer.forwarded);
    } else if constexpr (std::is_same_v<Plain, NameResolution>) {
      visit_(answer.addresses);
    } else if constexpr (std::is_same_v<Plain, ExposedPort>) {
      visit_(answer.answer);
    } else {
      visit_(answer.reply);
    }
  }

  template <class Answers>
  void walk_service(Answers& answers) const {
    visit_(answers.metrics);
    visit_(answers.metrics_with_bearer);
    visit_(answers.documentation);
    visit_(answers.control);
    visit_(answers.anonymous);
    visit_(answers.key_set);
  }

  template <class Answers>
  void walk_web(Answers& answers) const {
    visit_(answers.ok);
    visit_(answers.page);
    visit_(answers.metrics);
    visit_(answers.console_read);
    visit_(answers.write_foreign);
    visit_(answers.write_own);
    visit_(answers.sign_out);
    visit_(answers.sign_up);
    for (auto& grant : answers.grants) {
      visit_(grant.answer);
    }
    visit_(answers.plain_http);
    if (answers.session) {
      visit_(answers.session->control);
      for (auto& path : answers.session->paths) {
        visit_(path.answer);
      }
    }
  }

  const Visit& visit_;
};

template <class AnyAnswer, class Visit>
void for_each_fact(AnyAnswer& answer, const Visit& visit) {
  std::visit(FactWalk<Visit>{visit}, answer);
}

Endpoint* endpoint_in(Installation& installation, Component component) {
  for (Endpoint& endpoint : installation.endpoints) {
    if (endpoint.component == component) {
      return &endpoint;
    }
  }
  return nullptr;
}

// Puts each kind of answer where the installation keeps it.
class MergeTarget {
 public:
  explicit MergeTarget(Installation& installation) : installation_(installation) {}

  void operator()(HandshakeAnswer answer) const {
    if (Endpoint* endpoint = endpoint_in(installation_, answer.component)) {
      endpoint->tls.handshake = std::move(answer.handshake);
    }
  }
  void operator()(OffersAnswer answer) const {
    if (Endpoint* endpoint = endpoint_in(installation_, answer.component)) {
      endpoint->tls.offered = std::move(answer.offers.offered);
      endpoint->tls.weak_suite = std::move(answer.offers.weak_suite);
    }
  }
  void operator()(ServiceAnswer answer) const {
    if (Endpoint* endpoint = endpoint_in(installation_, answer.component)) {
      endpoint->service = std::move(answer.answers);
    }
  }
  void operator()(WebAnswer answer) const {
    if (Endpoint* endpoint = endpoint_in(installation_, Component::web)) {
      Fact<RateLimitRun> limiter = std::move(endpoint->web.limiter);
      Fact<RateLimitRun> forwarded = std::move(endpoint->web.limiter_forwarded);
      endpoint->web = std::move(answer.answers);
      endpoint->web.limiter = std::move(limiter);
      endpoint->web.limiter_forwarded = std::move(forwarded);
    }
  }
  void operator()(LimiterAnswer answer) const {
    if (Endpoint* endpoint = endpoint_in(installation_, Component::web)) {
      endpoint->web.limiter = std::move(answer.plain);
      endpoint->web.limiter_forwarded = std::move(answer.forwarded);
    }
  }
  void operator()(NameResolution answer) const {
    for (NameResolution& resolution : installation_.names) {
      if (resolution.name == answer.name) {
        resolution = std::move(answer);
        return;
      }
    }
  }
  void operator()(ExposedPort answer) const {
    for (ExposedPort& exposed : installation_.exposed_ports) {
      if (exposed.address == answer.address && exposed.port == answer.port) {
        exposed = std::move(answer);
        return;
      }
    }
  }
  void operator()(RedisProbe answer) const { installation_.redis = std::move(answer); }
  void operator()(PostgresProbe answer) const { installation_.postgres = std::move(answer); }

 private:
  Installation& installation_;
};

std::string content_of(const TlsHandshake& handshake) {
  std::string content = std::to_string(static_cast<int>(handshake.trust));
  for (const Certificate& certificate : handshake.path) {
    for (const auto& time : {certificate.not_before, certificate.not_after}) {
      content += ":" + (time ? std::to_string(time->time_since_epoch().count()) : "");
    }
  }
  return content;
}

// What of each kind of answer is content.
struct Contents {
  std::string operator()(const HandshakeAnswer& answer) const {
    return answer.handshake.value ? content_of(*answer.handshake.value) : "";
  }
  std::string operator()(const NameResolution& answer) const {
    std::string content;
    for (const Address& address : answer.addresses.value.value_or(std::vector<Address>{})) {
      content += text_of(address) + " ";
    }
    return content;
  }
  std::string operator()(const ExposedPort& answer) const {
    return answer.answer.value ? std::to_string(static_cast<int>(answer.answer.value->state)) : "";
  }
  std::string operator()(const RedisProbe& answer) const {
    return answer.reply.value ? std::to_string(static_cast<int>(*answer.reply.value)) : "";
  }
  std::string operator()(const PostgresProbe& answer) const {
    return answer.reply.value ? std::to_string(static_cast<int>(*answer.reply.value)) : "";
  }
  template <class Other>
  std::string operator()(const Other& /*answer*/) const {
    return {};
  }
};

}  // namespace

Source source_of(const Answer& answer) {
  if (std::holds_alternative<NameResolution>(answer)) {
    return Source::dns;
  }
  if (std::holds_alternative<ExposedPort>(answer)) {
    return Source::exposure;
  }
  const bool store =
      std::holds_alternative<RedisProbe>(answer) || std::holds_alternative<PostgresProbe>(answer);
  return store ? Source::datastore : Source::endpoint;
}

std::vector<Fault> faults_of(const Answer& answer) {
  std::vector<Fault> faults;
  for_each_fact(answer, [&faults](const auto& fact) {
    if (fact.fault) {
      faults.push_back(*fact.fault);
    }
  });
  return faults;
}

bool is_reached(const Answer& answer) {
  const std::vector<Fault> faults = faults_of(answer);
  return std::none_of(faults.begin(), faults.end(), [](const Fault& fault) {
    return std::find(unreached_reasons.begin(), unreached_reasons.end(), fault.reason) !=
           unreached_reasons.end();
  });
}

void replace_by(const Fault& fault, Answer& answer) {
  for_each_fact(answer, [&fault](auto& fact) {
    if (!fact.absent()) {
      fact.value.reset();
      fact.fault = fault;
    }
  });
}

void set_all(const Fault& fault, const Origin& origin, Answer& answer) {
  for_each_fact(answer, [&](auto& fact) {
    fact.value.reset();
    fact.fault = fault;
    fact.origin = origin;
  });
}

void add_to(Installation& installation, Answer answer) {
  std::visit(MergeTarget{installation}, std::move(answer));
}

std::string content_of(const Answer& answer) { return std::visit(Contents{}, answer); }

}  // namespace compliance::probes
