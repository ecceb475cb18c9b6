// Reads URLs that may hold a password, as people write them by hand.
#pragma once

#include <optional>
#include <string_view>

#include "checks/formats/secret_properties.h"

namespace compliance {

// The parts of `text` when it begins with a scheme and "://", else nothing. A password with an
// unescaped @ or / in it is recognised as one, so that no part of it is taken for the host. An RFC
// parser would put such a part into `host`, and so into a verdict.
std::optional<LooseUrl> url_shape_of(std::string_view text);

}  // namespace compliance
