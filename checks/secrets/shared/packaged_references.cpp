// The secretKeyRef variables of the packaged chart.
#include "checks/secrets/shared/packaged_references.h"

namespace compliance {

bool is_packaged_reference(Component component, std::string_view variable) {
  if (component == Component::web &&
      (variable == "CARACAL_ADMIN_TOKEN" || variable == "CARACAL_COORDINATOR_TOKEN")) {
    return true;
  }
  return (component == Component::web || component == Component::auth_migrate) &&
         (variable == "CARACAL_AUTH_DATABASE_URL" || variable == "CARACAL_AUTH_SECRET");
}

}  // namespace compliance
