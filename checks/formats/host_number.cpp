// Reads the notations of IPv4 that the WHATWG URL standard knows.
#include "checks/formats/host_number.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <vector>

#include "checks/formats/ascii.h"

namespace compliance {
namespace {

constexpr std::size_t address_bytes = 4;

// 0x with any number of digits, even none.
bool is_hexadecimal(std::string_view label) {
  return label.size() >= 2 && label[0] == '0' && (label[1] == 'x' || label[1] == 'X') &&
         label.find_first_not_of("0123456789abcdefABCDEF", 2) == std::string_view::npos;
}

// The standard drops one empty label at the end.
std::string_view without_dot(std::string_view host) {
  return host.size() > 1 && host.back() == '.' ? host.substr(0, host.size() - 1) : host;
}

// One number; those that no address could hold are refused.
std::optional<std::uint64_t> number(std::string_view text) {
  if (text.empty()) {
    return std::nullopt;
  }
  int base = 10;
  if (text.size() > 1 && text[0] == '0') {
    const bool hexadecimal = text[1] == 'x' || text[1] == 'X';
    base = hexadecimal ? 16 : 8;
    text.remove_prefix(hexadecimal ? 2 : 1);
  }
  if (text.empty()) {
    return 0;  // "0x" alone
  }
  std::uint64_t value = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value, base);
  return error == std::errc{} && end == last ? std::optional{value} : std::nullopt;
}

// The numbers between the dots: at least one, at most four.
std::optional<std::vector<std::uint64_t>> numbers(std::string_view host) {
  std::vector<std::uint64_t> values;
  std::size_t dot = 0;
  while (dot != std::string_view::npos) {
    dot = host.find('.');
    const auto value = number(host.substr(0, dot));
    if (!value || values.size() == address_bytes) {
      return std::nullopt;
    }
    values.push_back(*value);
    host.remove_prefix(dot == std::string_view::npos ? host.size() : dot + 1);
  }
  return values;
}

}  // namespace

bool ends_in_a_number(std::string_view host) {
  host = without_dot(host);
  const std::string_view label = host.substr(host.rfind('.') + 1);
  return !label.empty() &&
         (std::all_of(label.begin(), label.end(), &is_digit) || is_hexadecimal(label));
}

std::optional<Address> parse_ipv4_number(std::string_view host) {
  const auto values = numbers(without_dot(host));
  if (!values) {
    return std::nullopt;
  }
  const std::size_t single = values->size() - 1;
  // 127.1 is 127.0.0.1: the last number fills three bytes there.
  const std::size_t filled = address_bytes - single;
  if (values->back() >= std::uint64_t{1} << (8 * filled) ||
      std::any_of(values->begin(), values->end() - 1,
                  [](std::uint64_t value) { return value > 255; })) {
    return std::nullopt;
  }
  Address address;
  for (std::size_t index = 0; index < single; ++index) {
    address.bytes.at(index) = static_cast<std::uint8_t>(values->at(index));
  }
  for (std::size_t index = 0; index < filled; ++index) {
    address.bytes.at(address_bytes - 1 - index) =
        static_cast<std::uint8_t>(values->back() >> (8 * index));
  }
  return address;
}

}  // namespace compliance
