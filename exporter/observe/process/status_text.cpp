// Parses the text of /proc/PID/status (proc(5)).
#include "exporter/observe/process/status_text.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace compliance {
namespace {

constexpr std::string_view blanks = " \t";
constexpr int decimal = 10;
constexpr int hexadecimal = 16;

// The words behind "NAME:" at the begin of a line; none where there is no such line. A second such
// line counts for nothing, nor does one without its end, whose numbers may be cut off.
std::vector<std::string_view> words_of(std::string_view text, std::string_view name) {
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (!line.starts_with(name) || line.substr(name.size(), 1) != ":") {
      continue;
    }
    line.remove_prefix(name.size() + 1);
    std::vector<std::string_view> words;
    for (auto begin = line.find_first_not_of(blanks); begin != std::string_view::npos;) {
      const auto stop = std::min(line.find_first_of(blanks, begin), line.size());
      words.push_back(line.substr(begin, stop - begin));
      begin = line.find_first_not_of(blanks, stop);
    }
    return words;
  }
  return {};
}

// Nothing unless the whole word is the number and fits.
template <class Number>
std::optional<Number> number_in(std::string_view word, int base) {
  Number number = 0;
  const auto read = std::from_chars(word.begin(), word.end(), number, base);
  return read.ec == std::errc{} && read.ptr == word.end() ? std::optional{number} : std::nullopt;
}

// Nothing when the line has more than one word: then it is not what is known here.
std::optional<std::uint64_t> single_number(std::string_view text, std::string_view name, int base) {
  const auto words = words_of(text, name);
  return words.size() == 1 ? number_in<std::uint64_t>(words.front(), base) : std::nullopt;
}

// All four or nothing: a part of them would look like a process with fewer rights.
std::optional<ProcessUsers> users_in(std::string_view text) {
  const auto words = words_of(text, "Uid");
  std::vector<std::uint32_t> users;
  for (const std::string_view word : words) {
    if (const auto user = number_in<std::uint32_t>(word, decimal)) {
      users.push_back(*user);
    }
  }
  constexpr std::size_t kinds = 4;
  if (words.size() != kinds || users.size() != kinds) {
    return std::nullopt;
  }
  return ProcessUsers{
      .real = users[0], .effective = users[1], .saved = users[2], .file_system = users[3]};
}

// Kernels before 4.3 know no ambient set: its line is missing, and nothing is in it.
std::optional<ProcessCapabilities> capabilities_in(std::string_view text) {
  const auto inheritable = single_number(text, "CapInh", hexadecimal);
  const auto permitted = single_number(text, "CapPrm", hexadecimal);
  const auto effective = single_number(text, "CapEff", hexadecimal);
  const auto ambient = words_of(text, "CapAmb").empty()
                           ? std::optional<std::uint64_t>{0}
                           : single_number(text, "CapAmb", hexadecimal);
  if (!inheritable || !permitted || !effective || !ambient) {
    return std::nullopt;
  }
  return ProcessCapabilities{.inheritable = *inheritable,
                             .permitted = *permitted,
                             .effective = *effective,
                             .ambient = *ambient};
}

}  // namespace

ProcessStatus parse_process_status(std::string_view text) {
  ProcessStatus status;
  status.parent = single_number(text, "PPid", decimal);
  status.users = users_in(text);
  status.capabilities = capabilities_in(text);
  const auto no_new_privileges = single_number(text, "NoNewPrivs", decimal);
  if (no_new_privileges && *no_new_privileges <= 1) {
    status.no_new_privileges = *no_new_privileges == 1;
  }
  status.seccomp_mode = single_number(text, "Seccomp", decimal);
  return status;
}

}  // namespace compliance
