// What this build is.
#pragma once

#include <string_view>

namespace compliance {

// Constants of the build; the program prints them by --version and exposes them as build_info.
std::string_view version();   // of the project, such as "0.1.0"
std::string_view revision();  // abbreviated commit, or "unknown"
std::string_view compiler();  // name and version

}  // namespace compliance
