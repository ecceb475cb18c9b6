// Which files Compose takes in a directory when it is told none.
#include "exporter/observe/compose/default_files.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "exporter/observe/compose/model/files.h"

namespace compliance::compose {
namespace {

// In the order of compose-go.
constexpr auto default_names = std::to_array<const char*>(
    {"compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"});
constexpr auto override_names =
    std::to_array<const char*>({"compose.override.yml", "compose.override.yaml",
                                "docker-compose.override.yml", "docker-compose.override.yaml"});

// The first of the names that is there.
template <std::size_t size>
std::vector<std::string> first_there(const std::filesystem::path& directory,
                                     const std::array<const char*, size>& names,
                                     const ReadText& read) {
  for (const char* name : names) {
    const auto path = (directory / name).lexically_normal();
    const auto text = read(path);
    if (text || text.error().reason != UnknownReason::missing_object) {
      return {path.string()};
    }
  }
  return {};
}

// The text of a variable of `.env`; empty when there is none.
std::string text_of(const Variables& variables, std::string_view name) {
  const auto found = variables.find(name);
  return found == variables.end() ? "" : found->second.text;
}

// COMPOSE_FILE of `.env`, against the directory. A `.env` that is broken names none: reading the
// project says so.
std::vector<std::string> named_in_env(const std::filesystem::path& directory,
                                      const ReadText& read) {
  Files files{read};
  const Variables none;
  auto parsed = files.add_env_file(directory / ".env", {}, lookup_in(none));
  const Variables variables = parsed ? std::move(parsed).value() : Variables{};
  const std::string list = text_of(variables, "COMPOSE_FILE");
  const std::string stated = text_of(variables, "COMPOSE_PATH_SEPARATOR");
  const std::string separator = stated.empty() ? ":" : stated;
  std::vector<std::string> paths;
  for (std::size_t start = 0; !list.empty() && start <= list.size();) {
    const std::size_t end = std::min(list.find(separator, start), list.size());
    paths.push_back(path_in(directory, list.substr(start, end - start)).string());
    start = end + separator.size();
  }
  return paths;
}

// Files of different spellings are one file.
std::string normal_path(const std::string& path) {
  return std::filesystem::path{path}.lexically_normal().string();
}

std::set<std::string> normal_paths(const std::vector<std::string>& paths) {
  std::set<std::string> normal;
  std::transform(paths.begin(), paths.end(), std::inserter(normal, normal.end()), &normal_path);
  return normal;
}

// The first of the default names, and of the default overrides beside it.
std::vector<std::string> files_by_name(const std::filesystem::path& directory,
                                       const ReadText& read) {
  auto files = first_there(directory, default_names, read);
  if (!files.empty()) {
    const auto overrides = first_there(directory, override_names, read);
    files.insert(files.end(), overrides.begin(), overrides.end());
  }
  return files;
}

}  // namespace

std::vector<std::string> default_files(const std::filesystem::path& directory,
                                       const ReadText& read) {
  auto files = named_in_env(directory, read);
  return files.empty() ? files_by_name(directory, read) : files;
}

std::string note_on_files(const std::vector<std::string>& files, const ReadText& read) {
  if (files.empty() || files.front() == "-") {
    return {};
  }
  const std::filesystem::path directory = std::filesystem::path{files.front()}.parent_path();
  const auto configured = normal_paths(files);
  const auto named = normal_paths(named_in_env(directory, read));
  if (!named.empty()) {
    return named == configured ? ""
                               : "COMPOSE_FILE in .env names other files than the configured "
                                 "ones: Compose reads those unless it is told otherwise";
  }
  // With another first file Compose takes no override of its own.
  const std::string first = std::filesystem::path{files.front()}.filename().string();
  if (std::find(default_names.begin(), default_names.end(), first) == default_names.end()) {
    return {};
  }
  const auto defaults = files_by_name(directory, read);
  const auto is_configured = [&configured](const std::string& path) {
    return configured.contains(normal_path(path));
  };
  if (defaults.size() < 2 || !is_configured(defaults.front())) {
    return {};
  }
  const auto override_path = std::filesystem::path{defaults.back()};
  return is_configured(defaults.back())
             ? ""
             : override_path.filename().string() +
                   " lies beside the configured files and is not read: Compose reads it unless it "
                   "is told otherwise";
}

}  // namespace compliance::compose
