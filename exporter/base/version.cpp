// What this build is; the build system sets the two macros.
#include "exporter/base/version.h"

namespace compliance {

std::string_view version() { return COMPLIANCE_VERSION; }

std::string_view revision() { return COMPLIANCE_REVISION; }

std::string_view compiler() {
#ifdef __clang__
  return "clang " __clang_version__;
#else
  return "gcc " __VERSION__;
#endif
}

}  // namespace compliance
