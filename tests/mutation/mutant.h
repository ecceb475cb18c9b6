// What a mutated copy of the rules includes: which mutant is chosen, and other values in place of
// results.
#pragma once
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
namespace mutant {
inline int chosen() {
  static const int value = std::getenv("MUTANT") ? std::atoi(std::getenv("MUTANT")) : 0;
  return value;
}
constexpr bool on(int number) { return !std::is_constant_evaluated() && chosen() == number; }
constexpr bool negated(int number, bool value) { return on(number) != value; }
// Another value of the same type, where the type has one that anybody could tell apart.
template <class T>
T different(T value) {
  if constexpr (std::is_same_v<T, bool>) {
    return !value;
  } else if constexpr (std::is_enum_v<T>) {
    return value == T{} ? static_cast<T>(1) : T{};
  } else if constexpr (std::is_arithmetic_v<T>) {
    return static_cast<T>(value + 1);
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
    return value.empty() ? T{"mutant"} : T{};
  } else if constexpr (requires {
                         value.has_value();
                         value.emplace();
                       }) {
    return value.has_value() ? T{} : T{std::in_place};
  } else if constexpr (requires {
                         value.empty();
                         value.resize(1);
                       }) {
    return value.empty() ? T(1) : T{};
  } else if constexpr (std::is_default_constructible_v<T>) {
    return T{};
  } else {
    return value;
  }
}
template <class T>
constexpr std::decay_t<T> other(int number, T&& value) {
  if constexpr (std::is_same_v<std::decay_t<T>, bool>) {
    return negated(number, value);
  } else {
    return on(number) ? different(std::decay_t<T>(value)) : std::decay_t<T>(std::forward<T>(value));
  }
}
}  // namespace mutant
