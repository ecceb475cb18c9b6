// Beyond loopback the exporter listens with TLS.
#include "checks/exporter_posture/shared/process_rule.h"

namespace compliance::exporter_posture {
namespace {

// A declared proxy is believed, since nothing here shows it, and leaves a note.
Verdict listener_verdict(const Listener& listener, bool behind_tls_proxy) {
  // Health answers contain no token and nothing about the installation.
  if (listener.loopback || listener.tls || listener.probes_alone) {
    return pass();
  }
  if (behind_tls_proxy) {
    return pass("TLS is declared to be terminated in front of the exporter", listener.origin);
  }
  return with_expected_observed(
      fail("the bearer token crosses the network in plaintext", listener.origin),
      "TLS, a loopback address, or behind_tls_proxy: true", "plain HTTP on " + listener.address);
}

Verdicts evaluate_listener_transport(const ProcessPosture& process, const Policy& /*policy*/) {
  if (process.listeners.empty()) {
    return {unknown(UnknownReason::not_observable, "no listener is known", process.users.origin)};
  }
  Verdicts verdicts;
  for (const Listener& listener : process.listeners) {
    verdicts.push_back(listener_verdict(listener, process.behind_tls_proxy));
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check listener_transport{
    .id = "exporter-posture-listener-transport",
    .title = "Beyond loopback the exporter listens with TLS",
    .area = Area::exporter_posture,
    .severity = Severity::high,
    .evidence = Source::process,
    .why =
        "Anyone who can read the traffic has the token, and with it every weakness that is "
        "reported.",
    .remediation =
        "Add tls_server_config to the web configuration file, listen on loopback, or "
        "declare behind_tls_proxy: true where a proxy or a mesh encrypts.",
    .reference = "https://prometheus.io/docs/operating/security/",
    .rule = RuleOnEach<ProcessPosture>{&evaluate_listener_transport},
};

}  // namespace compliance::exporter_posture
