// Instants as text.
#include "exporter/base/timestamp.h"

#include <charconv>

namespace compliance {
namespace {

// `value` with leading zeros up to `digits` digits.
std::string padded(long value, std::size_t digits) {
  const std::string text = std::to_string(value);
  return std::string(digits > text.size() ? digits - text.size() : 0, '0') + text;
}

// Reads numbers of a fixed number of digits, and the characters between them. Goes on after a fault
// and remembers it, so that only the end has to be asked.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : rest_(text) {}

  // The next digits as a number; a fault where there are fewer or others.
  int number(std::size_t digits) {
    int value = 0;
    const std::string_view text = rest_.substr(0, digits);
    good_ = good_ && text.size() == digits &&
            text.find_first_not_of("0123456789") == std::string_view::npos;
    std::from_chars(text.data(), text.data() + text.size(), value);
    rest_.remove_prefix(text.size());
    return value;
  }

  // True, and past it, when one of the characters comes next.
  bool skips(std::string_view characters) {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) {
      return false;
    }
    rest_.remove_prefix(1);
    return true;
  }

  void expect(std::string_view characters) { good_ = skips(characters) && good_; }

  // Passes over digits, perhaps none.
  void digits() {
    while (skips("0123456789")) {
    }
  }

  bool ended() const { return rest_.empty(); }
  bool good() const { return good_; }
  void fail() { good_ = false; }

 private:
  std::string_view rest_;
  bool good_ = true;
};

// YYYY-MM-DD; a fault for days that the calendar does not have.
std::chrono::sys_days read_date(DateReader& reader) {
  const int year = reader.number(4);
  reader.expect("-");
  const int month = reader.number(2);
  reader.expect("-");
  const int day = reader.number(2);
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) {
    reader.fail();
  }
  return std::chrono::sys_days{date};
}

// Hours and minutes within their bounds.
std::chrono::minutes read_clock(DateReader& reader) {
  const int hours = reader.number(2);
  reader.expect(":");
  const int minutes = reader.number(2);
  if (hours > 23 || minutes > 59) {
    reader.fail();
  }
  return std::chrono::hours{hours} + std::chrono::minutes{minutes};
}

// What is to be taken off a local time for UTC.
std::chrono::minutes read_offset(DateReader& reader) {
  if (reader.skips("Zz")) {
    return std::chrono::minutes{0};
  }
  const bool west = reader.skips("-");
  if (!west) {
    reader.expect("+");
  }
  const std::chrono::minutes offset = read_clock(reader);
  return west ? -offset : offset;
}

}  // namespace

std::string rfc3339(std::chrono::sys_time<std::chrono::milliseconds> milliseconds) {
  const auto day = std::chrono::floor<std::chrono::days>(milliseconds);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{milliseconds - day};
  return padded(static_cast<int>(date.year()), 4) + "-" +
         padded(static_cast<long>(static_cast<unsigned>(date.month())), 2) + "-" +
         padded(static_cast<long>(static_cast<unsigned>(date.day())), 2) + "T" +
         padded(time.hours().count(), 2) + ":" + padded(time.minutes().count(), 2) + ":" +
         padded(time.seconds().count(), 2) + "." + padded(time.subseconds().count(), 3) + "Z";
}

std::optional<std::chrono::sys_seconds> parse_rfc3339(std::string_view text) {
  DateReader reader{text};
  const std::chrono::sys_days date = read_date(reader);
  // A date alone.
  if (reader.good() && reader.ended()) {
    return date;
  }
  reader.expect("Tt ");
  std::chrono::sys_seconds instant = date + read_clock(reader);
  reader.expect(":");
  const int seconds = reader.number(2);
  if (seconds > 60) {  // a leap second may be 60
    reader.fail();
  }
  if (reader.skips(".")) {
    reader.number(1);
    reader.digits();
  }
  instant += std::chrono::seconds{seconds} - read_offset(reader);
  return reader.good() && reader.ended() ? std::optional{instant} : std::nullopt;
}

}  // namespace compliance
