// Configuration files from disk.
#include "exporter/config/read_config.h"

#include "exporter/base/read_file.h"
#include "exporter/config/parse_config.h"

namespace compliance {
namespace {

// 1 MiB for each of the three files: thousands of installations or waivers.
constexpr std::size_t max_config_bytes = 1U << 20U;

}  // namespace

Result<Config> read_config(const std::string& path) {
  const auto text = read_file(path, max_config_bytes);
  if (!text) {
    return Error{"reading configuration " + path + ": " + text.error().message};
  }
  return parse_config(path, text.value());
}

WaiversFile read_waivers_file(const Config& config) {
  if (config.waivers_file.empty()) {
    return {};
  }
  const auto text = read_file(config.waivers_file, max_config_bytes);
  if (!text) {
    return {.problems = {config.waivers_file + ": " + text.error().message}, .invalid = 1};
  }
  return parse_waivers(config.waivers_file, text.value(), config);
}

Result<WebConfig> read_web_config(const std::string& path) {
  const auto text = read_file(path, max_config_bytes);
  if (!text) {
    return Error{"reading web configuration " + path + ": " + text.error().message};
  }
  return parse_web_config(path, text.value());
}

}  // namespace compliance
