// What a TLS server showed.
#include "checks/facts/tls.h"

namespace compliance {

std::string_view name_of(TlsProtocol protocol) {
  constexpr std::array<std::string_view, tls_protocols.size()> names{"SSLv3", "TLSv1.0", "TLSv1.1",
                                                                     "TLSv1.2", "TLSv1.3"};
  return names.at(static_cast<std::size_t>(protocol));
}

}  // namespace compliance
