// Logging through spdlog, which gets lines that are escaped already: it escapes nothing itself.
#include "exporter/base/log.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "exporter/base/escape.h"
#include "exporter/base/timestamp.h"

namespace compliance {
namespace {

constexpr auto level_names = std::to_array<std::string_view>({"debug", "info", "warn", "error"});

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warn:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

// The process's logger and the format of its lines.
struct Logging {
  spdlog::logger logger{"", std::make_shared<spdlog::sinks::stderr_sink_mt>()};
  LogFormat format = LogFormat::logfmt;

  Logging() {
    logger.set_pattern("%v");
    logger.flush_on(spdlog::level::trace);
  }
};

Logging& logging() {
  static Logging instance;
  return instance;
}

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

void set_log_options(const LogOptions& options) {
  logging().logger.set_level(spdlog_level(options.level));
  logging().format = options.format;
}

void log_event(LogLevel level, std::string_view message, std::vector<LogField> fields) {
  Logging& sink = logging();
  if (!sink.logger.should_log(spdlog_level(level))) {
    return;
  }
  const std::string line = log_line(sink.format, {.time = std::chrono::system_clock::now(),
                                                  .level = level,
                                                  .message = message,
                                                  .fields = std::move(fields)});
  sink.logger.log(spdlog_level(level), spdlog::string_view_t{line});
}

}  // namespace compliance
