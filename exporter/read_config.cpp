// Configuration files from disk.
#include "exporter/read_config.h"

#include "exporter/config/parse_config.h"
#include "exporter/observe/read_file.h"

namespace compliance {

Result<Config> read_config(const std::string& path) {
  const auto text = read_file(path, max_config_bytes);
  if (!text) {
    return Error{"reading configuration " + path + ": " + text.error().message};
  }
  return parse_config(path, text.value());
}

Result<WebConfig> read_web_config(const std::string& path) {
  const auto text = read_file(path, max_config_bytes);
  if (!text) {
    return Error{"reading web configuration " + path + ": " + text.error().message};
  }
  return parse_web_config(path, text.value());
}

}  // namespace compliance
