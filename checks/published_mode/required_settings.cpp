// Whether every service has the settings that it requires to start (FACTS.md 2.3). A finding means
// that the files as they are do not describe a running service.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "checks/caracal/service_mode.h"
#include "checks/caracal/settings.h"
#include "checks/caracal/start_requirements.h"
#include "checks/check.h"
#include "checks/formats/ascii.h"

namespace compliance::published_mode {
namespace {

// Yes, no, or why it is not known.
struct Answer {
  bool yes = false;
  std::optional<Fault> fault{};
};

// web has no mode; its requirements do not depend on one.
Answer is_published(const Container& container) {
  if (!has_mode(container.component)) {
    return {.yes = true};
  }
  const Fact<std::string> mode = service_mode(container);
  return {.yes = mode.value != "dev", .fault = mode.fault};
}

// An unknown release leaves later requirements unknown, and never failed.
Answer has_release_since_v0_1_0(const Container& container) {
  if (container.release) {
    return {.yes = is_from_v0_1_0_on(*container.release)};
  }
  return {.fault = Fault{.reason = UnknownReason::unresolved_reference,
                         .message = "the release is not known; from v0.1.0 on it is required"}};
}

// The Control API is on for this exact text only.
Answer has_control(const Container& container) {
  const Fact<std::string> enabled = variable_text(container, "CARACAL_CONTROL_ENABLED");
  return {.yes = enabled.is("true"), .fault = enabled.fault};
}

// An undecidable URL counts as none: requiring more on a guess would be an alarm.
Answer has_mail(const Container& container) {
  const SettingForm form = setting_in_effect(container.environment, "CARACAL_SMTP_URL").form;
  return {.yes = form != SettingForm::unset && form != SettingForm::undecidable};
}

// The product reads these two only in production.
Answer is_on_in_production(const Container& container, std::string_view name) {
  const Fact<std::string> value = variable_text(container, name);
  if (!value.fault && !truthy_for_web(value.value.value_or(""))) {
    return {};
  }
  const Fact<std::string> node = variable_text(container, "NODE_ENV");
  if (node.value && lower_case(*node.value) != "production") {
    return {};
  }
  return {.yes = true, .fault = value.fault ? value.fault : node.fault};
}

// Whether the condition of a requirement holds.
Answer is_switched_on(StartCondition when, const Container& container) {
  switch (when) {
    case StartCondition::none:
      return {.yes = true};
    case StartCondition::control:
      return has_control(container);
    case StartCondition::mail:
      return has_mail(container);
    case StartCondition::password_signup:
      return is_on_in_production(container, "CARACAL_PASSWORD_SIGNUP");
    case StartCondition::sign_in_method:
      return is_on_in_production(container, "CARACAL_REQUIRE_SIGN_IN_METHOD");
  }
  return {};
}

// Every condition must hold: one that is known not to hold settles it, even if others are unknown.
Answer applies(const StartRequirement& requirement, const Container& container) {
  Answer result{.yes = true};
  const Answer always{.yes = true};
  for (const Answer& answer :
       {requirement.published ? is_published(container) : always,
        requirement.since_v0_1_0 ? has_release_since_v0_1_0(container) : always,
        is_switched_on(requirement.when, container)}) {
    if (!answer.yes && !answer.fault) {
      return {};
    }
    if (answer.fault) {
      result.fault = answer.fault;
    }
  }
  return result;
}

// "SECRET_STORE_KEK or ZONE_KEK".
std::string names_of(const StartRequirement& requirement) {
  std::string names;
  for (const std::string_view name : requirement.names) {
    names += (names.empty() || name.empty() ? "" : " or ") + std::string{name};
  }
  return names;
}

// With the names in front, since a container may have several of these.
Verdict undecided_setting(const std::string& names, const Fault& fault, const Origin& origin) {
  return unknown(fault.reason, names + ": " + fault.message, origin);
}

// The first name that is set decides. `doubt` says why it is not known whether the requirement
// applies.
Verdict required_setting_verdict(const StartRequirement& requirement, const Container& container,
                                 const std::optional<Fault>& doubt) {
  const std::string names = names_of(requirement);
  std::optional<Verdict> undecided;
  for (const std::string_view name : requirement.names) {
    if (name.empty()) {
      break;
    }
    const Setting setting = setting_in_effect(container.environment, name);
    if (setting.variable != nullptr && setting.form != SettingForm::undecidable) {
      return pass();
    }
    if (setting.variable != nullptr) {
      undecided = undecided_setting(names, setting.variable->fault.value_or(Fault{}),
                                    setting.variable->origin);
    }
  }
  if (undecided) {
    return *std::move(undecided);
  }
  const auto unseen = unseen_variables(container);
  if (unseen || doubt) {
    return undecided_setting(names, unseen ? *unseen : *doubt, container.origin);
  }
  return fail(names + " is not set", container.origin);
}

// Each setting may be given directly, through NAME_FILE or by reference.
Verdicts evaluate_required_settings(const Container& container, const Policy& /*policy*/) {
  Verdicts verdicts;
  if (container.role != ContainerRole::main) {
    return verdicts;
  }
  for (const StartRequirement& requirement : start_requirements()) {
    if (requirement.component != container.component) {
      continue;
    }
    if (const Answer condition = applies(requirement, container); condition.yes) {
      verdicts.push_back(required_setting_verdict(requirement, container, condition.fault));
    }
  }
  return verdicts;
}

}  // namespace

extern constinit const Check required_settings{
    .id = "published-mode-required-settings",
    .title = "Services have the settings that they require to start",
    .area = Area::published_mode,
    .severity = Severity::low,
    .evidence = Source::compose | Source::kubernetes,
    .why =
        "The service refuses to start without them, and under pressure that is often fixed by "
        "weakening a setting.",
    .remediation = "Set the variable, for secrets NAME_FILE with a mounted secret file.",
    .reference = "https://github.com/Garudex-Labs/caracal",
    .rule = &evaluate_required_settings,
};
}  // namespace compliance::published_mode
