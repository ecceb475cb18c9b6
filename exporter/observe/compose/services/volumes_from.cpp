// `volumes_from`: the mounts that a service takes from others.
#include "exporter/observe/compose/services/volumes_from.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <utility>

namespace compliance::compose {
namespace {

constexpr std::string_view container_prefix = "container:";

// A few lines could otherwise take a great many mounts over a great many steps.
constexpr std::size_t max_taken_steps = 100;
constexpr std::size_t max_taken_mounts = 100'000;

// Where something is mounted, it is not known what.
Mount unknown_mount(const VolumesFrom& source, Fault fault) {
  return {.kind = MountKind::bind, .fault = std::move(fault), .origin = source.origin};
}

// Follows the entries, each container once.
class MountTaking {
 public:
  explicit MountTaking(std::vector<MountTaker>& takers)
      : takers_(takers), states_(takers.size(), State::open) {
    for (std::size_t index = 0; index < takers.size(); ++index) {
      if (takers[index].is_service) {
        services_.emplace(takers[index].container->name, index);
      }
    }
  }

  // `steps` led here.
  void finish(std::size_t index, std::size_t steps) {
    if (states_[index] != State::open) {
      return;
    }
    states_[index] = State::in_work;
    Container& container = *takers_[index].container;
    std::set<std::string> targets;
    for (const Mount& mount : container.mounts) {
      targets.insert(mount.target);
    }
    const auto& sources = takers_[index].sources;
    // The last one first: what it mounts hides what earlier ones mount at the same place.
    for (auto source = sources.rbegin(); source != sources.rend(); ++source) {
      for (Mount& mount : mounts_of(*source, steps)) {
        if (mount.fault || targets.insert(mount.target).second) {
          container.mounts.push_back(std::move(mount));
        }
      }
    }
    states_[index] = State::finished;
  }

 private:
  enum class State : std::uint8_t { open, in_work, finished };

  // What one entry mounts.
  std::vector<Mount> mounts_of(const VolumesFrom& source, std::size_t steps) {
    if (source.fault) {
      return {unknown_mount(source, *source.fault)};
    }
    const auto found = services_.find(source.service);
    if (found == services_.end()) {
      return {unknown_mount(source, {.reason = UnknownReason::missing_object,
                                     .message = "volumes_from names a service that is not there"})};
    }
    if (steps >= max_taken_steps) {
      return {unknown_mount(source, {.reason = UnknownReason::limit_exceeded,
                                     .message = "volumes_from goes over too many steps"})};
    }
    if (states_[found->second] == State::in_work) {
      return {unknown_mount(source, {.reason = UnknownReason::unparsable,
                                     .message = "services take each other's volumes in a circle"})};
    }
    finish(found->second, steps + 1);
    return copies(takers_[found->second].container->mounts, source);
  }

  // The mounts that are passed on.
  std::vector<Mount> copies(const std::vector<Mount>& mounts, const VolumesFrom& source) {
    taken_ += mounts.size();
    if (taken_ > max_taken_mounts) {
      return {unknown_mount(source, {.reason = UnknownReason::limit_exceeded,
                                     .message = "volumes_from takes too many mounts"})};
    }
    std::vector<Mount> taken;
    for (const Mount& mount : mounts) {
      if (mount.kind != MountKind::tmpfs) {
        taken.push_back(mount);
        taken.back().read_only = mount.read_only || source.read_only;
        taken.back().origin = source.origin;
      }
    }
    return taken;
  }

  std::vector<MountTaker>& takers_;
  std::vector<State> states_;
  std::map<std::string, std::size_t> services_{};  // by name
  std::size_t taken_ = 0;
};

VolumesFrom parse_volumes_from(const Value& entry) {
  VolumesFrom source{.fault = unset_fault(entry), .origin = entry.origin};
  if (source.fault) {
    return source;
  }
  if (entry.text.starts_with(container_prefix)) {
    source.fault = Fault{.reason = UnknownReason::not_observable,
                         .message = "takes the volumes of a container outside the project"};
    return source;
  }
  const std::size_t colon = entry.text.find(':');
  source.service = entry.text.substr(0, colon);
  source.read_only = colon != std::string::npos && entry.text.substr(colon + 1) == "ro";
  return source;
}

}  // namespace

std::vector<VolumesFrom> read_volumes_from(const Value& service) {
  std::vector<VolumesFrom> sources;
  for (const Value& entry : items_at(service, "volumes_from")) {
    sources.push_back(parse_volumes_from(entry));
  }
  return sources;
}

void take_mounts(std::vector<MountTaker>& takers) {
  MountTaking taking{takers};
  for (std::size_t index = 0; index < takers.size(); ++index) {
    taking.finish(index, 0);
  }
}

}  // namespace compliance::compose
