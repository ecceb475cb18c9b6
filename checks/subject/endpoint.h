// Where the operator says that a component is reached from outside.
#pragma once

#include <string>

#include "checks/subject/component.h"
#include "checks/subject/origin.h"

namespace compliance {

struct Endpoint {
  Component component = Component::web;
  std::string url{};  // an http or https URL that parse_web_url() accepts
  Origin origin{};

  bool operator==(const Endpoint&) const = default;
};

}  // namespace compliance
