// Verdicts on the certificates that https endpoints prove.
#include "checks/rules/endpoint_trust.h"

#include <algorithm>

#include "checks/formats/web_url.h"
#include "checks/rules/endpoint_rule.h"

namespace compliance {
namespace {

// How a fault reads in a verdict.
struct TrustWords {
  std::string_view message;
  std::string_view observed;
};

TrustWords words_for(TrustFault fault) {
  switch (fault) {
    case TrustFault::expired:
      return {"shows a certificate that has expired", "an expired certificate"};
    case TrustFault::not_yet_valid:
      return {"shows a certificate that is not valid yet", "a certificate of the future"};
    case TrustFault::self_signed:
      return {"shows a certificate that it signed itself", "a self-signed certificate"};
    case TrustFault::unknown_issuer:
      return {"shows a certificate of an unknown issuer", "a root that is not known here"};
    case TrustFault::incomplete:
      return {"shows a certificate without its issuer", "an incomplete chain"};
    case TrustFault::wrong_name:
      return {"shows a certificate of another name", "no subject alternative name that matches"};
    case TrustFault::none:
    case TrustFault::other:
      return {"shows a certificate that does not verify", "another fault"};
  }
  return {};
}

// Failing first, then unknown.
void keep_worst(std::optional<Verdict>& kept, Verdict verdict) {
  const bool worse = !kept || verdict.outcome == Outcome::fail ||
                     (verdict.outcome == Outcome::unknown && kept->outcome == Outcome::pass);
  if (worse) {
    kept = std::move(verdict);
  }
}

// Of the endpoints that `counts` is true for; nothing when there is none.
template <class Counts>
std::optional<Verdict> worst_trust_verdict(const Installation& installation, const Counts& counts) {
  std::optional<Verdict> worst;
  for (const Endpoint& endpoint : installation.probed.endpoints) {
    if (counts(endpoint)) {
      keep_worst(worst, trust_verdict(endpoint));
    }
  }
  return worst;
}

}  // namespace

// The configuration has accepted the URL, so it reads.
bool is_https(const Endpoint& endpoint) { return read_web_url(endpoint.url).url.scheme == "https"; }

bool takes_any_offer(const TlsAnswers& answers) {
  return std::any_of(answers.offered.begin(), answers.offered.end(),
                     [](const Fact<bool>& offer) { return offer.is(true); });
}

Verdict trust_verdict(const Endpoint& endpoint) {
  const Fact<TlsHandshake>& handshake = endpoint.tls.handshake;
  if (!endpoint.probed) {
    return unknown(UnknownReason::pending, "was not asked", endpoint.origin);
  }
  if (!handshake.value) {
    return unanswered(handshake);
  }
  // No fault: the path leads to a trusted root and the name matches.
  if (handshake.value->trust == TrustFault::none) {
    return pass();
  }
  const TrustWords words = words_for(handshake.value->trust);
  std::string observed{words.observed};
  if (!handshake.value->trust_words.empty()) {
    observed += ": " + handshake.value->trust_words;
  }
  return with_expected_observed(fail(std::string{words.message}, handshake.origin),
                                "a valid certificate of a known issuer for the endpoint's name",
                                std::move(observed));
}

// Several components may share a host on different ports; each has a certificate of its own.
std::optional<Verdict> host_trust_verdict(const Installation& installation, std::string_view host) {
  return worst_trust_verdict(installation, [host](const Endpoint& endpoint) {
    return is_https(endpoint) && read_web_url(endpoint.url).url.host == host;
  });
}

std::optional<Verdict> component_trust_verdict(const Installation& installation,
                                               Component component) {
  // Which endpoints an edge serves is not configured.
  if (component == Component::edge) {
    return worst_trust_verdict(installation, &is_https);
  }
  const Endpoint* endpoint = endpoint_of(installation, component);
  if (endpoint == nullptr) {
    return std::nullopt;
  }
  return is_https(*endpoint) ? trust_verdict(*endpoint)
                             : with_expected_observed(fail("is plain http", endpoint->origin),
                                                      "an https endpoint", "http");
}

Verdict resting_on(Verdict trust, const std::string& words, const Origin& origin) {
  if (trust.outcome == Outcome::pass) {
    return pass();
  }
  // "was not asked" needs no further explanation.
  const bool asked = trust.outcome == Outcome::unknown && trust.reason != UnknownReason::pending;
  trust.message = words + "its endpoint " + (asked ? "proved nothing: " : "") + trust.message;
  trust.origin = origin;
  return trust;
}

std::vector<const Endpoint*> asked_https_endpoints(const Installation& installation) {
  std::vector<const Endpoint*> asked;
  for (const Endpoint& endpoint : installation.probed.endpoints) {
    // A plain http endpoint has no TLS to evaluate.
    if (endpoint.probed && is_https(endpoint)) {
      asked.push_back(&endpoint);
    }
  }
  return asked;
}

Verdicts evaluate_https_endpoints(const Installation& installation, HttpsRule rule) {
  Verdicts verdicts;
  for (const Endpoint* endpoint : asked_https_endpoints(installation)) {
    append(verdicts, attributed_to(rule(*endpoint), *endpoint));
  }
  if (verdicts.empty()) {
    verdicts.push_back(
        unknown(UnknownReason::not_configured, "no https endpoint is asked", Origin{}));
  }
  return verdicts;
}

}  // namespace compliance
