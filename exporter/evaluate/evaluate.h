// Catalogue x facts x policy -> findings -> results. Pure.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checks/check.h"

namespace compliance {

// What a site changes about one check.
struct CheckSettings {
  std::optional<bool> enabled{};
  std::optional<Severity> severity{};

  // Absent differs from a choice that equals the check's own.
  bool operator==(const CheckSettings&) const = default;
};

// What decides a verdict beside the facts.
struct EvaluationSettings {
  Policy policy{};
  std::map<std::string, CheckSettings, std::less<>> checks{};  // by id
  std::set<std::string, std::less<>> only{};                   // these checks alone; empty: all
  bool extended = false;                                       // rows that are off by default too
  // Passing subjects one by one, for verbose reports; else one finding for each component stands
  // for all that pass without a note.
  bool each_pass = false;
};

// One subject's verdict, with everything that is shown of it.
struct Finding {
  Component component = Component::installation;
  std::string object{};
  Outcome outcome = Outcome::pass;
  std::optional<UnknownReason> reason{};
  Severity severity = Severity::low;
  std::string message{};
  std::string expected{};
  std::string observed{};
  Origin origin{};
  std::string waiver{};    // the id of an active one that covers this failure; empty: none
  bool of_source = false;  // about a source that could not be read whole, not about a subject

  // The origin counts: a finding whose line moved is another one here.
  // identity_of() leaves lines out.
  bool operator==(const Finding&) const = default;
};

// One check of one installation. The status is that of the first finding; without findings the
// check does not apply.
struct CheckResult {
  const Check* check = nullptr;
  Outcome status = Outcome::not_applicable;
  // The highest severity of the failing findings; of the check (or the site's choice) otherwise.
  Severity severity = Severity::low;
  Severity base_severity = Severity::low;  // the site's choice, else the check's own
  std::vector<Finding> findings{};  // failing, unknown, passing, not applicable, in this order

  // The different reasons of the unknown findings, in order.
  std::vector<UnknownReason> unknown_reasons() const;

  // Checks compare by address: the catalogue holds each once.
  bool operator==(const CheckResult&) const = default;
};

// All enabled checks of one installation.
struct InstallationResult {
  std::string name{};
  std::vector<CheckResult> checks{};  // in the catalogue's order
  std::optional<double> score{};      // absent when nothing passes or fails
  std::optional<double> coverage{};   // absent when nothing passes, fails or is unknown

  // Absent ratios differ from 0.
  bool operator==(const InstallationResult&) const = default;
};

// Evaluates every enabled check; checks/README.md says how outcomes combine.
InstallationResult evaluate(const Installation& installation, const EvaluationSettings& settings);

// Evaluates one check.
CheckResult evaluate_check(const Check& check, const Installation& installation,
                           const EvaluationSettings& settings);

}  // namespace compliance
