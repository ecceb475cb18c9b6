// Internationalised host names: conversion to ASCII (A-labels, "xn--") by IDNA.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace compliance {

// The host name in ASCII as browsers convert it: UTS #46, non-transitional (IDNA 2008). Input in
// UTF-8, composed or not. Nothing for a name that IDNA rejects, or that holds a zero byte.
std::optional<std::string> host_to_ascii(std::string_view host);

// The text with the hosts of its http and https URLs in ASCII: the text is one URL, or a list of
// URLs separated by commas. All else stays as it is, hosts that IDNA rejects included.
std::string with_ascii_hosts(std::string text);

}  // namespace compliance
