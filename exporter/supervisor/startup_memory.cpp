// Releases memory that only the start needed. Source of the format: proc(5), /proc/pid/maps.
#include "exporter/supervisor/startup_memory.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include <malloc.h>
#include <sys/mman.h>

namespace compliance {
namespace {

constexpr int hexadecimal = 16;

std::optional<std::uintptr_t> address_of(std::string_view text) {
  std::uintptr_t address = 0;
  const char* const end =
      text.data() + text.size();  // NOLINT(cppcoreguidelines-pro-bounds-pointer-arithmetic):
                                  // from_chars takes pointers
  const auto [last, error] = std::from_chars(text.data(), end, address, hexadecimal);
  return error == std::errc{} && last == end && !text.empty() ? std::optional{address}
                                                              : std::nullopt;
}

// Takes the text up to the delimiter, and the delimiter, off the front.
std::string_view take(std::string_view& text, char delimiter) {
  const std::size_t end = std::min(text.find(delimiter), text.size());
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return taken;
}

}  // namespace

std::vector<CodeRange> code_ranges(std::string_view maps) {
  std::vector<CodeRange> ranges;
  while (!maps.empty()) {
    std::string_view line = take(maps, '\n');
    const auto begin = address_of(take(line, '-'));
    const auto end = address_of(take(line, ' '));
    const std::string_view rights = take(line, ' ');
    if (begin && end && *begin < *end && rights == "r-xp" &&
        line.find('/') != std::string_view::npos) {
      ranges.push_back({.begin = *begin, .end = *end});
    }
  }
  return ranges;
}

void release_startup_pages() {
  malloc_trim(0);
  std::ifstream file{"/proc/self/maps"};
  const std::string maps{std::istreambuf_iterator<char>{file}, {}};
  for (const CodeRange& range : code_ranges(maps)) {
    // The kernel tells addresses in words.
    // NOLINTNEXTLINE(performance-no-int-to-ptr,cppcoreguidelines-pro-type-reinterpret-cast)
    auto* const begin = reinterpret_cast<void*>(range.begin);
    madvise(begin, range.end - range.begin, MADV_DONTNEED);
  }
}

}  // namespace compliance
