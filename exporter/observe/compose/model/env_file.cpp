// Env files: those that interpolation uses and those of services.
#include "exporter/observe/compose/model/env_file.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "checks/formats/ascii.h"
#include "exporter/observe/compose/model/escapes.h"

namespace compliance::compose {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// White space within a line.
bool is_blank(char c) { return c != '\n' && is_space(c); }

// The characters that compose-go takes in names. Letters beyond ASCII are accepted without a look
// at which they are.
bool is_name_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || byte >= 0x80U ||
         std::string_view{"_.-[]"}.find(c) != std::string_view::npos;
}

// Editors on Windows put a byte order mark in front of the first name.
std::string_view without_mark(std::string_view text) {
  if (text.substr(0, byte_order_mark.size()) == byte_order_mark) {
    text.remove_prefix(byte_order_mark.size());
  }
  return text;
}

std::string_view trimmed_right(std::string_view text) {
  while (!text.empty() && is_space(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

// A bare name takes the value that is known outside; without one it is not set.
void pass_through(const std::string& name, const Lookup& outer, Variables& variables) {
  if (const VariableValue* value = outer(name)) {
    variables.insert_or_assign(name, VariableValue{*value});
  }
}

// Reads one env file statement by statement, by the rules of compose-go's dotenv. A statement may
// span lines where its value is quoted. Lives for one file; `file` and `outer` must outlive it.
class EnvFileParser {
 public:
  EnvFileParser(const SourceText& file, Variables earlier, const Lookup& outer)
      : place_(file.path),
        text_(without_mark(file.text)),
        variables_(std::move(earlier)),
        // What is known outside wins, even over an earlier line of the file, as in Compose.
        lookup_([this, &outer](std::string_view name) {
          const VariableValue* value = outer(name);
          return value != nullptr ? value : lookup_in(variables_)(name);
        }) {}

  ParseResult<Variables> parse();

 private:
  // What stands in front of the value.
  struct Name {
    std::string text{};
    // False for a bare name, which passes a variable through.
    bool has_value = false;
  };

  bool skip_to_statement();
  std::optional<Name> take_name();
  // Reads the value behind the equals sign and stores it.
  std::optional<LocatedFault> take_value(const std::string& name);
  std::string_view take_unquoted();
  std::optional<std::string> take_quoted(char quote);
  // `expands`: the text is interpolated.
  std::optional<LocatedFault> store(const std::string& name, std::string_view text, bool expands);
  void skip_blanks();
  void advance(std::size_t count);
  // Faults and variables point to the line alone: columns would help nobody to find a NAME=VALUE.
  Origin here() const {
    return {.source = Source::compose, .place = place_, .line = line_, .column = 1};
  }
  std::string_view rest() const { return text_.substr(position_); }

  Location place_;
  std::string_view text_;
  Variables variables_;
  Lookup lookup_;
  std::size_t position_ = 0;
  std::uint32_t line_ = 1;
  // Of the statement in work: its first line.
  Origin statement_;
};

// All moves go through here, so that the line number stays right.
void EnvFileParser::advance(std::size_t count) {
  const std::string_view passed = rest().substr(0, count);
  line_ += static_cast<std::uint32_t>(std::count(passed.begin(), passed.end(), '\n'));
  position_ += count;
}

void EnvFileParser::skip_blanks() {
  while (!rest().empty() && is_blank(rest().front())) {
    advance(1);
  }
}

// Moves to the next statement, over empty lines and comments; false at the end.
bool EnvFileParser::skip_to_statement() {
  while (!rest().empty()) {
    if (rest().front() == '#') {
      advance(std::min(rest().find('\n'), rest().size()));
    } else if (is_space(rest().front())) {
      advance(1);
    } else {
      return true;
    }
  }
  return false;
}

// The name at the front, without `export`; nothing when the line does not begin with a name.
std::optional<EnvFileParser::Name> EnvFileParser::take_name() {
  constexpr std::string_view export_word = "export";
  if (rest().substr(0, export_word.size()) == export_word && rest().size() > export_word.size() &&
      is_space(rest()[export_word.size()])) {
    advance(export_word.size());
    skip_blanks();
  }
  std::size_t end = 0;
  while (end < rest().size() && is_name_character(rest()[end])) {
    ++end;
  }
  Name name{.text = std::string{rest().substr(0, end)}};
  advance(end);
  skip_blanks();
  if (rest().empty() || rest().front() == '\n') {
    return name;
  }
  if (rest().front() != '=' && rest().front() != ':') {
    return std::nullopt;
  }
  name.has_value = true;
  advance(1);
  skip_blanks();
  return name;
}

// The rest of the line up to a comment, which needs a blank in front: A=x#y has the value x#y.
std::string_view EnvFileParser::take_unquoted() {
  std::string_view value = rest().substr(0, rest().find('\n'));
  advance(value.size());
  return trimmed_right(value.substr(0, value.find(" #")));
}

// The text up to the closing quote, which may be on a later line; nothing when there is none.
std::optional<std::string> EnvFileParser::take_quoted(char quote) {
  std::string value;
  bool escaped = false;
  for (std::size_t index = 1; index < rest().size(); ++index) {
    const char c = rest()[index];
    if (c == quote && !escaped) {
      advance(index + 1);
      return value;
    }
    if (c == '\\' && !escaped) {
      escaped = true;
      continue;
    }
    if (escaped && c != quote) {
      value += '\\';
    }
    value += c;
    escaped = false;
  }
  return std::nullopt;
}

// The message of a fault names the variable that failed, never the text.
std::optional<LocatedFault> EnvFileParser::store(const std::string& name, std::string_view text,
                                                 bool expands) {
  VariableValue value{.text = std::string{text}, .origin = statement_};
  if (expands) {
    const auto result = interpolate(text, lookup_);
    if (!result) {
      return LocatedFault{.origin = statement_, .fault = result.error()};
    }
    value.text = result.value().text;
    value.interpolated = result.value().substituted;
    for (const Unset& unset : result.value().unset) {
      value.unset.push_back(unset.name);
    }
  }
  variables_.insert_or_assign(name, std::move(value));
  return std::nullopt;
}

// Double quotes and no quotes are interpolated, single quotes are literal. Escapes count in double
// quotes alone.
std::optional<LocatedFault> EnvFileParser::take_value(const std::string& name) {
  const char first = rest().empty() ? '\n' : rest().front();
  if (first != '"' && first != '\'') {
    return store(name, take_unquoted(), true);
  }
  const auto quoted = take_quoted(first);
  if (!quoted) {
    return refused(statement_, "the quotes that are opened in this line are never closed");
  }
  return first == '"' ? store(name, expand_escapes(*quoted), true) : store(name, *quoted, false);
}

// Stops at the first broken statement, as Compose does: a file with one is not used at all.
ParseResult<Variables> EnvFileParser::parse() {
  while (skip_to_statement()) {
    statement_ = here();
    const auto name = take_name();
    if (!name) {
      return refused(statement_, "a line is not NAME=VALUE");
    }
    if (!name->has_value) {
      pass_through(name->text, lookup_, variables_);
      continue;
    }
    if (const auto fault = take_value(name->text)) {
      return *fault;
    }
  }
  return std::move(variables_);
}

// One line of a raw env file; the fault says what is wrong with it.
std::optional<LocatedFault> store_raw_line(std::string_view line, const Origin& origin,
                                           const Lookup& outer, Variables& variables) {
  const std::size_t equals = line.find('=');
  const std::string name{line.substr(0, equals)};
  if (name.empty() || std::any_of(name.begin(), name.end(), is_space)) {
    return refused(origin, "a line is not NAME=VALUE");
  }
  if (equals != std::string_view::npos) {
    variables.insert_or_assign(
        name, VariableValue{.text = std::string{line.substr(equals + 1)}, .origin = origin});
  } else {
    pass_through(name, outer, variables);
  }
  return std::nullopt;
}

}  // namespace

Lookup lookup_in(const Variables& variables) {
  return [&variables](std::string_view name) -> const VariableValue* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : &found->second;
  };
}

ParseResult<Variables> parse_env_file(const SourceText& file, Variables earlier,
                                      const Lookup& outer) {
  return EnvFileParser{file, std::move(earlier), outer}.parse();
}

ParseResult<Variables> parse_raw_env_file(const SourceText& file, Variables earlier,
                                          const Lookup& outer) {
  Origin origin{.source = Source::compose, .place = Location{file.path}, .line = 0, .column = 1};
  std::string_view text = without_mark(file.text);
  // Comments are whole lines here; there is no `export` and no quoting, so each line stands alone.
  while (!text.empty()) {
    ++origin.line;
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && line.back() == '\r') {
      line.remove_suffix(1);
    }
    while (!line.empty() && is_space(line.front())) {
      line.remove_prefix(1);
    }
    if (line.empty() || line.front() == '#') {
      continue;
    }
    if (const auto fault = store_raw_line(line, origin, outer, earlier)) {
      return *fault;
    }
  }
  return earlier;
}

}  // namespace compliance::compose
