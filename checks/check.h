// A check: one question about an installation, its rule and its description.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "checks/facts/component.h"
#include "checks/facts/fact.h"
#include "checks/facts/origin.h"
#include "checks/facts/source.h"
#include "checks/facts/unknown_reason.h"
#include "checks/policy.h"

namespace compliance {

// The subjects of rules; a check includes the facts that it reads.
struct Container;
struct Installation;
struct ProcessPosture;
struct RuntimeCli;
struct SecretFile;

// How much a failure matters, in ascending order: thresholds such as an exit code compare by it.
enum class Severity : std::uint8_t { low, medium, high, critical };

// `unknown` is never a pass (FACTS.md T92), and `not_applicable` counts neither for nor against.
enum class Outcome : std::uint8_t { pass, fail, unknown, not_applicable };

// The folders of checks/.
enum class Area : std::uint8_t {
  published_mode,
  external_tls,
  internal_services,
  secrets,
  containers,
  network_policy,
  gateway_upstreams,
  runtime_cli,
  web_edge,
  signing_keys,
  kubernetes_controls,
  metrics_access,
  token_issuer,
  exporter_posture,
};

// The value of the label `severity`, such as "high".
std::string_view name_of(Severity severity);
// The value that labels and reports use, such as "not_applicable".
std::string_view name_of(Outcome outcome);
// The value of the label `area` and the prefix of its checks' ids, with hyphens: "web-edge".
std::string_view name_of(Area area);  // with hyphens

// The severity of that exact name, or nothing.
std::optional<Severity> severity_named(std::string_view name);

// The result of a rule for one subject. `message`, `expected` and `observed` are for an operator
// and never hold a secret, a part of one, or its hash.
struct Verdict {
  Outcome outcome = Outcome::pass;
  std::optional<UnknownReason> reason{};  // of unknown ones, and of these always
  std::string message{};
  std::string expected{};
  std::string observed{};
  Origin origin{};
  // Set by the engine for rules of containers; rules of the installation set them with about().
  std::optional<Component> component{};
  std::string object{};
  std::optional<Severity> severity{};  // where it differs from the check's own

  // By every member: two findings that differ in place or object are two findings.
  bool operator==(const Verdict&) const = default;
};

// A pass that says nothing; findings_or_pass() drops it beside findings.
Verdict pass();
// A pass worth a remark, for example because the operator declared an exception.
Verdict pass(std::string note, const Origin& origin);
// `message` says what is wrong; `origin` is where an operator has to change it.
Verdict fail(std::string message, const Origin& origin);
// For evidence that is missing or does not decide; `message` says what is missing.
Verdict unknown(UnknownReason reason, std::string message, const Origin& origin);
// The same, with the reason and the words of a fact that could not be read.
Verdict unknown(const Fault& fault, const Origin& origin);
// For a subject that the question does not concern, such as a missing CLI (FACTS.md T86).
Verdict not_applicable();

// `verdict` with what was expected and what was seen. Either may be empty.
Verdict with_expected_observed(Verdict verdict, std::string expected, std::string observed);
// `verdict` with the component and the object of the container.
Verdict attributed_to(Verdict verdict, const Container& container);
// `verdict` about that component; `object` is what an operator calls it, "Deployment caracal-api".
Verdict attributed_to(Verdict verdict, Component component, std::string object);
// `verdict` with a severity of its own. The engine takes the lower of it and the check's, so a rule
// can only soften a finding.
Verdict with_severity(Verdict verdict, Severity severity);

using Verdicts = std::vector<Verdict>;

// The verdicts without the passes that say nothing; a pass when nothing is left. For rules that
// evaluate several parts of one subject.
Verdicts findings_or_pass(Verdicts verdicts);
// Each of the verdicts with the component and the object of the container.
Verdicts attributed_to(Verdicts verdicts, const Container& container);
// Each of the verdicts about that component and object.
Verdicts attributed_to(Verdicts verdicts, Component component, const std::string& object);
// Puts `more` behind what `verdicts` has.
void append(Verdicts& verdicts, Verdicts more);

// A rule is a function without state. It sees one subject, or the whole installation where the
// question is about several together. One that can find several faults in a subject returns them
// all; an empty list means that nothing there is a subject of the question.
template <class Subject>
using RuleOn = Verdict (*)(const Subject&, const Policy&);
template <class Subject>
using RuleOnEach = Verdicts (*)(const Subject&, const Policy&);

// The engine calls a rule by its subject: each container, each secret file, the CLI, the process,
// or the installation as a whole. Plain pointers keep the descriptions of checks constinit.
using Rule = std::variant<RuleOn<Container>, RuleOnEach<Container>, RuleOn<SecretFile>,
                          RuleOn<RuntimeCli>, RuleOnEach<RuntimeCli>, RuleOn<ProcessPosture>,
                          RuleOnEach<ProcessPosture>, RuleOnEach<Installation>>;

// The description of a check. All texts are literals, so a check costs nothing at start-up.
struct Check {
  std::string_view id;     // never reused, never renamed: dashboards refer to it
  std::string_view title;  // what is true when the check passes
  Area area;
  Severity severity;
  Evidence evidence;             // the sources that it can be evaluated from
  std::string_view why;          // what an attacker or an accident gains when it fails
  std::string_view remediation;  // what to do, in one or two sentences
  std::string_view reference;    // https
  Rule rule;
  bool on_by_default = true;
};

}  // namespace compliance
