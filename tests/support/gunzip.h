// Reads gzip as a client does that takes one member and no more.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace compliance::test {

struct Gunzipped {
  std::string text{};
  bool complete = false;   // the member has come to its end, with the right checksum and size
  std::size_t unread = 0;  // bytes behind it
};

// The first gzip member of `bytes`.
Gunzipped gunzip_member(std::string_view bytes);

}  // namespace compliance::test
