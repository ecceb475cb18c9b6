// A request and its answer as handlers see them, without the types of the HTTP library.
#include "exporter/publish/http/http_message.h"

#include <algorithm>

#include "checks/formats/ascii.h"

namespace compliance {
namespace {

// Removes and returns what stands before `separator`, or all of it.
std::string_view next_part(std::string_view& text, char separator) {
  const auto end = std::min(text.find(separator), text.size());
  const auto part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

// One element of the list: a coding, perhaps with a weight. A weight of zero refuses it.
bool allows_gzip(std::string_view coding) {
  const auto name = lower_case(trimmed(next_part(coding, ';')));
  const auto weight = lower_case(trimmed(coding));
  const bool refused =
      weight.starts_with("q=0") && weight.find_first_not_of("0.", 2) == std::string::npos;
  return name == "gzip" && !refused;
}

}  // namespace

// "*" is not taken for gzip, nor is a missing header: plain text is always understood.
bool lists_gzip(std::string_view accept_encoding) {
  while (!accept_encoding.empty()) {
    if (allows_gzip(next_part(accept_encoding, ','))) {
      return true;
    }
  }
  return false;
}

}  // namespace compliance
