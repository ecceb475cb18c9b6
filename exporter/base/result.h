// A value or the reason why there is none: the small part of std::expected that is needed here.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace compliance {

// Why something could not be done, in words for an operator.
struct Error {
  std::string message;

  // By the words: there are no codes.
  bool operator==(const Error&) const = default;
};

// Holds either a T or an E. Asking for the one that is not there is a programming error.
template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : content_(std::in_place_index<0>, std::move(value)) {
  }  // NOLINT(google-explicit-constructor)
  Result(E error)
      : content_(std::in_place_index<1>, std::move(error)) {
  }  // NOLINT(google-explicit-constructor)

  // True when there is a value. Explicit, so that a Result is never taken for a number.
  explicit operator bool() const { return content_.index() == 0; }

  const T& value() const& {
    assert(content_.index() == 0);
    return *std::get_if<0>(&content_);
  }
  // Moves the value out of a temporary, or of a result that is not used again.
  T&& value() && {
    assert(content_.index() == 0);
    return std::move(*std::get_if<0>(&content_));
  }
  const E& error() const {
    assert(content_.index() == 1);
    return *std::get_if<1>(&content_);
  }

 private:
  std::variant<T, E> content_;
};

// `error` with what was being tried put in front: "reading x: line 7: ...".
inline Error in_context(const std::string& attempt, const Error& error) {
  return Error{attempt + ": " + error.message};
}

}  // namespace compliance
