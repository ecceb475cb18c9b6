// The body of /metrics as one gzip member (RFC 1952) that is compressed in two parts.
#include "exporter/publish/metrics/gzip_body.h"

#include <zlib.h>

namespace compliance {
namespace {

// How hard zlib works, with how much memory, and how it ends. Source: zlib.h, deflateInit2.
struct Effort {
  int level;
  int window_bits;  // negative: a raw deflate stream, without header and checksum
  int memory_level;
  int flush;
};
// After a full flush the stream is at a byte boundary and what follows refers to nothing before it.
constexpr Effort thorough{.level = 6, .window_bits = -15, .memory_level = 8, .flush = Z_FULL_FLUSH};
// The rest is small and alike from line to line: a window of 4 KiB finds nearly all of that.
constexpr Effort fast{.level = 1, .window_bits = -12, .memory_level = 5, .flush = Z_FINISH};

// Deflate, no flags, no time, written by Unix. Source: RFC 1952, 2.3.
constexpr std::string_view header{"\x1f\x8b\x08\0\0\0\0\0\0\x03", 10};

const Bytef* bytes_of(std::string_view text) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): zlib takes unsigned bytes
  return reinterpret_cast<const Bytef*>(text.data());
}

// CRC-32 as gzip has it (RFC 1952, 8).
std::uint32_t checksum_of(std::string_view text) {
  return static_cast<std::uint32_t>(crc32_z(crc32_z(0, nullptr, 0), bytes_of(text), text.size()));
}

// Appends the text as a raw deflate stream; false when there is no memory for it.
bool append_deflated(std::string& bytes, std::string_view text, Effort effort) {
  z_stream stream{};
  if (deflateInit2(&stream, effort.level, Z_DEFLATED, effort.window_bits, effort.memory_level,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return false;
  }
  const std::size_t before = bytes.size();
  constexpr std::size_t empty_block = 16;  // more than a flush adds to what deflateBound() counts
  bytes.resize(before + deflateBound(&stream, text.size()) + empty_block);
  // NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast,cppcoreguidelines-pro-type-const-cast):
  // zlib takes unsigned bytes, and input that it does not change
  stream.next_in = const_cast<Bytef*>(bytes_of(text));
  stream.next_out = reinterpret_cast<Bytef*>(&bytes[before]);
  // NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast,cppcoreguidelines-pro-type-const-cast)
  stream.avail_in = static_cast<uInt>(text.size());
  stream.avail_out = static_cast<uInt>(bytes.size() - before);
  const int outcome = deflate(&stream, effort.flush);
  // A flush has come to its end when there is room left. Source: zlib.h, deflate.
  const bool whole = outcome == (effort.flush == Z_FINISH ? Z_STREAM_END : Z_OK) &&
                     stream.avail_in == 0 && stream.avail_out > 0;
  bytes.resize(before + stream.total_out);
  deflateEnd(&stream);
  return whole;
}

// The byte order of gzip's trailer.
void append_little_endian(std::string& bytes, std::uint32_t number) {
  for (int shift = 0; shift < 32; shift += 8) {
    bytes += static_cast<char>(static_cast<unsigned char>(number >> static_cast<unsigned>(shift)));
  }
}

}  // namespace

std::optional<GzipBeginning> begin_gzip(std::string_view text) {
  GzipBeginning beginning{
      .bytes = std::string{header}, .checksum = checksum_of(text), .text_size = text.size()};
  const bool whole = append_deflated(beginning.bytes, text, thorough);
  beginning.bytes.shrink_to_fit();
  return whole ? std::optional{std::move(beginning)} : std::nullopt;
}

std::optional<std::string> end_gzip(const GzipBeginning& beginning, std::string_view rest) {
  std::string end;
  if (!append_deflated(end, rest, fast)) {
    return std::nullopt;
  }
  append_little_endian(
      end, static_cast<std::uint32_t>(crc32_combine(beginning.checksum, checksum_of(rest),
                                                    static_cast<z_off_t>(rest.size()))));
  // The size counts modulo 2^32. Source: RFC 1952, 2.3.1.
  append_little_endian(end, static_cast<std::uint32_t>(beginning.text_size + rest.size()));
  return end;
}

}  // namespace compliance
