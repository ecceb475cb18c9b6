// Compose's `include`.
#include "exporter/observe/compose/model/include.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "exporter/observe/compose/model/load.h"
#include "exporter/observe/compose/model/merge.h"

namespace compliance::compose {
namespace {

constexpr auto imported_sections =
    std::to_array<std::string_view>({"services", "volumes", "networks", "secrets", "configs"});

// One entry of `include`, after both syntaxes have been read; values that are absent are null.
struct Include {
  std::vector<const Value*> paths{};
  std::vector<const Value*> env_files{};
  const Value* project_directory = nullptr;
};

// A text or a list of texts; nothing when it is something else.
std::optional<std::vector<const Value*>> texts_of(const Value& value) {
  std::vector<const Value*> texts;
  if (value.is_scalar()) {
    texts.push_back(&value);
    return texts;
  }
  for (const Value& item : value.items) {
    if (!item.is_scalar()) {
      return std::nullopt;
    }
    texts.push_back(&item);
  }
  return value.is_sequence() ? std::optional{texts} : std::nullopt;
}

ParseResult<Include> read_entry(const Value& entry) {
  Include include;
  const Value* path = entry.is_scalar() ? &entry : entry.find("path");
  auto paths = path == nullptr ? std::nullopt : texts_of(*path);
  if (!paths || paths->empty()) {
    return refused(entry.origin, "an entry of include is a path, or a mapping with a path");
  }
  include.paths = std::move(*paths);
  if (const Value* env_file = entry.find("env_file")) {
    auto env_files = texts_of(*env_file);
    if (!env_files) {
      return refused(env_file->origin, "env_file is a path or a list of paths");
    }
    include.env_files = std::move(*env_files);
  }
  include.project_directory = entry.find("project_directory");
  if (include.project_directory != nullptr && !include.project_directory->is_scalar()) {
    return refused(include.project_directory->origin, "project_directory is a path");
  }
  return include;
}

// What the included files see: their env files below the variables of the including one.
ParseResult<Variables> variables_for(Files& files, const Include& include,
                                     const std::filesystem::path& directory) {
  const Variables& outer = include.paths.front()->scope->variables;
  Variables variables;
  if (include.env_files.empty()) {
    auto read = files.add_env_file(directory / ".env", {}, lookup_in(outer));
    if (!read) {
      return read.error();
    }
    variables = std::move(read).value();
  }
  for (const Value* env_file : include.env_files) {
    if (env_file->text == "/dev/null") {
      continue;
    }
    const auto text = files.read(*env_file, "env_file of include");
    if (!text) {
      return text.error();
    }
    auto parsed = parse_env_file(text.value(), std::move(variables), lookup_in(outer));
    if (!parsed) {
      return parsed.error();
    }
    variables = std::move(parsed).value();
  }
  Variables all = outer;
  all.merge(variables);
  return all;
}

ParseResult<std::vector<SourceText>> read_files(Files& files, const Include& include,
                                                const std::vector<std::string>& chain) {
  std::vector<SourceText> texts;
  for (const Value* path : include.paths) {
    auto text = files.read(*path, "include");
    if (!text) {
      return text.error();
    }
    if (std::find(chain.begin(), chain.end(), text.value().path) != chain.end()) {
      return refused(path->origin, "files include each other in a circle");
    }
    texts.push_back(std::move(text).value());
  }
  return texts;
}

ParseResult<Value> load_entry(Files& files, const Value& entry,
                              const std::vector<std::string>& chain) {
  const auto include = read_entry(entry);
  if (!include) {
    return include.error();
  }
  const auto texts = read_files(files, include.value(), chain);
  if (!texts) {
    return texts.error();
  }
  const Value* directory = include.value().project_directory;
  auto scope = std::make_shared<Scope>();
  scope->directory = directory != nullptr ? path_of(*directory)
                                          : path_of(*include.value().paths.front()).parent_path();
  auto variables = variables_for(files, include.value(), scope->directory);
  if (!variables) {
    return variables.error();
  }
  scope->variables = std::move(variables).value();
  return load_model(files, texts.value(), scope, chain);
}

Value imported(const Value& model) {
  Value result;
  result.kind = document::Kind::mapping;
  result.origin = model.origin;
  for (const std::string_view section : imported_sections) {
    if (const Value* value = model.find(section)) {
      result.set({.name = std::string{section}, .origin = value->origin}, *value);
    }
  }
  return result;
}

}  // namespace

ParseResult<Value> with_includes(Files& files, const Value& document,
                                 const std::vector<std::string>& chain) {
  const Value* include = document.find("include");
  if (include == nullptr || include->is_null()) {
    return document;
  }
  if (!include->is_sequence()) {
    return refused(include->origin, "include is a list");
  }
  Value result = document;
  for (const Value& entry : include->items) {
    const auto model = load_entry(files, entry, chain);
    if (!model) {
      return model.error();
    }
    auto merged = merge_included(imported(model.value()), result);
    if (!merged) {
      return merged.error();
    }
    result = std::move(merged).value();
  }
  return result;
}

}  // namespace compliance::compose
