// EnumArray: one value for each enumerator of an enum that ends in `count`.
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <utility>

namespace compliance {

// A fixed-size array indexed by the enumerators of `Enum`, which start at 0, are consecutive and
// end in `Enum::count`. Every value exists from the start; iteration follows the enumerators, so
// code that treats all of them alike is a loop and needs no change when one is added.
template <class Enum, class T>
class EnumArray {
 public:
  // All values are value-initialised.
  EnumArray() = default;

  // Sets the values named; the others are value-initialised. Of a key named twice the last counts.
  EnumArray(std::initializer_list<std::pair<Enum, T>> values) {
    for (const auto& [key, value] : values) {
      (*this)[key] = value;
    }
  }

  T& operator[](Enum key) { return values_.at(static_cast<std::size_t>(key)); }
  const T& operator[](Enum key) const { return values_.at(static_cast<std::size_t>(key)); }

  auto begin() { return values_.begin(); }
  auto end() { return values_.end(); }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }

  bool operator==(const EnumArray&) const = default;

 private:
  std::array<T, static_cast<std::size_t>(Enum::count)> values_{};
};

}  // namespace compliance
