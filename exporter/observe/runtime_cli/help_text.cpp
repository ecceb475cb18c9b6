// `caracal --help` -> list of commands. Both shapes of it are in FACTS.md 11.3.
#include "exporter/observe/runtime_cli/help_text.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "checks/formats/ascii.h"

namespace compliance::runtime_cli {
namespace {

// The line that tells the runtime CLI from any other program.
constexpr std::string_view usage = "caracal <command> [options]";
// What the CLI writes beside the usage when it is called wrongly.
constexpr std::string_view error_words = "unknown command";

// Where the escape sequence at `start` ends (ECMA-48): colours (ESC [ ... letter), titles (ESC ]
// ... BEL) or two characters. Never behind the end of the text.
std::size_t escape_end(std::string_view text, std::size_t start) {
  const char kind = start + 1 < text.size() ? text[start + 1] : '\0';
  std::size_t end = start + 2;
  if (kind == '[') {
    while (end < text.size() && (text[end] < '@' || text[end] > '~')) {
      ++end;
    }
    ++end;
  } else if (kind == ']') {
    end = std::min(text.find('\a', end), text.size() - 1) + 1;
  }
  return std::min(end, text.size());
}

// `line` without escape sequences, carriage returns and blanks at the end.
std::string plain(std::string_view line) {
  std::string text;
  std::size_t index = 0;
  while (index < line.size()) {
    if (line[index] == '\x1b') {
      index = escape_end(line, index);
      continue;
    }
    if (line[index] != '\r') {
      text += line[index];
    }
    ++index;
  }
  text.erase(text.find_last_not_of(" \t") + 1);
  return text;
}

bool holds(const std::string& line, std::string_view words) {
  return line.find(words) != std::string::npos;
}

// The command that an entry names: two blanks, then a word of small letters and hyphens. What
// stands behind the word (arguments, aliases, a summary) is left out.
std::string command_in(const std::string& line) {
  if (line.compare(0, 2, "  ") != 0 || line.size() < 3 || !is_lower(line[2])) {
    return {};
  }
  const auto end = std::find_if_not(line.begin() + 2, line.end(),
                                    [](char c) { return is_lower(c) || c == '-'; });
  return {line.begin() + 2, end};
}

// A line at the margin that is no sentence, without the colon behind it.
std::string heading_in(std::string line) {
  if (line.empty() || line.front() == ' ' || line.front() == '\t' || line.back() == '.') {
    return {};
  }
  if (line.back() == ':') {
    line.pop_back();
  }
  return line == "Usage" ? std::string{} : line;
}

// Reads line after line and decides at the end whether the text was the help.
class HelpReader {
 public:
  explicit HelpReader(Origin origin) : cli_{.origin = std::move(origin)} {}

  void read(const std::string& line) {
    ++line_;
    has_error_ = has_error_ || holds(line, error_words);
    // The usage line is indented like an entry at 1.0.0, so it must not be read as one.
    if (holds(line, usage)) {
      has_usage_ = true;
      return;
    }
    if (std::string command = command_in(line); !command.empty()) {
      cli_.commands.push_back({.value = std::move(command), .origin = position(3)});
    } else if (std::string heading = heading_in(line); !heading.empty()) {
      cli_.headings.push_back({.value = std::move(heading), .origin = position(1)});
    }
  }

  ParseResult<RuntimeCli> result() && {
    // The order matters: another program's output is not called an error of this one.
    if (!has_usage_) {
      return fault("the text is no help of the runtime command: no line says `" +
                   std::string{usage} + "`");
    }
    if (has_error_) {
      return fault("the text is an error message of the runtime command, not its help");
    }
    if (cli_.commands.empty()) {
      return fault("the help text lists no command");
    }
    return std::move(cli_);
  }

 private:
  // The word in the line in work; columns count from 1.
  Origin position(std::uint32_t column) const {
    Origin origin = cli_.origin;
    origin.line = line_;
    origin.column = column;
    return origin;
  }

  LocatedFault fault(std::string message) const {
    return {.origin = cli_.origin,
            .fault = {.reason = UnknownReason::unexpected_response, .message = std::move(message)}};
  }

  RuntimeCli cli_;
  std::uint32_t line_ = 0;
  bool has_usage_ = false;
  bool has_error_ = false;
};

}  // namespace

ParseResult<RuntimeCli> parse_help_text(const SourceText& help) {
  HelpReader reader{{.source = Source::runtime_cli, .place = Location{help.path}}};
  std::string_view left = help.text;
  while (!left.empty()) {
    const std::size_t end = std::min(left.find('\n'), left.size());
    reader.read(plain(left.substr(0, end)));
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return std::move(reader).result();
}

}  // namespace compliance::runtime_cli
