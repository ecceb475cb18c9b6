// The hash chain over the events.
#include "exporter/history/chain.h"

#include <string_view>
#include <utility>

#include "exporter/base/digest.h"

namespace compliance {
namespace {

// Unambiguous bytes of several values: texts have their length in front, numbers are 8 bytes with
// the highest first. They begin with what they are, so that a seal never passes for an event. The
// version in that word changes with the fields.
class Encoding {
 public:
  explicit Encoding(std::string_view kind) { add(kind); }

  // The same on every machine: a store may be copied to another.
  Encoding& add(std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes_ += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xFFU);
    }
    return *this;
  }

  Encoding& add(std::string_view text) {
    add(static_cast<std::uint64_t>(text.size()));
    bytes_ += text;
    return *this;
  }

  std::string digest() const { return sha256(bytes_); }

 private:
  std::string bytes_;
};

}  // namespace

std::string event_hash(const std::string& previous, const Event& event) {
  return Encoding{"caracal-compliance event 1"}
      .add(previous)
      .add(event.sequence)
      .add(static_cast<std::uint64_t>(milliseconds_of(event.at)))
      .add(event.installation)
      .add(event.check)
      .add(event.scope)
      .add(event.component)
      .add(event.from)
      .add(event.to)
      .add(event.reason)
      .add(event.object)
      .add(event.origin)
      .add(event.message)
      .digest();
}

std::string seal_of(const ChainRecord& record) {
  return Encoding{"caracal-compliance chain 1"}
      .add(static_cast<std::uint64_t>(record.created_at))
      .add(record.genesis)
      .add(record.anchor_sequence)
      .add(record.anchor_hash)
      .add(record.head_sequence)
      .add(record.head_hash)
      .digest();
}

ChainRecord new_chain(Instant now, std::string genesis) {
  ChainRecord record{.created_at = milliseconds_of(now), .genesis = std::move(genesis)};
  record.anchor_hash = record.genesis;
  record.head_hash = record.genesis;
  record.seal = seal_of(record);
  return record;
}

std::int64_t milliseconds_of(Instant instant) {
  return std::chrono::floor<std::chrono::milliseconds>(instant).time_since_epoch().count();
}

Instant instant_of(std::int64_t milliseconds) {
  return Instant{std::chrono::milliseconds{milliseconds}};
}

}  // namespace compliance
