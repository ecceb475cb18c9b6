// Groups of components. The switches name every enumerator, so the compiler asks about a new one.
#include "checks/facts/component.h"

namespace compliance {

bool has_mode(Component component) {
  switch (component) {
    case Component::sts:
    case Component::api:
    case Component::gateway:
    case Component::audit:
    case Component::coordinator:
      return true;
    case Component::web:
    case Component::postgres:
    case Component::redis:
    case Component::migrate:
    case Component::auth_migrate:
    case Component::replay_init:
    case Component::edge:
    case Component::other:
    case Component::installation:
      return false;
  }
  return false;
}

bool is_packaged(Component component) {
  return component != Component::edge && component != Component::other &&
         component != Component::installation;
}

}  // namespace compliance
