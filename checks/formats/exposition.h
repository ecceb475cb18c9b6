// The text format of metrics. Source: Prometheus' exposition formats, OpenMetrics 1.0.
#pragma once

#include <string_view>

namespace compliance {

// True when every line of the text is a comment or a sample, and at least one is a TYPE or HELP
// line or at least two are samples: "error 404" alone is a sample by its form. A last line without
// an end may have been cut and does not count against it.
bool is_exposition(std::string_view text);

}  // namespace compliance
