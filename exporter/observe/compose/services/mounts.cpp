// `volumes`, `tmpfs`, `secrets` and `configs` of a service.
#include "exporter/observe/compose/services/mounts.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "exporter/observe/compose/services/facts.h"
#include "exporter/observe/compose/services/volumes.h"

namespace compliance::compose {
namespace {

constexpr const char* engine_socket = "/var/run/docker.sock";

const std::vector<Value>& items_of(const Value& service, std::string_view key) {
  static const std::vector<Value> none;
  const Value* list = service.find(key);
  return list == nullptr ? none : list->items;
}

// A named volume of the local driver that is really a directory of the host.
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

void add_tmpfs(std::vector<Mount>& mounts, const Value& service) {
  const Value* tmpfs = service.find("tmpfs");
  if (tmpfs != nullptr && tmpfs->is_scalar()) {
    mounts.push_back(tmpfs_mount(*tmpfs));
  }
  for (const Value& entry : items_of(service, "tmpfs")) {
    mounts.push_back(tmpfs_mount(entry));
  }
}

// Secrets and configs differ in where they appear by default.
struct FileMounts {
  std::string_view key;
  MountKind kind;
  std::string directory;
};

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
