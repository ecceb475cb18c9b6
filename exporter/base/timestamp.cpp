// Instants as text.
#include "exporter/base/timestamp.h"

namespace compliance {
namespace {

// `value` with leading zeros up to `digits` digits.
std::string padded(long value, std::size_t digits) {
  const std::string text = std::to_string(value);
  return std::string(digits > text.size() ? digits - text.size() : 0, '0') + text;
}

}  // namespace

std::string rfc3339(std::chrono::system_clock::time_point instant) {
  const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(instant);
  const auto day = std::chrono::floor<std::chrono::days>(milliseconds);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{milliseconds - day};
  return padded(static_cast<int>(date.year()), 4) + "-" +
         padded(static_cast<long>(static_cast<unsigned>(date.month())), 2) + "-" +
         padded(static_cast<long>(static_cast<unsigned>(date.day())), 2) + "T" +
         padded(time.hours().count(), 2) + ":" + padded(time.minutes().count(), 2) + ":" +
         padded(time.seconds().count(), 2) + "." + padded(time.subseconds().count(), 3) + "Z";
}

}  // namespace compliance
