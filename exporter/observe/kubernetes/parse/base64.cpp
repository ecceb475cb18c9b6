// Base64 as Secrets use it.
#include "exporter/observe/kubernetes/parse/base64.h"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace compliance::kubernetes {
namespace {

std::optional<std::uint32_t> value_of(char c) {
  const auto code = static_cast<std::uint32_t>(static_cast<unsigned char>(c));
  if (c >= 'A' && c <= 'Z') {
    return code - 'A';
  }
  if (c >= 'a' && c <= 'z') {
    return code - 'a' + 26U;
  }
  if (c >= '0' && c <= '9') {
    return code - '0' + 52U;
  }
  if (c == '+' || c == '/') {
    return c == '+' ? 62U : 63U;
  }
  return std::nullopt;
}

// Collects six bits a digit and hands out whole bytes.
class Decoder {
 public:
  void add(std::uint32_t digit) {
    pending_ = (pending_ << 6U) | digit;
    bits_ += 6;
    if (bits_ >= 8) {
      bits_ -= 8;
      bytes_.push_back(static_cast<char>((pending_ >> bits_) & 0xFFU));
    }
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_{};
  std::uint32_t pending_ = 0;
  unsigned bits_ = 0;
};

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  Decoder decoder;
  std::size_t digits = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      continue;
    }
    const auto value = value_of(c);
    if (value && padding == 0) {
      decoder.add(*value);
      ++digits;
    } else if (c == '=') {
      ++padding;
    } else {
      return std::nullopt;
    }
  }
  const bool whole = padding <= 2 && (digits + padding) % 4 == 0;
  return whole ? std::optional{decoder.take()} : std::nullopt;
}

}  // namespace compliance::kubernetes
