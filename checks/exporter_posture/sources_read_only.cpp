// The exporter cannot change the evidence that it evaluates.
#include "checks/exporter_posture/shared/process_rule.h"

namespace compliance::exporter_posture {
namespace {

// A directory that the process can write to counts as writable files: it could replace them.
Verdict source_verdict(const SourceAccess& source) {
  const Fact<bool>& fact = source.writable;
  if (!fact.value) {
    return unobserved(fact, "whether the source is writable is unknown");
  }
  if (fact.is(false)) {
    return pass();
  }
  return with_expected_observed(
      fail("the exporter could change or replace its evidence", fact.origin),
      "mounted read-only, or not writable for the exporter's user", "writable");
}

Verdicts evaluate_sources_read_only(const ProcessPosture& process, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const SourceAccess& source : process.sources) {
    verdicts.push_back(
        attributed_to(source_verdict(source), Component::installation,
                      std::string{name_of(source.source)} + " source of " + source.installation));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check sources_read_only{
    .id = "exporter-posture-sources-read-only",
    .title = "The exporter cannot change the evidence that it evaluates",
    .area = Area::exporter_posture,
    .severity = Severity::medium,
    .evidence = Source::process,
    .why = "A compromised exporter could change the installation, or the evidence about it.",
    .remediation =
        "Mount the sources read-only (systemd ReadOnlyPaths=, a :ro volume, readOnly: "
        "true), or let another user own them and their directories.",
    .reference = "https://docs.docker.com/engine/storage/bind-mounts/",
    .rule = RuleOnEach<ProcessPosture>{&evaluate_sources_read_only},
};

}  // namespace compliance::exporter_posture
