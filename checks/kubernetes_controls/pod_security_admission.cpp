// Namespaces of the release admit only restricted pods. Off by default: the label is on an object
// that the chart does not make.
#include <algorithm>
#include <array>

#include "checks/check.h"
#include "checks/facts/installation.h"

namespace compliance::kubernetes_controls {
namespace {

// The text of the label, shown only if it is a known level.
std::string shown_level(const Fact<std::string>& level) {
  constexpr auto levels = std::to_array<std::string_view>({"privileged", "baseline"});
  if (level.absent()) {
    return "no label";
  }
  return std::find(levels.begin(), levels.end(), *level.value) == levels.end() ? "another text"
                                                                               : *level.value;
}

// warn and audit do not count: they let every pod in.
Verdict namespace_verdict(const ReleaseNamespace& space) {
  return space.enforced.is("restricted")
             ? pass()
             : with_expected_observed(
                   fail("does not enforce the restricted level", space.enforced.origin),
                   "pod-security.kubernetes.io/enforce: restricted", shown_level(space.enforced));
}

Verdicts evaluate_pod_security_admission(const Installation& installation,
                                         const Policy& /*policy*/) {
  Verdicts verdicts;
  for (const ReleaseNamespace& space : installation.kubernetes.namespaces) {
    verdicts.push_back(attributed_to(namespace_verdict(space), Component::installation,
                                     "Namespace " + space.name));
  }
  return verdicts;
}

}  // namespace

extern constinit const Check pod_security_admission{
    .id = "kubernetes-controls-pod-security-admission",
    .title = "Namespaces of the release enforce Pod Security restricted",
    .area = Area::kubernetes_controls,
    .severity = Severity::low,
    .evidence = Source::kubernetes,
    .why = "Without the label anyone who may create pods there may create privileged ones.",
    .remediation = "Label the Namespace pod-security.kubernetes.io/enforce: restricted.",
    .reference = "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
    .rule = &evaluate_pod_security_admission,
    .on_by_default = false,
};
}  // namespace compliance::kubernetes_controls
