// The mode that a service runs in: CARACAL_MODE as the product reads it. Source: FACTS.md 2.1.
#pragma once

#include <string>
#include <string_view>

#include "checks/facts/installation.h"

namespace compliance {

// CARACAL_MODE of a service, trimmed and in lower case; "stable" when it is unset or empty. Only
// components for which has_mode() is true have one. A fault when it cannot be known.
Fact<std::string> service_mode(const Container& container);

// The mode that most services run in; of equally frequent ones the last by name, which puts stable
// before rc and rc before dev. Empty when no mode is known. Modes are set per service, so it only
// serves to name the odd ones out (FACTS.md T4).
std::string prevailing_mode(const Installation& installation);

// The mode as a verdict may show it: itself when it is a word of the list of modes that people
// write, "another value" otherwise, since a scanned text might be anything.
std::string_view shown_mode(std::string_view mode);

}  // namespace compliance
