// Logging: one line an event on stderr, in logfmt or JSON.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace compliance {

// In ascending order: comparing them is what the threshold does.
enum class LogLevel : std::uint8_t { debug, info, warn, error };
enum class LogFormat : std::uint8_t { logfmt, json };

// The values of --log.level and --log.format; nothing for other words.
std::optional<LogLevel> log_level_named(std::string_view name);
// Nothing for other words than logfmt and json.
std::optional<LogFormat> log_format_named(std::string_view name);

// The choice of --log.level and --log.format.
struct LogOptions {
  LogLevel level = LogLevel::info;  // lower ones are dropped
  LogFormat format = LogFormat::logfmt;
};

// Name and value of something that an event is about. The name is a literal of the caller; the
// value may be any bytes.
using LogField = std::pair<std::string_view, std::string>;

// One line before it is written. Refers to the message.
struct LogEvent {
  std::chrono::system_clock::time_point time{};
  LogLevel level = LogLevel::info;
  std::string_view message{};
  std::vector<LogField> fields{};
};

// What log_event writes, without the newline: always one line of valid UTF-8, whatever the event
// holds. Time is RFC 3339 in UTC with milliseconds.
std::string log_line(LogFormat format, const LogEvent& event);

// Chooses level and format; called once, at start, before there are other threads.
void set_log_options(const LogOptions& chosen);

// Writes one event. Safe from all threads. Callers never pass the value of a secret or a part of
// one, nor scanned text that might be one: this function cannot tell and hides nothing.
void log_event(LogLevel level, std::string_view message, std::vector<LogField> fields = {});

}  // namespace compliance
