// Memory of a document: an arena for its values and texts, and its roots. Known to this folder
// only.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "exporter/observe/document/document.h"

namespace compliance::document {

// Memory that only grows and is freed at once. Not safe to use from several threads; what it handed
// out stays where it is until it dies. Records are trivially copyable, so nothing has to be
// destroyed.
class Arena {
 public:
  // `expected` bytes are a guess: a wrong one costs a little time or memory.
  explicit Arena(std::size_t expected) : next_chunk_(std::clamp(expected, min_chunk, max_chunk)) {}

  // A copy of `text`.
  std::string_view copy(std::string_view text) {
    if (text.empty()) {
      return {};
    }
    const std::span<std::byte> place = take(text.size(), 1);
    std::memcpy(place.data(), text.data(), text.size());
    return {static_cast<const char*>(static_cast<const void*>(place.data())), text.size()};
  }

  // A copy of `records`; null when there are none.
  template <class T>
  const T* copy(std::span<const T> records) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (records.empty()) {
      return nullptr;
    }
    const std::span<std::byte> place = take(records.size_bytes(), alignof(T));
    std::memcpy(place.data(), records.data(), records.size_bytes());
    return static_cast<const T*>(static_cast<const void*>(place.data()));
  }

  template <class T>
  const T* copy(const T& record) {
    return copy(std::span<const T>{&record, 1});
  }

 private:
  // In bytes. Small documents waste little; large ones need few allocations.
  static constexpr std::size_t min_chunk = 4U << 10U;
  static constexpr std::size_t max_chunk = 1U << 20U;

  // `size` bytes at a multiple of `alignment`.
  std::span<std::byte> take(std::size_t size, std::size_t alignment) {
    const std::size_t padding = (alignment - used_ % alignment) % alignment;
    if (rest_.size() < size + padding) {
      return take_from_new_chunk(size);
    }
    const std::span<std::byte> place = rest_.subspan(padding, size);
    rest_ = rest_.subspan(padding + size);
    used_ += padding + size;
    return place;
  }

  // A new chunk is aligned for every type, so it needs no padding at its start. Something large
  // gets a chunk of its own, and the rest of the chunk in use is not lost.
  std::span<std::byte> take_from_new_chunk(std::size_t size) {
    if (size > next_chunk_ / 2) {
      return add_chunk(size);
    }
    rest_ = add_chunk(next_chunk_);
    next_chunk_ = std::min(next_chunk_ * 2, max_chunk);
    const std::span<std::byte> place = rest_.subspan(0, size);
    rest_ = rest_.subspan(size);
    used_ = size;
    return place;
  }

  std::span<std::byte> add_chunk(std::size_t size) {
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-c-arrays,modernize-avoid-c-arrays): raw memory
    chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
    return {chunks_.back().get(), size};
  }

  // NOLINTNEXTLINE(cppcoreguidelines-avoid-c-arrays,modernize-avoid-c-arrays): raw memory
  std::vector<std::unique_ptr<std::byte[]>> chunks_{};
  std::span<std::byte> rest_{};  // of the chunk in use
  std::size_t used_ = 0;         // in the chunk in use
  // Size of the next one in bytes: each is twice as large, up to the maximum.
  std::size_t next_chunk_;
};

// What a Document owns. It never moves, since nodes point into it.
struct Document::Storage {
  explicit Storage(std::size_t expected) : arena(expected) {}

  Arena arena;
  std::vector<Node> roots{};
};

}  // namespace compliance::document
