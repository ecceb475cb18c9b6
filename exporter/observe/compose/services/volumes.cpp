// One entry of a service's `volumes`.
#include "exporter/observe/compose/services/volumes.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <utility>
#include <vector>

#include "checks/formats/ascii.h"
#include "exporter/observe/compose/services/facts.h"

namespace compliance::compose {
namespace {

// The sections between colons; one letter before a colon is a Windows drive.
std::vector<std::string> sections_of(std::string_view text) {
  std::vector<std::string> sections{""};
  for (const char c : text) {
    std::string& section = sections.back();
    const bool is_drive = section.size() == 1 && is_letter(section.front());
    if (c == ':' && !is_drive) {
      sections.emplace_back();
    } else {
      section += c;
    }
  }
  return sections;
}

bool is_host_path(const std::string& source) {
  if (source.empty()) {
    return false;
  }
  const bool windows = source.substr(0, 2) == "\\\\" ||
                       (source.size() > 1 && is_letter(source.front()) && source[1] == ':');
  return windows || std::string_view{"./~"}.find(source.front()) != std::string_view::npos;
}

bool says_read_only(const std::string& options) {
  bool read_only = false;
  std::size_t start = 0;
  while (start <= options.size()) {
    const std::size_t end = std::min(options.find(',', start), options.size());
    const std::string option = options.substr(start, end - start);
    read_only = option == "ro" || (read_only && option != "rw");
    start = end + 1;
  }
  return read_only;
}

std::string host_path(const Value& entry, const std::string& path) {
  const bool windows = path.find('\\') != std::string::npos;
  return windows || !entry.scope ? path : path_in(entry.scope->directory, path).string();
}

ParseResult<Mount> read_short_volume(const Value& entry) {
  const std::vector<std::string> sections = sections_of(entry.text);
  Mount mount{.kind = MountKind::named_volume, .origin = entry.origin};
  mount.fault = unset_fault(entry);
  const bool has_empty = std::find(sections.begin(), sections.end(), "") != sections.end();
  if (!mount.fault && (has_empty || sections.size() > 3)) {
    return refused(entry.origin, "an entry of volumes is no mount");
  }
  const bool anonymous = sections.size() == 1;
  mount.target = clean_target(anonymous ? sections.front() : sections[1]);
  mount.read_only = sections.size() > 2 && says_read_only(sections[2]);
  if (!anonymous && is_host_path(sections.front())) {
    mount.kind = MountKind::bind;
    mount.source = host_path(entry, sections.front());
  } else if (!anonymous) {
    mount.source = sections.front();
  }
  return mount;
}

std::optional<Fault> unset_in_volume(const Value& entry) {
  for (const std::string_view key : {"type", "source", "target"}) {
    const Value* value = entry.find(key);
    if (auto fault = value == nullptr ? std::nullopt : unset_fault(*value)) {
      return fault;
    }
  }
  return std::nullopt;
}

// The kind of a long form's type, and what its source is then.
bool set_kind(Mount& mount, const Value& entry, const std::string& type) {
  const Value* source = entry.find("source");
  const std::string text = source == nullptr ? "" : source->text;
  if (type == "bind") {
    mount.kind = MountKind::bind;
    mount.source = host_path(entry, text);
    return !text.empty();
  }
  if (type == "volume") {
    mount.kind = MountKind::named_volume;
    mount.source = text;
    return true;
  }
  if (type == "tmpfs") {
    mount.kind = MountKind::tmpfs;
    return true;
  }
  mount.kind = MountKind::other_volume;
  mount.source = type;
  return type == "npipe" || type == "cluster" || type == "image";
}

ParseResult<Mount> read_long_volume(const Value& entry) {
  const Value* type = entry.find("type");
  const Value* target = entry.find("target");
  const auto read_only = boolean_fact(entry.find("read_only"), entry.origin);
  if (!read_only) {
    return read_only.error();
  }
  Mount mount{.origin = entry.origin};
  mount.fault = unset_in_volume(entry);
  mount.read_only = read_only.value().value.value_or(false);
  mount.target = clean_target(target == nullptr ? "" : target->text);
  const bool known = set_kind(mount, entry, type == nullptr ? "" : type->text);
  if (!mount.fault && (!known || mount.target.empty())) {
    return refused(entry.origin, "an entry of volumes is no mount");
  }
  for (const std::string_view kind : {"volume", "image"}) {
    if (const Value* sub_path = value_at(entry, {kind, "subpath"})) {
      mount.sub_path = sub_path->text;
    }
  }
  return mount;
}

}  // namespace

std::string clean_target(const std::string& path) {
  std::string clean = path.empty() ? path : std::filesystem::path{path}.lexically_normal().string();
  while (clean.size() > 1 && clean.back() == '/') {
    clean.pop_back();
  }
  return clean;
}

ParseResult<Mount> read_volume(const Value& entry) {
  return entry.is_mapping() ? read_long_volume(entry) : read_short_volume(entry);
}

}  // namespace compliance::compose
