// Logging: escapes each event as one line and writes it to stderr.
#include "exporter/base/log.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <mutex>
#include <utility>

#include <unistd.h>

#include "exporter/base/escape.h"
#include "exporter/base/timestamp.h"

namespace compliance {
namespace {

// In the order of LogLevel.
constexpr auto level_names = std::to_array<std::string_view>({"debug", "info", "warn", "error"});

// Written once at start, and read by all threads after that, so no lock is needed.
LogOptions& options() {
  static LogOptions instance;
  return instance;
}

// Writes the whole line to stderr before any other one. A failure cannot be reported anywhere.
void write_line(std::string line) {
  static std::mutex mutex;
  line += '\n';
  const std::lock_guard lock{mutex};
  for (std::string_view rest{line}; !rest.empty();) {
    const ssize_t written = ::write(STDERR_FILENO, rest.data(), rest.size());
    if (written < 0 && errno != EINTR) {
      return;
    }
    rest.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
  }
}

// What logfmt needs no quotes for.
bool is_bare(char byte) {
  return byte > ' ' && byte < '\x7F' && byte != '"' && byte != '=' && byte != '\\';
}

// A value of logfmt: in quotes unless it is plain.
std::string logfmt_value(std::string_view value) {
  const bool plain = !value.empty() && std::all_of(value.begin(), value.end(), is_bare);
  return plain ? std::string{value} : json_string(value);
}

using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;

std::string logfmt_line(const Pairs& pairs) {
  std::string line;
  for (const auto& [name, value] : pairs) {
    line += line.empty() ? "" : " ";
    line += name;
    line += '=';
    line += logfmt_value(value);
  }
  return line;
}

// All values are strings, so that a field has one type whatever it holds.
std::string json_line(const Pairs& pairs) {
  std::string line = "{";
  for (const auto& [name, value] : pairs) {
    line += line.size() == 1 ? "" : ",";
    line += json_string(name);
    line += ':';
    line += json_string(value);
  }
  return line + "}";
}

}  // namespace

std::optional<LogLevel> log_level_named(std::string_view name) {
  const auto* const place = std::find(level_names.begin(), level_names.end(), name);
  if (place == level_names.end()) {
    return std::nullopt;
  }
  return static_cast<LogLevel>(place - level_names.begin());
}

std::optional<LogFormat> log_format_named(std::string_view name) {
  if (name == "logfmt") {
    return LogFormat::logfmt;
  }
  return name == "json" ? std::optional{LogFormat::json} : std::nullopt;
}

std::string log_line(LogFormat format, const LogEvent& event) {
  const std::string instant = rfc3339(event.time);
  Pairs pairs{{"ts", instant},
              {"level", level_names.at(static_cast<std::size_t>(event.level))},
              {"msg", event.message}};
  pairs.insert(pairs.end(), event.fields.begin(), event.fields.end());
  return format == LogFormat::json ? json_line(pairs) : logfmt_line(pairs);
}

void set_log_options(const LogOptions& chosen) { options() = chosen; }

void log_event(LogLevel level, std::string_view message, std::vector<LogField> fields) {
  if (level >= options().level) {
    write_line(log_line(options().format, {.time = std::chrono::system_clock::now(),
                                           .level = level,
                                           .message = message,
                                           .fields = std::move(fields)}));
  }
}

}  // namespace compliance
