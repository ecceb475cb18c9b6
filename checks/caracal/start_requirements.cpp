// What each service demands before it starts.
#include "checks/caracal/start_requirements.h"

#include <algorithm>
#include <array>
#include <optional>

#include "checks/caracal/service_mode.h"
#include "checks/caracal/settings.h"
#include "checks/formats/ascii.h"

namespace compliance {
namespace {

// Settings that switch a requirement on.
enum class Switch : std::uint8_t { none, control, mail, password_signup, sign_in_method };

struct Requirement {
  Component component = Component::other;
  std::array<std::string_view, 3> names{};  // any of them
  bool published = false;                   // only in published mode
  bool august = false;                      // only from v0.1.0 on
  Switch when = Switch::none;
};

using enum Component;

constexpr auto rules = std::to_array<Requirement>({
    {.component = gateway, .names = {"STS_URL"}},
    {.component = gateway, .names = {"DATABASE_URL"}},
    {.component = gateway, .names = {"REDIS_URL"}},
    {.component = gateway, .names = {"STREAMS_HMAC_KEY"}},
    {.component = gateway, .names = {"AUDIT_HMAC_KEY"}, .published = true},
    {.component = gateway, .names = {"GATEWAY_STS_HMAC_KEY"}, .published = true},
    {.component = sts, .names = {"DATABASE_URL"}},
    {.component = sts, .names = {"REDIS_URL"}},
    {.component = sts, .names = {"ISSUER_URL"}},
    {.component = sts, .names = {"SECRET_STORE_KEK", "ZONE_KEK"}},
    {.component = sts, .names = {"GATEWAY_STS_HMAC_KEY"}, .published = true},
    {.component = sts, .names = {"STREAMS_HMAC_KEY"}, .published = true},
    {.component = sts, .names = {"AUDIT_HMAC_KEY"}, .published = true},
    {.component = audit, .names = {"DATABASE_URL"}},
    {.component = audit, .names = {"REDIS_URL"}},
    {.component = audit, .names = {"AUDIT_HMAC_KEY"}, .published = true},
    {.component = api, .names = {"DATABASE_URL"}},
    {.component = api, .names = {"REDIS_URL"}},
    {.component = api, .names = {"STREAMS_HMAC_KEY"}, .published = true},
    {.component = api, .names = {"AUDIT_HMAC_KEY"}, .published = true, .when = Switch::control},
    {.component = api, .names = {"STS_JWKS_URL"}, .when = Switch::control},
    {.component = api, .names = {"STS_ISSUER_URL"}, .when = Switch::control},
    {.component = api, .names = {"CONTROL_AUDIENCE"}, .when = Switch::control},
    {.component = api, .names = {"CONTROL_API_TOKEN"}, .when = Switch::control},
    {.component = api, .names = {"SECRET_STORE_KEK", "ZONE_KEK"}, .august = true},
    {.component = api, .names = {"STS_URL"}, .published = true, .august = true},
    {.component = api, .names = {"CARACAL_GATEWAY_URL"}, .published = true, .august = true},
    {.component = api, .names = {"CARACAL_COORDINATOR_URL"}, .published = true, .august = true},
    {.component = coordinator, .names = {"ISSUER_URL"}},
    {.component = coordinator, .names = {"DATABASE_URL"}},
    {.component = coordinator, .names = {"REDIS_URL"}},
    {.component = coordinator, .names = {"STS_URL"}},
    {.component = coordinator, .names = {"AGENT_COORDINATOR_SCOPE"}},
    {.component = coordinator, .names = {"STREAMS_HMAC_KEY"}, .published = true},
    {.component = coordinator,
     .names = {"IDEMPOTENCY_HMAC_KEY"},
     .published = true,
     .august = true},
    {.component = web, .names = {"CARACAL_AUTH_DATABASE_URL", "DATABASE_URL"}},
    {.component = web, .names = {"CARACAL_AUTH_SECRET"}},
    {.component = web, .names = {"CARACAL_SMTP_FROM"}, .august = true, .when = Switch::mail},
    {.component = web,
     .names = {"CARACAL_SMTP_URL"},
     .august = true,
     .when = Switch::password_signup},
    {.component = web,
     .names = {"GOOGLE_CLIENT_ID", "GITHUB_CLIENT_ID", "CARACAL_SMTP_URL"},
     .august = true,
     .when = Switch::sign_in_method},
});

// Yes, no, or why it cannot be said.
struct Answer {
  bool yes = false;
  std::optional<Fault> fault{};
};

Answer is_published(const Container& container) {
  if (!has_mode(container.component)) {
    return {.yes = true};
  }
  const Fact<std::string> mode = service_mode(container);
  return {.yes = mode.value != "dev", .fault = mode.fault};
}

Answer is_august(const Container& container) {
  if (container.release) {
    return {.yes = has_august_keys(*container.release)};
  }
  return {.fault = Fault{.reason = UnknownReason::unresolved_reference,
                         .message = "the release is not known; from v0.1.0 on it is required"}};
}

// The Control API is on for the exact text alone.
Answer has_control(const Container& container) {
  const Fact<std::string> enabled = variable_text(container, "CARACAL_CONTROL_ENABLED");
  return {.yes = enabled.is("true"), .fault = enabled.fault};
}

Answer has_mail(const Container& container) {
  const SettingForm form = setting_in_effect(container.environment, "CARACAL_SMTP_URL").form;
  return {.yes = form != SettingForm::unset && form != SettingForm::undecidable};
}

// The product looks at these two in production only.
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

Answer is_on(Switch when, const Container& container) {
  switch (when) {
    case Switch::none:
      return {.yes = true};
    case Switch::control:
      return has_control(container);
    case Switch::mail:
      return has_mail(container);
    case Switch::password_signup:
      return is_on_in_production(container, "CARACAL_PASSWORD_SIGNUP");
    case Switch::sign_in_method:
      return is_on_in_production(container, "CARACAL_REQUIRE_SIGN_IN_METHOD");
  }
  return {};
}

// Every condition must hold: one that does not settles it, whatever is unknown of the others.
Answer applies(const Requirement& rule, const Container& container) {
  Answer result{.yes = true};
  const Answer always{.yes = true};
  for (const Answer& answer :
       {rule.published ? is_published(container) : always,
        rule.august ? is_august(container) : always, is_on(rule.when, container)}) {
    if (!answer.yes && !answer.fault) {
      return {};
    }
    if (answer.fault) {
      result.fault = answer.fault;
    }
  }
  return result;
}

std::string names_of(const Requirement& rule) {
  std::string names;
  for (const std::string_view name : rule.names) {
    names += (names.empty() || name.empty() ? "" : " or ") + std::string{name};
  }
  return names;
}

// Looks at the names in order: the first one that is set decides.
StartRequirement look_up(const Requirement& rule, const Container& container) {
  StartRequirement found{
      .names = names_of(rule), .state = RequirementState::missing, .origin = container.origin};
  for (const std::string_view name : rule.names) {
    if (name.empty()) {
      break;
    }
    const Setting setting = setting_in_effect(container.environment, name);
    if (setting.form == SettingForm::undecidable && setting.variable != nullptr) {
      found.state = RequirementState::undecided;
      found.fault = setting.variable->fault.value_or(Fault{});
      found.origin = setting.variable->origin;
    } else if (setting.variable != nullptr) {
      found.state = RequirementState::met;
      found.origin = setting.variable->origin;
      return found;
    }
  }
  if (const auto unseen = unseen_variables(container);
      unseen && found.state == RequirementState::missing) {
    found.state = RequirementState::undecided;
    found.fault = *unseen;
  }
  return found;
}

}  // namespace

std::vector<StartRequirement> start_requirements(const Container& container) {
  std::vector<StartRequirement> requirements;
  for (const Requirement& rule : rules) {
    if (rule.component != container.component || container.role != ContainerRole::main) {
      continue;
    }
    const Answer condition = applies(rule, container);
    if (!condition.yes) {
      continue;
    }
    StartRequirement requirement = look_up(rule, container);
    if (requirement.state == RequirementState::missing && condition.fault) {
      requirement.state = RequirementState::undecided;
      requirement.fault = *condition.fault;
    }
    requirements.push_back(std::move(requirement));
  }
  return requirements;
}

}  // namespace compliance
