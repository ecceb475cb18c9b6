// Reads `volumes`, `tmpfs`, `secrets` and `configs` of a service as mounts.
#include "exporter/observe/compose/services/mounts.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <utility>
#include <vector>

#include "checks/facts/container.h"
#include "checks/formats/ascii.h"
#include "exporter/observe/compose/model/value.h"
#include "exporter/observe/compose/services/facts.h"

namespace compliance::compose {
namespace {

// `path` without ".", ".." and a slash at its end, as the engine sees a target.
std::string clean_target(const std::string& path) {
  std::string clean = path.empty() ? path : std::filesystem::path{path}.lexically_normal().string();
  while (clean.size() > 1 && clean.back() == '/') {
    clean.pop_back();
  }
  return clean;
}

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

// A source that begins like a path is one; any other is the name of a volume. Compose decides by
// the same characters.
bool is_host_path(const std::string& source) {
  if (source.empty()) {
    return false;
  }
  const bool windows = source.substr(0, 2) == "\\\\" ||
                       (source.size() > 1 && is_letter(source.front()) && source[1] == ':');
  return windows || std::string_view{"./~"}.find(source.front()) != std::string_view::npos;
}

// Of several options the last one counts. Others, such as z or nocopy, say nothing about it.
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

// The path on the host. A path of Windows stays as written: it means nothing on this machine.
std::string host_path(const Value& entry, const std::string& path) {
  const bool windows = path.find('\\') != std::string::npos;
  return windows || !entry.scope ? path : path_in(entry.scope->directory, path).string();
}

// SOURCE:TARGET:OPTIONS, the first and the last part optional (Compose specification, volumes). A
// target alone is an anonymous volume, whose source is empty.
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

// The parts that decide what is mounted where; other keys are only options.
std::optional<Fault> unset_in_volume(const Value& entry) {
  for (const std::string_view key : {"type", "source", "target"}) {
    const Value* value = entry.find(key);
    if (auto fault = value == nullptr ? std::nullopt : unset_fault(*value)) {
      return fault;
    }
  }
  return std::nullopt;
}

// Sets kind and source by the type of the long form. False when the type is unknown or a bind mount
// names no source.
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

// With a variable without value the mount has a fault and holds what is known of it.
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

// A volume in short or long form. Sources of bind mounts are against the project directory, those
// below the home directory stay as written.
ParseResult<Mount> read_volume(const Value& entry) {
  return entry.is_mapping() ? read_long_volume(entry) : read_short_volume(entry);
}

// Where Docker's engine listens on Linux, and where use_api_socket mounts it.
constexpr const char* engine_socket = "/var/run/docker.sock";

// The items of a list; none when there is no such key.
const std::vector<Value>& items_of(const Value& service, std::string_view key) {
  static const std::vector<Value> none;
  const Value* list = service.find(key);
  return list == nullptr ? none : list->items;
}

// Makes a named volume of the local driver a bind mount where its options bind a directory of the
// host: `driver_opts: {type: none, o: bind, device: PATH}` gives a container the host's files
// without a path in `volumes`.
void follow_driver_options(Mount& mount, const Value& model) {
  const Value* options = value_at(model, {"volumes", mount.source, "driver_opts"});
  const Value* device = options == nullptr ? nullptr : options->find("device");
  const Value* flags = options == nullptr ? nullptr : options->find("o");
  if (mount.kind != MountKind::named_volume || device == nullptr || flags == nullptr) {
    return;
  }
  const std::string flag_list = ',' + flags->text + ',';
  if (flag_list.find(",bind,") == std::string::npos &&
      flag_list.find(",rbind,") == std::string::npos) {
    return;
  }
  mount.kind = MountKind::bind;
  mount.source = path_of(*device).string();
  mount.read_only = mount.read_only || flag_list.find(",ro,") != std::string::npos;
  if (auto fault = unset_fault(*device)) {
    mount.fault = std::move(fault);
  }
}

// Of two volumes with one target the later one counts, as in Compose. Targets that are not certain
// replace nothing.
std::optional<LocatedFault> add_volumes(std::vector<Mount>& mounts, const Value& service,
                                        const Value& model) {
  for (const Value& entry : items_of(service, "volumes")) {
    auto mount = read_volume(entry);
    if (!mount) {
      return mount.error();
    }
    Mount volume = std::move(mount).value();
    follow_driver_options(volume, model);
    const auto present = std::find_if(mounts.begin(), mounts.end(), [&volume](const Mount& known) {
      return known.target == volume.target && !known.fault && !volume.fault;
    });
    if (present != mounts.end()) {
      *present = std::move(volume);
    } else {
      mounts.push_back(std::move(volume));
    }
  }
  return std::nullopt;
}

// TARGET:OPTIONS, where the options are optional.
Mount tmpfs_mount(const Value& entry) {
  const std::size_t colon = entry.text.find(':');
  const std::string options =
      colon == std::string::npos ? "," : ',' + entry.text.substr(colon + 1) + ',';
  Mount mount{.kind = MountKind::tmpfs,
              .target = clean_target(entry.text.substr(0, colon)),
              .read_only = options.find(",ro,") != std::string::npos,
              .origin = entry.origin};
  mount.fault = unset_fault(entry);
  return mount;
}

// One text or a list of them.
void add_tmpfs(std::vector<Mount>& mounts, const Value& service) {
  const Value* tmpfs = service.find("tmpfs");
  if (tmpfs != nullptr && tmpfs->is_scalar()) {
    mounts.push_back(tmpfs_mount(*tmpfs));
  }
  for (const Value& entry : items_of(service, "tmpfs")) {
    mounts.push_back(tmpfs_mount(entry));
  }
}

// The key of a service for secrets or for configs, and the directory in which a relative target
// lies (Compose specification, secrets and configs).
struct FileMounts {
  std::string_view key;
  MountKind kind;
  std::string directory;
};

// Both forms: a name, or source and target. The engine mounts them read-only.
ParseResult<Mount> read_file_mount(const Value& entry, const FileMounts& form) {
  const Value* source = entry.is_scalar() ? &entry : entry.find("source");
  if (source == nullptr || !source->is_scalar()) {
    return refused(entry.origin, "an entry of " + std::string{form.key} + " names no source");
  }
  const Value* target = entry.find("target");
  const std::string& path = target == nullptr || target->text.empty() ? source->text : target->text;
  Mount mount{.kind = form.kind,
              .source = source->text,
              .target = clean_target(path.substr(0, 1) == "/" ? path : form.directory + path),
              .read_only = true,
              .origin = entry.origin};
  mount.fault = unset_fault(*source);
  if (target != nullptr && !mount.fault) {
    mount.fault = unset_fault(*target);
  }
  return mount;
}

// Of two with one target the later one counts; volumes with that target are left alone.
std::optional<LocatedFault> add_file_mounts(std::vector<Mount>& mounts, const Value& service,
                                            const FileMounts& form) {
  const std::size_t before = mounts.size();
  for (const Value& entry : items_of(service, form.key)) {
    auto mount = read_file_mount(entry, form);
    if (!mount) {
      return mount.error();
    }
    const auto present = std::find_if(mounts.begin() + static_cast<std::ptrdiff_t>(before),
                                      mounts.end(), [&mount](const Mount& known) {
                                        return known.target == mount.value().target &&
                                               !known.fault && !mount.value().fault;
                                      });
    if (present != mounts.end()) {
      *present = std::move(mount).value();
    } else {
      mounts.push_back(std::move(mount).value());
    }
  }
  return std::nullopt;
}

// `use_api_socket` mounts the engine's socket without a word in `volumes`.
ParseResult<std::vector<Mount>> with_api_socket(std::vector<Mount> mounts, const Value& service) {
  const auto asked = boolean_fact(service.find("use_api_socket"), service.origin);
  if (!asked) {
    return asked.error();
  }
  // What cannot be decided is a mount with a fault: rules about the socket are undecided then.
  if (asked.value().is(true) || asked.value().fault) {
    mounts.push_back({.kind = MountKind::bind,
                      .source = engine_socket,
                      .target = engine_socket,
                      .fault = asked.value().fault,
                      .origin = asked.value().origin});
  }
  return mounts;
}

}  // namespace

ParseResult<std::vector<Mount>> read_mounts(const Value& service, const Value& model) {
  std::vector<Mount> mounts;
  if (auto fault = add_volumes(mounts, service, model)) {
    return std::move(*fault);
  }
  add_tmpfs(mounts, service);
  for (const FileMounts& form : {FileMounts{"secrets", MountKind::compose_secret, "/run/secrets/"},
                                 FileMounts{"configs", MountKind::compose_config, "/"}}) {
    if (auto fault = add_file_mounts(mounts, service, form)) {
      return std::move(*fault);
    }
  }
  return with_api_socket(std::move(mounts), service);
}

}  // namespace compliance::compose
