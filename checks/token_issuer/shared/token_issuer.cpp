// Reads the issuer settings of the services.
#include "checks/token_issuer/shared/token_issuer.h"

#include <algorithm>

#include "checks/caracal/settings.h"
#include "checks/formats/ascii.h"
#include "checks/formats/host_class.h"
#include "checks/formats/web_url.h"

namespace compliance {
namespace {

constexpr std::string_view own_variable = "ISSUER_URL";
constexpr std::string_view api_variable = "STS_ISSUER_URL";

// An empty variable counts as unset, as in the product.
IssuerSetting setting_of(const Container& container, std::string_view variable) {
  IssuerSetting setting{
      .container = &container, .variable = variable, .text = variable_text(container, variable)};
  if (setting.text.is("")) {
    setting.text.value.reset();
  }
  return setting;
}

// Nothing when Control is off: the product takes only "true" for on.
std::optional<IssuerSetting> api_setting(const Container& container) {
  const Fact<std::string> control = variable_text(container, "CARACAL_CONTROL_ENABLED");
  if (control.fault) {
    return IssuerSetting{.container = &container, .variable = api_variable, .text = control};
  }
  return control.is("true") ? std::optional{setting_of(container, api_variable)} : std::nullopt;
}

// Takes one slash off; two are another text.
std::string_view without_final_slash(std::string_view text) {
  return !text.empty() && text.back() == '/' ? text.substr(0, text.size() - 1) : text;
}

}  // namespace

std::vector<IssuerSetting> issuer_settings(const Installation& installation) {
  std::vector<IssuerSetting> settings;
  // sts first: the others are compared with what it issues.
  for (const Component component : {Component::sts, Component::coordinator}) {
    for (const Container* container : main_containers_of(installation, component)) {
      settings.push_back(setting_of(*container, own_variable));
    }
  }
  for (const Container* api : main_containers_of(installation, Component::api)) {
    if (const auto setting = api_setting(*api)) {
      settings.push_back(*setting);
    }
  }
  return settings;
}

std::string_view difference_between(std::string_view text, std::string_view other) {
  if (without_final_slash(text) == without_final_slash(other)) {
    return "the same but for a slash at the end";
  }
  if (trimmed(text) == trimmed(other)) {
    return "the same but for white space";
  }
  return lower_case(text) == lower_case(other) ? "the same but for upper and lower case"
                                               : "another text";
}

bool has_public_sts(const Installation& installation) {
  const auto& names = installation.public_components;
  if (std::find(names.begin(), names.end(), Component::sts) != names.end()) {
    return true;
  }
  const Endpoint* endpoint = endpoint_of(installation, Component::sts);
  if (endpoint == nullptr) {
    return false;
  }
  // An endpoint with an internal host serves clients inside only.
  const WebUrl url = read_web_url(endpoint->url).url;
  return !is_local_host(url) && !is_internal_host(std::string{without_final_dot(url.host)});
}

}  // namespace compliance
