// Services that name a token issuer, for the tests of the rules about it.
#pragma once

#include "tests/checks/web_edge/consoles.h"

namespace compliance::test {

inline Container sts_naming(const std::string& issuer) {
  return with_settings(hardened_service(Component::sts), {{"ISSUER_URL", issuer}});
}

inline Container coordinator_naming(const std::string& issuer) {
  return with_settings(hardened_service(Component::coordinator), {{"ISSUER_URL", issuer}});
}

inline Container api_naming(const std::string& issuer, const std::string& control = "true") {
  return with_settings(hardened_service(Component::api),
                       {{"STS_ISSUER_URL", issuer}, {"CARACAL_CONTROL_ENABLED", control}});
}

inline Container unresolved_sts() {
  Container sts = hardened_service(Component::sts);
  set_unresolved_variable(sts, "ISSUER_URL");
  return sts;
}

inline Installation reached_at(std::vector<Container> containers, const std::string& url) {
  Installation installation = compose_installation(std::move(containers));
  installation.probed.endpoints = {{.component = Component::sts, .url = url}};
  return installation;
}

}  // namespace compliance::test
