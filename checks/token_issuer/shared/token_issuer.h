// The issuer of tokens as the services are configured with it. Source: FACTS.md 8.4.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/facts/installation.h"

namespace compliance {

// The issuer that one service states.
struct IssuerSetting {
  const Container* container = nullptr;
  std::string_view variable{};
  Fact<std::string> text{};  // verbatim; absent when it is not set or empty
};

// ISSUER_URL of sts and coordinator, and STS_ISSUER_URL of api where Control is on (FACTS.md T82);
// where that is not known, the setting has its fault.
std::vector<IssuerSetting> issuer_settings(const Installation& installation);

// In which way two texts differ, such as "the same but for a slash at the end". A verdict shows
// this instead of the texts, which may hold anything. Expects texts that differ.
std::string_view difference_between(std::string_view text, std::string_view other);

// True where clients from outside have to reach the issuer: sts is a public component, or its
// configured endpoint has a host that is not internal.
bool has_public_sts(const Installation& installation);

}  // namespace compliance
