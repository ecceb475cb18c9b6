// Whose files are watched: the program's own two, then the sources of each installation.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>

#include "checks/facts/origin.h"
#include "exporter/observe/watch/file_watch.h"

namespace compliance {

inline constexpr WatchOwner config_owner = 0;
inline constexpr WatchOwner waivers_owner = 1;
inline constexpr WatchOwner first_installation_owner = 2;
inline constexpr std::array file_sources{Source::compose, Source::kubernetes, Source::secrets,
                                         Source::runtime_cli};

// The source is one of file_sources.
inline WatchOwner owner_of(std::size_t installation, Source source) {
  const auto* const place = std::find(file_sources.begin(), file_sources.end(), source);
  return first_installation_owner + installation * file_sources.size() +
         static_cast<std::size_t>(place - file_sources.begin());
}

// The sources of each installation that are among the owners.
inline std::map<std::size_t, std::set<Source>> sources_of(const std::set<WatchOwner>& owners) {
  std::map<std::size_t, std::set<Source>> sources;
  for (const WatchOwner owner : owners) {
    if (owner >= first_installation_owner) {
      const std::size_t number = owner - first_installation_owner;
      sources[number / file_sources.size()].insert(file_sources.at(number % file_sources.size()));
    }
  }
  return sources;
}

}  // namespace compliance
