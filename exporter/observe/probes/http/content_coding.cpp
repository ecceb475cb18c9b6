// Decompression that a small body can not make large.
#include "exporter/observe/probes/http/content_coding.h"

#include <array>
#include <memory>

#include <zlib.h>

namespace compliance::probes {
namespace {

using Inflation = std::unique_ptr<z_stream, decltype(&inflateEnd)>;

constexpr std::size_t chunk_bytes = 16'384;
// The largest window, and gzip's wrapping alone. Source: zlib.h, inflateInit2.
constexpr int gzip_only = 15 + 16;

Fault broken() {
  return {.reason = UnknownReason::protocol_error, .message = "its gzip body is broken or cut off"};
}

Fault too_large() {
  return {.reason = UnknownReason::limit_exceeded,
          .message = "its gzip body is larger than the limit of 1 MiB when decompressed"};
}

}  // namespace

ReadResult<std::string> gunzip(std::string_view bytes, std::size_t limit) {
  z_stream stream{};
  if (inflateInit2(&stream, gzip_only) != Z_OK) {
    return Fault{.reason = UnknownReason::internal_error, .message = "zlib could not start"};
  }
  const Inflation owner{&stream, &inflateEnd};
  std::string input{bytes};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): zlib takes unsigned bytes
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  std::string content;
  std::array<Bytef, chunk_bytes> chunk{};
  while (true) {
    stream.next_out = chunk.data();
    stream.avail_out = static_cast<uInt>(chunk.size());
    const int status = inflate(&stream, Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END) {
      return broken();
    }
    content.append(chunk.data(), chunk.data() + (chunk.size() - stream.avail_out));
    if (content.size() > limit) {
      return too_large();
    }
    if (status == Z_STREAM_END && stream.avail_in == 0) {
      return content;
    }
    if (status == Z_STREAM_END && inflateReset(&stream) != Z_OK) {
      return broken();
    }
  }
}

}  // namespace compliance::probes
