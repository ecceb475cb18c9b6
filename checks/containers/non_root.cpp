// Containers do not run as root. Kubernetes has to be told (runAsNonRoot), since the image decides
// otherwise; in Compose the packaged images do without `user` (FACTS.md 1.1, 4.1).
#include <optional>
#include <string_view>
#include <utility>

#include "checks/caracal/packaged_exceptions.h"
#include "checks/check.h"
#include "checks/containers/shared/pod_security.h"

namespace compliance::containers {
namespace {

// The engines read the part before the colon: a number with or without a sign is an id, and no name
// at all is id 0.
bool is_root(std::string_view user) {
  const std::string_view name = user.substr(0, user.find(':'));
  const bool has_sign = name.size() > 1 && (name.front() == '+' || name.front() == '-');
  const std::string_view number = has_sign ? name.substr(1) : name;
  return name == "root" || number.find_first_not_of('0') == std::string_view::npos;
}

// The names of the packaged images begin so, in whatever registry (FACTS.md 1.1).
bool is_own_image(const Container& container) {
  const std::string_view repository = container.image.repository;
  return is_packaged(container.component) &&
         repository.substr(repository.rfind('/') + 1).starts_with("caracal-");
}

// The finding for a user that is certainly root.
Verdict runs_as_root(const Origin& origin) {
  return with_expected_observed(fail("runs as root", origin), "a user other than root", "root");
}

// Caracal's own images run as a user other than root; nothing is known of other images.
Verdict image_user_verdict(const Container& container) {
  if (is_own_image(container)) {
    return pass();
  }
  return unknown(container.image.fault.value_or(
                     Fault{.reason = UnknownReason::not_observable,
                           .message = "user is not set, and the image's own user is not visible"}),
                 container.security.user.origin);
}

// An empty `user` is an unset one.
Verdict service_user_verdict(const Container& container) {
  const Fact<std::string>& user = container.security.user;
  if (user.fault) {
    return unknown(*user.fault, user.origin);
  }
  if (user.value.value_or("").empty()) {
    return image_user_verdict(container);
  }
  return is_root(*user.value) ? runs_as_root(user.origin) : pass();
}

// A hook without a user of its own runs as the container does.
std::optional<Verdict> hook_user_verdict(const LifecycleHook& hook) {
  if (hook.user.fault) {
    return unknown(*hook.user.fault, hook.user.origin);
  }
  return hook.user.value && is_root(*hook.user.value)
             ? std::optional{runs_as_root(hook.user.origin)}
             : std::nullopt;
}

// runAsUser alone does not pass: a number other than 0 without runAsNonRoot is not what the
// restricted level asks for.
Verdict effective_user_verdict(const SecurityFacts& security) {
  const Fact<bool>& non_root = security.run_as_non_root;
  if (security.run_as_user.is(0)) {
    return runs_as_root(security.run_as_user.origin);
  }
  for (const auto& fault : {non_root.fault, security.run_as_user.fault}) {
    if (fault) {
      return unknown(*fault, non_root.origin);
    }
  }
  return non_root.is(true)
             ? pass()
             : with_expected_observed(fail("is not kept from running as root", non_root.origin),
                                      "runAsNonRoot: true", "false or not set");
}

// What the pod states and all containers override; absent is fine there.
Verdict overridden_user_verdict(const OverriddenByAll& pod) {
  if (pod.run_as_user.is(0) || pod.run_as_non_root.is(false)) {
    const bool by_user = pod.run_as_user.is(0);
    return with_expected_observed(
        fail("its pod states root for containers that do not say otherwise",
             by_user ? pod.run_as_user.origin : pod.run_as_non_root.origin),
        "runAsNonRoot: true and no runAsUser 0 on the pod",
        by_user ? "runAsUser: 0" : "runAsNonRoot: false");
  }
  if (pod.run_as_non_root.fault) {
    return unknown(*pod.run_as_non_root.fault, pod.run_as_non_root.origin);
  }
  return pod.run_as_user.fault ? unknown(*pod.run_as_user.fault, pod.run_as_user.origin) : pass();
}

Verdict pod_user_verdict(const Container& container) {
  Verdict effective = effective_user_verdict(container.security);
  if (effective.outcome == Outcome::fail) {
    return effective;
  }
  Verdict overridden = overridden_user_verdict(container.overridden);
  return overridden.outcome == Outcome::pass ? effective : overridden;
}

// Exceptions of the packaging turn findings into passes with a note (FACTS.md T57).
Verdicts evaluate_non_root(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts{container.platform == Platform::compose ? service_user_verdict(container)
                                                            : pod_user_verdict(container)};
  for (const LifecycleHook& hook : container.hooks) {
    if (auto verdict = hook_user_verdict(hook)) {
      verdicts.push_back(*std::move(verdict));
    }
  }
  const bool may_be_root =
      may_start_as_root(container) || sets_up_network(container) || has_own_users(container);
  for (Verdict& verdict : verdicts) {
    if (may_be_root && verdict.outcome != Outcome::pass) {
      verdict = pass("may run as root", verdict.origin);
    }
  }
  return findings_or_pass(std::move(verdicts));
}

}  // namespace

extern constinit const Check non_root{
    .id = "containers-non-root",
    .title = "Containers do not run as root",
    .area = Area::containers,
    .severity = Severity::high,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "Root in a container is root on the host as soon as one barrier fails: a kernel bug, a "
        "wrong mount, a leaked descriptor.",
    .remediation =
        "Set runAsNonRoot: true and no runAsUser 0 (Kubernetes), or user to a number other "
        "than 0 (Compose).",
    .reference = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .rule = RuleOnEach<Container>{&evaluate_non_root},
};

}  // namespace compliance::containers
