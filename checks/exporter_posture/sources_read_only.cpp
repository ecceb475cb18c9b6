// The exporter cannot change the evidence that it judges.
#include "checks/exporter_posture/shared/process_rule.h"

namespace compliance::exporter_posture {
namespace {

Verdict sources_read_only_verdict(const SourceAccess& source) {
  const Fact<bool>& fact = source.writable;
  if (!fact.value) {
    return unseen(fact, "whether the source can be written is not shown");
  }
  if (fact.is(false)) {
    return pass();
  }
  return with_expected_observed(
      fail("the exporter could change or replace what it judges", fact.origin),
      "mounted read-only, or not writable for the exporter's user", "writable");
}

Verdicts evaluate_sources_read_only(const ProcessPosture& process, const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const SourceAccess& source : process.sources) {
    verdicts.push_back(
        attributed_to(sources_read_only_verdict(source), Component::installation,
                      std::string{name_of(source.source)} + " source of " + source.installation));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check sources_read_only{
    .id = "exporter-posture-sources-read-only",
    .title = "The exporter cannot change the evidence that it judges",
    .area = Area::exporter_posture,
    .severity = Severity::medium,
    .evidence = Evidence::process,
    .why = "A taken over exporter would change the installation, or what is known of it.",
    .remediation =
        "Mount the sources read-only (systemd ReadOnlyPaths=, a :ro volume, readOnly: "
        "true), or let another user own them and their directories.",
    .reference = "https://docs.docker.com/engine/storage/bind-mounts/",
    .rule = RuleOnEach<ProcessPosture>{&evaluate_sources_read_only},
};

}  // namespace compliance::exporter_posture
