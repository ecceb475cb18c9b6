// Releases memory that only the start needed.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace compliance {

// Addresses of a mapping, the end excluded.
struct CodeRange {
  std::uintptr_t begin = 0;
  std::uintptr_t end = 0;

  bool operator==(const CodeRange&) const = default;
};

// The code of program and libraries in the text of /proc/self/maps: mapped from files, private, to
// be read and run and never written. Lines that are none of that or cannot be read are left out.
std::vector<CodeRange> code_ranges(std::string_view maps);

// Releases free heap memory, and the pages of code that linking and starting have touched: those
// that are needed again come back from the page cache. Never fails.
void release_startup_pages();

}  // namespace compliance
