// Reads a Compose project apart from its services: variables, profiles, name, secrets.
#include "exporter/observe/compose/model/project.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "exporter/observe/compose/model/schema.h"

namespace compliance::compose {
namespace {

// A project's name as Compose derives it from a directory: lower case, [a-z0-9_-].
std::string normal_name(const std::string& text) {
  std::string name;
  for (const char c : text) {
    const auto lower = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const bool plain = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
    if (plain || (!name.empty() && (lower == '_' || lower == '-'))) {
      name += lower;
    }
  }
  return name;
}

// The last `name` of a file that is stated in full, which may use variables; empty when there is
// none.
std::string name_in(const ParsedFile& file, const Variables& variables) {
  std::string last;
  for (const document::Node& root :
       file.document ? file.document.value().roots() : std::vector<document::Node>{}) {
    const auto name = interpolate(root["name"].text(), lookup_in(variables));
    if (name && !name.value().text.empty() && name.value().unset.empty()) {
      last = name.value().text;
    }
  }
  return last;
}

// The last `name` in the files; else the name of the directory. Empty when neither gives one:
// COMPOSE_PROJECT_NAME is then not set. The files are looked into before they are merged, since the
// name itself is a variable for the merge.
VariableValue project_name(const std::vector<ParsedFile>& parsed, const ComposeInput& input,
                           const Variables& variables) {
  VariableValue result;
  for (const ParsedFile& file : parsed) {
    if (std::string name = name_in(file, variables); !name.empty()) {
      result.text = std::move(name);
    }
  }
  if (result.text.empty()) {
    // The slash at the end makes the last name of the path the directory's, "." and ".." resolved.
    const auto path = input.working_directory / input.project_directory / "";
    const auto directory = path.lexically_normal().parent_path();
    result.text = normal_name(directory.filename().string());
  }
  return result;
}

// The variables of the env files; they may use configured ones and those of earlier files.
ParseResult<Variables> read_env_files(Files& files, const ComposeInput& input,
                                      const Variables& configured) {
  const Lookup outer = lookup_in(configured);
  if (input.env_files.empty()) {
    return files.add_env_file(path_in(input.project_directory, ".env"), {}, outer);
  }
  Variables variables;
  for (const SourceText& file : input.env_files) {
    auto parsed = parse_env_file(file, std::move(variables), outer);
    if (!parsed) {
      return parsed;
    }
    variables = std::move(parsed).value();
  }
  return variables;
}

// External wins over the other keys. Older files give `external` a mapping.
ComposeSecretSource source_of(const Value& secret) {
  const Value* external = secret.find("external");
  if (external != nullptr &&
      (external->is_mapping() || boolean_of(external->text).value_or(false))) {
    return ComposeSecretSource::external;
  }
  if (secret.find("environment") != nullptr) {
    return ComposeSecretSource::environment;
  }
  if (secret.find("content") != nullptr) {
    return ComposeSecretSource::content;
  }
  return secret.find("file") != nullptr ? ComposeSecretSource::file : ComposeSecretSource::unstated;
}

// Why Compose refuses the secret.
std::optional<LocatedFault> secret_fault(const Key& key, const Value& secret) {
  if (auto fault = secret_schema_fault(secret, key.origin, "secret " + key.name)) {
    return fault;
  }
  if (secret.find("file") != nullptr && secret.find("environment") != nullptr) {
    return refused(key.origin, "secret " + key.name + " comes from a file and a variable at once");
  }
  return std::nullopt;
}

// True when the section has an entry of that name, null included.
bool defines(const Value& model, std::string_view section, const std::string& name) {
  return value_at(model, {section, name}) != nullptr;
}

// The section that has to define the source of the mount; empty if none has to.
std::string_view section_of(const Mount& mount) {
  if (mount.kind == MountKind::compose_secret) {
    return "secrets";
  }
  if (mount.kind == MountKind::compose_config) {
    return "configs";
  }
  return mount.kind == MountKind::named_volume && !mount.source.empty() ? "volumes" : "";
}

}  // namespace

ParseResult<Variables> read_variables(Files& files, const ComposeInput& input,
                                      const std::vector<ParsedFile>& parsed) {
  Variables configured;
  for (const auto& [name, text] : input.environment) {
    configured.emplace(name, VariableValue{.text = text});
  }
  auto read = read_env_files(files, input, configured);
  if (!read) {
    return read;
  }
  // merge() keeps what is there already, so configured variables win.
  Variables from_files = std::move(read).value();
  configured.merge(from_files);
  VariableValue name = project_name(parsed, input, configured);
  if (!name.text.empty()) {
    configured.emplace("COMPOSE_PROJECT_NAME", std::move(name));
  }
  return configured;
}

std::vector<std::string> enabled_profiles(const ComposeInput& input, const Variables& variables) {
  const auto named = variables.find("COMPOSE_PROFILES");
  if (!input.profiles.empty() || named == variables.end()) {
    return input.profiles;
  }
  // Names are separated by commas; white space is left out.
  std::vector<std::string> profiles{""};
  for (const char c : named->second.text) {
    if (c == ',') {
      profiles.emplace_back();
    } else if (std::isspace(static_cast<unsigned char>(c)) == 0) {
      profiles.back() += c;
    }
  }
  return profiles;
}

bool is_enabled(const Value& service, const std::vector<std::string>& profiles) {
  // An empty list is the same as none.
  const Value* own = service.find("profiles");
  if (own == nullptr || own->items.empty()) {
    return true;
  }
  return std::any_of(profiles.begin(), profiles.end(), [own](const std::string& profile) {
    return profile == "*" ||
           std::any_of(own->items.begin(), own->items.end(),
                       [&profile](const Value& item) { return item.text == profile; });
  });
}

ProjectSecrets read_secrets(const Value& model) {
  ProjectSecrets result;
  const Value* section = model.find("secrets");
  for (std::size_t index = 0; section != nullptr && index < section->keys.size(); ++index) {
    const Key& key = section->keys[index];
    const Value& secret = section->items[index];
    if (auto fault = secret_fault(key, secret)) {
      result.faults.push_back(*std::move(fault));
      continue;
    }
    result.secrets.push_back({.name = key.name, .source = source_of(secret), .origin = key.origin});
  }
  std::sort(result.secrets.begin(), result.secrets.end(),
            [](const auto& left, const auto& right) { return left.name < right.name; });
  return result;
}

std::vector<SecretFileReference> read_secret_files(const Value& model) {
  std::vector<SecretFileReference> references;
  const Value* section = model.find("secrets");
  for (std::size_t index = 0; section != nullptr && index < section->keys.size(); ++index) {
    const Value* file = section->items[index].find("file");
    if (file != nullptr && file->unset.empty() && !file->text.empty()) {
      references.push_back(
          {.name = section->keys[index].name, .path = path_of(*file), .origin = file->origin});
    }
  }
  std::sort(references.begin(), references.end(),
            [](const auto& left, const auto& right) { return left.name < right.name; });
  return references;
}

std::optional<LocatedFault> undefined_reference(const Container& container, const Value& model) {
  for (const Mount& mount : container.mounts) {
    const std::string_view section = section_of(mount);
    // Of an undecided mount the name is not known.
    if (!section.empty() && !mount.fault && !defines(model, section, mount.source)) {
      return refused(mount.origin,
                     container.object + " uses what " + std::string{section} + " does not define");
    }
  }
  for (const std::string& network : container.networks) {
    if (network != "default" && !defines(model, "networks", network)) {
      return refused(container.origin,
                     container.object + " joins a network that networks does not define");
    }
  }
  return std::nullopt;
}

}  // namespace compliance::compose
