// Where the operator says that a component is reached from outside.
#pragma once

#include <string>

#include "checks/subject/component.h"
#include "checks/subject/origin.h"

namespace compliance {

struct Endpoint {
  Component component = Component::web;
  std::string url{};  // sound by read_web_url()
  Origin origin{};

  bool operator==(const Endpoint&) const = default;
};

}  // namespace compliance
