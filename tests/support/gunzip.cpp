// Reads gzip as a client does that takes one member and no more.
#include "tests/support/gunzip.h"

#include <array>

#include <zlib.h>

namespace compliance::test {

Gunzipped gunzip_member(std::string_view bytes) {
  constexpr int gzip_only = 15 + 16;  // Source: zlib.h, inflateInit2
  Gunzipped result;
  z_stream stream{};
  std::array<char, 4096> buffer{};
  std::string input{bytes};  // zlib takes no const bytes
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  int outcome = inflateInit2(&stream, gzip_only);
  while (outcome == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = buffer.size();
    outcome = inflate(&stream, Z_NO_FLUSH);
    result.text.append(buffer.data(), buffer.size() - stream.avail_out);
  }
  result.complete = outcome == Z_STREAM_END;
  result.unread = stream.avail_in;
  inflateEnd(&stream);
  return result;
}

}  // namespace compliance::test
