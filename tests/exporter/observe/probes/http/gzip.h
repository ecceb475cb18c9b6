// Compressed bytes for tests of those who have to expand them.
#pragma once

#include <string>
#include <string_view>

#include <zlib.h>

namespace compliance::test {

// One gzip member.
inline std::string gzip(std::string_view content) {
  constexpr int gzip_only = 15 + 16;
  constexpr int memory_level = 8;
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_only, memory_level,
               Z_DEFAULT_STRATEGY);
  std::string input{content};
  std::string output(deflateBound(&stream, input.size()), '\0');
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): zlib takes unsigned bytes
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the same
  stream.next_out = reinterpret_cast<Bytef*>(output.data());
  stream.avail_out = static_cast<uInt>(output.size());
  deflate(&stream, Z_FINISH);
  output.resize(stream.total_out);
  deflateEnd(&stream);
  return output;
}

}  // namespace compliance::test
