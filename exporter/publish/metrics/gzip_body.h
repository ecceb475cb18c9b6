// The body of /metrics as one gzip member (RFC 1952) that is compressed in two parts: the verdicts
// once for each snapshot, the live rest at each scrape. Not two members, since curl, wget and httpx
// lose what follows the first one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace compliance {

// A gzip member that can be continued again and again, each time by something else.
struct GzipBeginning {
  std::string bytes{};         // the header and the compressed text up to a byte boundary
  std::uint32_t checksum = 0;  // CRC-32 of the text
  std::size_t text_size = 0;
};

// The text compressed thoroughly; nothing when there is no memory for it.
std::optional<GzipBeginning> begin_gzip(std::string_view text);

// What has to follow beginning.bytes so that both are one member that holds its text and `rest`,
// compressed fast; nothing when there is no memory for it.
std::optional<std::string> end_gzip(const GzipBeginning& beginning, std::string_view rest);

}  // namespace compliance
