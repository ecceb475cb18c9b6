// ${VAR} and its relatives, as Compose substitutes them.
#include "exporter/observe/compose/model/interpolate.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace compliance::compose {
namespace {

// Defaults inside defaults. Recursion is bounded by it, and no real file comes near.
constexpr std::size_t max_depth = 100;
// The longest result in bytes, as the longest text of a document: a few references must not
// multiply a text.
constexpr std::size_t max_bytes = 4U << 20U;

// Names as Compose substitutes them: [_a-zA-Z][_a-zA-Z0-9]*, ASCII alone.
bool starts_name(char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool continues_name(char c) { return starts_name(c) || (c >= '0' && c <= '9'); }

// The variable name at the front of `text`; empty when there is none.
std::string_view name_at(std::string_view text) {
  if (text.empty() || !starts_name(text.front())) {
    return {};
  }
  std::size_t end = 1;
  while (end < text.size() && continues_name(text[end])) {
    ++end;
  }
  return text.substr(0, end);
}

// What stands between the braces of `text`, which begins with an opening one: up to the brace that
// closes it, or the last one of the line where braces do not pair up; nothing without any.
std::optional<std::string_view> braced(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  std::size_t open = 0;
  for (std::size_t index = 0; index < line.size(); ++index) {
    if (line[index] == '{') {
      ++open;
    } else if (line[index] == '}' && --open == 0) {
      return line.substr(1, index - 1);
    }
  }
  const std::size_t last = line.rfind('}');
  return last == std::string_view::npos ? std::nullopt : std::optional{line.substr(1, last - 1)};
}

// The parts of ${...}: the name, the operator with its colon, and the text after it.
struct Expression {
  std::string_view name{};
  char operation = '\0';  // - ? + or none
  bool empty_counts_as_unset = false;
  std::string_view word{};
};

// `text` is what stands between the braces. Nothing when it is no expression.
std::optional<Expression> parse_expression(std::string_view text) {
  Expression expression{.name = name_at(text)};
  std::string_view rest = text.substr(expression.name.size());
  if (expression.name.empty() || rest.empty()) {
    return expression.name.empty() ? std::nullopt : std::optional{expression};
  }
  if (rest.front() == ':') {
    expression.empty_counts_as_unset = true;
    rest.remove_prefix(1);
  }
  if (rest.empty() || std::string_view{"-?+"}.find(rest.front()) == std::string_view::npos) {
    return std::nullopt;
  }
  expression.operation = rest.front();
  expression.word = rest.substr(1);
  return expression;
}

// Builds one interpolated text. Ends at the first fault, which finish() gives.
class Interpolation {
 public:
  explicit Interpolation(const Lookup& lookup) : lookup_(lookup) {}

  // Appends the substituted `text`; false once there is a fault.
  bool append(std::string_view text, std::size_t depth);

  Result<Interpolated, Fault> finish() {
    if (fault_) {
      return *fault_;
    }
    return std::move(result_);
  }

 private:
  // Handles the dollar sign at the front and moves behind what belongs to it.
  bool append_reference(std::string_view& text, std::size_t depth);
  bool append_expression(const Expression& expression, std::size_t depth);
  // The functions that append give false once there is a fault.
  bool append_value(const VariableValue& value);
  // Notes a variable without value at the place where its text would stand.
  void append_unset(std::string_view name);
  void append_unset_of(const VariableValue* value);
  bool fail(UnknownReason reason, std::string message);

  const Lookup& lookup_;
  Interpolated result_;
  std::optional<Fault> fault_;
};

bool Interpolation::append(std::string_view text, std::size_t depth) {
  if (depth > max_depth) {
    return fail(UnknownReason::limit_exceeded, "defaults of variables are nested too deeply");
  }
  // Text between dollar signs is copied as it is.
  while (!text.empty()) {
    const std::size_t dollar = std::min(text.find('$'), text.size());
    result_.text.append(text.substr(0, dollar));
    text.remove_prefix(dollar);
    if (!text.empty() && !append_reference(text, depth)) {
      return false;
    }
    if (result_.text.size() > max_bytes) {
      return fail(UnknownReason::limit_exceeded, "a value grows too long by its variables");
    }
  }
  return true;
}

bool Interpolation::append_reference(std::string_view& text, std::size_t depth) {
  const char next = text.size() > 1 ? text[1] : '\0';
  if (next == '{') {
    const auto content = braced(text.substr(1));
    const auto expression = content ? parse_expression(*content) : std::nullopt;
    if (!expression) {
      return fail(UnknownReason::unparsable,
                  "invalid interpolation: a $ that is meant literally is written $$");
    }
    // The dollar sign and both braces.
    text.remove_prefix(content->size() + 3);
    return append_expression(*expression, depth);
  }
  const std::string_view name = name_at(text.substr(1));
  if (!name.empty()) {
    text.remove_prefix(name.size() + 1);
    return append_expression({.name = name}, depth);
  }
  result_.text += '$';
  text.remove_prefix(next == '$' ? 2 : 1);
  return true;
}

// With a colon an empty value counts as none. A value that is empty only because a variable in it
// has none is not known to be empty, so it counts.
bool Interpolation::append_expression(const Expression& expression, std::size_t depth) {
  result_.substituted = true;
  const VariableValue* value = lookup_(expression.name);
  const bool counts = value != nullptr && !(expression.empty_counts_as_unset &&
                                            value->text.empty() && value->unset.empty());
  switch (expression.operation) {
    case '-':
      return counts ? append_value(*value) : append(expression.word, depth + 1);
    case '+':
      // Whether the replacement stands here depends on the value, so what the value lacks makes the
      // text uncertain too.
      append_unset_of(value);
      return !counts || append(expression.word, depth + 1);
    case '?':
      return counts ? append_value(*value)
                    : fail(UnknownReason::unresolved_reference, "the variable " +
                                                                    std::string{expression.name} +
                                                                    " is required and not set");
    default:
      break;
  }
  if (value == nullptr) {
    append_unset(expression.name);
    return true;
  }
  return append_value(*value);
}

bool Interpolation::append_value(const VariableValue& value) {
  append_unset_of(&value);
  result_.text += value.text;
  return true;
}

void Interpolation::append_unset_of(const VariableValue* value) {
  for (const std::string& name : value == nullptr ? std::vector<std::string>{} : value->unset) {
    append_unset(name);
  }
}

void Interpolation::append_unset(std::string_view name) {
  result_.unset.push_back({.name = std::string{name}, .offset = result_.text.size()});
}

bool Interpolation::fail(UnknownReason reason, std::string message) {
  fault_ = Fault{.reason = reason, .message = std::move(message)};
  return false;
}

}  // namespace

Result<Interpolated, Fault> interpolate(std::string_view text, const Lookup& lookup) {
  Interpolation interpolation{lookup};
  interpolation.append(text, 0);
  return interpolation.finish();
}

}  // namespace compliance::compose
