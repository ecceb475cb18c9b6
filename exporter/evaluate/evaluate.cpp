// Catalogue x facts x policy -> findings -> results.
#include "exporter/evaluate/evaluate.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "checks/catalogue.h"
#include "checks/facts/installation.h"
#include "exporter/base/parallel.h"
#include "exporter/evaluate/score.h"
#include "exporter/evaluate/verdict_collector.h"

namespace compliance {
namespace {

// From here on the checks are evaluated on several processors: for fewer containers, starting
// threads costs more than it saves.
constexpr std::size_t many_containers = 200;

// The source that gave the container.
Source source_of(const Container& container) {
  return container.platform == Platform::compose ? Source::compose : Source::kubernetes;
}

// Runs one rule over its subjects; each overload is one form of rule.
class RuleRun {
 public:
  RuleRun(const Check& check, const Installation& installation, const EvaluationSettings& settings)
      : check_(check), installation_(installation), settings_(settings) {}

  Verdicts operator()(RuleOn<Container> rule) const {
    VerdictCollector gathering{settings_.each_pass};
    for_each_container([&](const Container& container) {
      gathering.add(rule(container, settings_.policy), container);
    });
    return gathering.take();
  }

  Verdicts operator()(RuleOnEach<Container> rule) const {
    VerdictCollector gathering{settings_.each_pass};
    for_each_container([&](const Container& container) {
      for (Verdict& verdict : rule(container, settings_.policy)) {
        gathering.add(std::move(verdict), container);
      }
    });
    return gathering.take();
  }

  // No collector: there are few secret files, and each is shown by name.
  Verdicts operator()(RuleOn<SecretFile> rule) const {
    Verdicts verdicts;
    for (const SecretFile& file : installation_.secrets.files) {
      verdicts.push_back(attributed_to(rule(file, settings_.policy), Component::installation,
                                       "secret " + file.logical_name));
    }
    return verdicts;
  }

  Verdicts operator()(RuleOn<RuntimeCli> rule) const {
    return installation_.runtime_cli ? Verdicts{rule(*installation_.runtime_cli, settings_.policy)}
                                     : Verdicts{};
  }

  Verdicts operator()(RuleOnEach<RuntimeCli> rule) const {
    return installation_.runtime_cli ? rule(*installation_.runtime_cli, settings_.policy)
                                     : Verdicts{};
  }

  Verdicts operator()(RuleOn<ProcessPosture> rule) const {
    return installation_.process ? Verdicts{rule(*installation_.process, settings_.policy)}
                                 : Verdicts{};
  }

  Verdicts operator()(RuleOnEach<ProcessPosture> rule) const {
    return installation_.process ? rule(*installation_.process, settings_.policy) : Verdicts{};
  }

  Verdicts operator()(RuleOnEach<Installation> rule) const {
    VerdictCollector gathering{settings_.each_pass};
    for (Verdict& verdict : rule(installation_, settings_.policy)) {
      gathering.add(std::move(verdict));
    }
    return gathering.take();
  }

 private:
  template <class Visit>
  void for_each_container(const Visit& visit) const {
    for (const Container& container : installation_.containers()) {
      if (has_any(check_.evidence, source_of(container))) {
        visit(container);
      }
    }
  }

  const Check& check_;
  const Installation& installation_;
  const EvaluationSettings& settings_;
};

// Sources that the platform of the installation leaves no room for.
Evidence excluded_by_platform(Evidence configured) {
  const bool compose = has_any(configured, Source::compose);
  const bool kubernetes = has_any(configured, Source::kubernetes);
  if (compose && !kubernetes) {
    return Source::kubernetes;
  }
  if (kubernetes && !compose) {
    return Source::compose | Source::runtime_cli;
  }
  return Evidence{};
}

// The verdict where nothing is configured that could answer.
Verdict without_evidence(const Check& check, Evidence configured) {
  if ((check.evidence & excluded_by_platform(configured)) == check.evidence) {
    return not_applicable();
  }
  return unknown(UnknownReason::not_configured, "no evidence for this check is configured",
                 Origin{});
}

Finding finding_of(Verdict verdict, Severity severity) {
  return {.component = verdict.component.value_or(Component::installation),
          .object = std::move(verdict.object),
          .outcome = verdict.outcome,
          .reason = verdict.reason,
          .severity = severity,
          .message = std::move(verdict.message),
          .expected = std::move(verdict.expected),
          .observed = std::move(verdict.observed),
          .origin = std::move(verdict.origin)};
}

// Failing first, then unknown, passing, not applicable.
int rank(Outcome outcome) {
  switch (outcome) {
    case Outcome::fail:
      return 0;
    case Outcome::unknown:
      return 1;
    case Outcome::pass:
      return 2;
    case Outcome::not_applicable:
      return 3;
  }
  return 3;
}

// The highest one.
Severity severity_of_failures(const std::vector<Finding>& findings) {
  Severity highest = Severity::low;
  for (const Finding& finding : findings) {
    if (finding.outcome == Outcome::fail) {
      highest = std::max(highest, finding.severity);
    }
  }
  return highest;
}

// Of what the check can be evaluated from.
Verdicts verdicts_of(const Check& check, const Installation& installation,
                     const EvaluationSettings& settings) {
  return (check.evidence & installation.configured) == Evidence{}
             ? Verdicts{without_evidence(check, installation.configured)}
             : std::visit(RuleRun{check, installation, settings}, check.rule);
}

// A source that could not be read whole adds an unknown of its own beside what the rest of the
// evidence gives: decisive evidence decides all the same.
void add_source_faults(CheckResult& result, const Installation& installation) {
  const Evidence usable = result.check->evidence & installation.configured;
  for (const SourceFault& fault : installation.faults) {
    if (has_any(usable, fault.evidence)) {
      Finding finding =
          finding_of(attributed_to(unknown(fault.fault, fault.origin), Component::installation,
                                   std::string{name_of(fault.origin.source)} + " source"),
                     result.base_severity);
      finding.of_source = true;
      result.findings.push_back(std::move(finding));
    }
  }
}

// The exporter's own process is an installation for itself: what is asked of it is asked of no
// other, and nothing else is asked of it.
bool concerns(const Check& check, const Installation& installation) {
  return has_any(check.evidence, Source::process) ==
         has_any(installation.configured, Source::process);
}

// --check selects a check whatever is configured of it; else the site's choice counts, then the
// check's own default.
bool is_enabled(const Check& check, const EvaluationSettings& settings) {
  if (!settings.only.empty()) {
    return settings.only.contains(check.id);
  }
  const auto site = settings.checks.find(check.id);
  if (site != settings.checks.end() && site->second.enabled) {
    return *site->second.enabled;
  }
  return check.on_by_default || settings.extended;
}

}  // namespace

std::vector<UnknownReason> CheckResult::unknown_reasons() const {
  std::set<UnknownReason> reasons;
  for (const Finding& finding : findings) {
    if (finding.outcome == Outcome::unknown && finding.reason) {
      reasons.insert(*finding.reason);
    }
  }
  return {reasons.begin(), reasons.end()};
}

CheckResult evaluate_check(const Check& check, const Installation& installation,
                           const EvaluationSettings& settings) {
  const auto site = settings.checks.find(check.id);
  const bool chosen = site != settings.checks.end() && site->second.severity;
  const Severity base = chosen ? *site->second.severity : check.severity;
  CheckResult result{.check = &check, .severity = base, .base_severity = base};
  Verdicts verdicts = verdicts_of(check, installation, settings);
  result.findings.reserve(verdicts.size());  // they are kept: room to grow would be lost memory
  for (Verdict& verdict : verdicts) {
    // The site's choice is the most severe that a finding can be; a rule may say less.
    const Severity severity = std::min(verdict.severity.value_or(base), base);
    result.findings.push_back(finding_of(std::move(verdict), severity));
  }
  Verdicts{}.swap(verdicts);
  add_source_faults(result, installation);
  const auto by_rank = [](const Finding& a, const Finding& b) {
    return rank(a.outcome) < rank(b.outcome);
  };
  // Sorting takes the memory of all findings once more; where all pass there is nothing to sort.
  if (!std::is_sorted(result.findings.begin(), result.findings.end(), by_rank)) {
    std::stable_sort(result.findings.begin(), result.findings.end(), by_rank);
  }
  if (!result.findings.empty()) {
    result.status = result.findings.front().outcome;
  }
  if (result.status == Outcome::fail) {
    result.severity = severity_of_failures(result.findings);
  }
  return result;
}

InstallationResult evaluate(const Installation& installation, const EvaluationSettings& settings) {
  std::vector<const Check*> enabled;
  std::copy_if(catalogue().begin(), catalogue().end(), std::back_inserter(enabled),
               [&](const Check* check) {
                 return concerns(*check, installation) && is_enabled(*check, settings);
               });
  InstallationResult result{.name = installation.name};
  result.checks.resize(enabled.size());
  const auto evaluate_one = [&](std::size_t index) {
    result.checks.at(index) = evaluate_check(*enabled.at(index), installation, settings);
  };
  // Each index writes an element of its own, so the order of results does not depend on the
  // threads.
  if (installation.containers().size() >= many_containers) {
    for_each_index(enabled.size(), evaluate_one);
  } else {
    for (std::size_t index = 0; index < enabled.size(); ++index) {
      evaluate_one(index);
    }
  }
  if (has_any(installation.configured, Source::process)) {
    return result;  // in no installation's score, and it has none of its own
  }
  const Ratios ratios = ratios_of(result.checks);
  result.score = ratios.score;
  result.coverage = ratios.coverage;
  return result;
}

}  // namespace compliance
