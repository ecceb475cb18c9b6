// Compose's `include` and `extends`: merges other files and services into a document.
#include "exporter/observe/compose/model/inclusion.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <utility>

#include "exporter/observe/compose/model/load.h"
#include "exporter/observe/compose/model/merge.h"

namespace compliance::compose {
namespace {

// What an included file contributes; its name and extension fields stay its own.
constexpr auto imported_sections = std::to_array<std::string_view>(
    {"services", "jobs", "volumes", "networks", "secrets", "configs"});

// One entry of `include`, in either syntax; absent values are null.
struct Include {
  std::vector<const Value*> paths{};
  std::vector<const Value*> env_files{};
  const Value* project_directory = nullptr;
};

// A text or a list of texts; nothing for any other value.
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

// Reads one entry and refuses other forms, as Compose does.
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

// The variables of the included files: those of the including file win over their env files.
// Without env_file the `.env` of their directory counts; /dev/null is Compose's way to ask for
// none.
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

// The files of one entry, to be merged like several files on the command line. A file that leads to
// itself is refused.
ParseResult<std::vector<ParsedFile>> parse_files(Files& files, const Include& include,
                                                 const std::vector<std::string>& chain) {
  std::vector<ParsedFile> parsed;
  for (const Value* path : include.paths) {
    auto text = files.read(*path, "include");
    if (!text) {
      return text.error();
    }
    if (std::find(chain.begin(), chain.end(), text.value().path) != chain.end()) {
      return refused(path->origin, "files include each other in a circle");
    }
    parsed.push_back(parse_file(text.value()));
  }
  return parsed;
}

// The directory of a file that `path` names, as Compose writes it in front of the file's own paths.
std::filesystem::path prefix_of(const Value& path) {
  const auto prefix = std::filesystem::path{listed_path(path)}.parent_path();
  return prefix.empty() ? "." : prefix;
}

// The model of one entry, in its own project directory and with its own variables.
ParseResult<Value> load_entry(Files& files, const Value& entry,
                              const std::vector<std::string>& chain) {
  const auto include = read_entry(entry);
  if (!include) {
    return include.error();
  }
  const auto parsed = parse_files(files, include.value(), chain);
  if (!parsed) {
    return parsed.error();
  }
  const Value* directory = include.value().project_directory;
  auto scope = std::make_shared<Scope>();
  scope->directory = directory != nullptr ? path_of(*directory)
                                          : path_of(*include.value().paths.front()).parent_path();
  scope->prefix = directory != nullptr ? std::filesystem::path{listed_path(*directory)} / ""
                                       : prefix_of(*include.value().paths.front());
  auto variables = variables_for(files, include.value(), scope->directory);
  if (!variables) {
    return variables.error();
  }
  scope->variables = std::move(variables).value();
  return load_model(files, parsed.value(), scope, chain);
}

// Each entry of the section without what the tags of the including document remove. A tag on the
// entry itself removes nothing here.
Value without_tagged_entries(Value section, const Tags& tags) {
  for (std::size_t index = 0; index < section.keys.size(); ++index) {
    Value entry = std::move(section.items[index]);
    section.items[index] = without_tagged(std::move(entry), tags.below(section.keys[index].name));
  }
  return section;
}

// The sections of an included model that are merged, less what the including document removes.
Value imported(const Value& model, const Tags& tags) {
  Value result;
  result.kind = document::Kind::mapping;
  result.origin = model.origin;
  for (const std::string_view section : imported_sections) {
    if (const Value* value = model.find(section)) {
      result.set({.name = std::string{section}, .origin = value->origin},
                 without_tagged_entries(*value, tags.below(section)));
    }
  }
  return result;
}

// Services extend one another over a few steps; more is a circle through different paths.
constexpr std::size_t max_steps = 100;

// A service that is being extended, and the file that it stands in.
struct Step {
  std::string file{};
  std::string service{};

  bool operator==(const Step&) const = default;
};

// The services that are being extended, outermost first.
using Trail = std::vector<Step>;

// What `extends` names; without `file` the service is in the same file. Points into the model.
struct Reference {
  const Value* service = nullptr;
  const Value* file = nullptr;
};

// Refuses other forms. A name that depends on a variable without value cannot be followed.
ParseResult<Reference> read_reference(const Value& extends) {
  Reference reference{.service = extends.is_scalar() ? &extends : extends.find("service"),
                      .file = extends.find("file")};
  if (reference.service == nullptr || !reference.service->is_scalar()) {
    return refused(extends.origin, "extends names a service");
  }
  if (reference.file != nullptr && !reference.file->is_scalar()) {
    return refused(reference.file->origin, "extends: file is a path");
  }
  if (const auto fault = unset_fault(*reference.service)) {
    return LocatedFault{.origin = reference.service->origin, .fault = *fault};
  }
  return reference;
}

// The services of one file, by name, with the tags that the file gives them.
struct TaggedServices {
  Value services{};
  Tags tags{};
};

// Resolves the extends of one document. Keeps the files that it has read: many services often
// extend from one file.
class Extender {
 public:
  explicit Extender(Files& files) : files_(files) {}

  // The service with what it extends; `file` remembers the result.
  ParseResult<Value> resolve(TaggedServices& file, const std::string& name, const Trail& trail);

 private:
  ParseResult<Value> resolve_base(TaggedServices& file, const Reference& reference,
                                  const Trail& trail);
  ParseResult<TaggedServices> services_of(const Value& file);

  Files& files_;
  // The services of extended files, by path.
  std::map<std::filesystem::path, TaggedServices> loaded_;
};

// The `services` of a file that is only extended from, its own extends still open. Of several
// documents the tags of the last one count, as in Compose.
ParseResult<TaggedServices> Extender::services_of(const Value& file) {
  const auto known = loaded_.find(path_of(file));
  if (known != loaded_.end()) {
    return known->second;
  }
  const auto text = files_.read(file, "extends");
  if (!text) {
    return text.error();
  }
  // The variables stay, but paths in the other file are against its own directory.
  auto scope = std::make_shared<Scope>(*file.scope);
  scope->directory = path_of(file).parent_path();
  scope->prefix = prefix_of(file);
  const auto documents = documents_of(parse_file(text.value()), scope);
  if (!documents) {
    return documents.error();
  }
  Value model;
  model.kind = document::Kind::mapping;
  for (const SourceDocument& document : documents.value()) {
    auto merged = merge_documents(without_tagged(std::move(model), document.tags), document.value);
    if (!merged) {
      return merged.error();
    }
    model = std::move(merged).value();
  }
  const Value* services = model.find("services");
  if (services == nullptr || !services->is_mapping()) {
    return refused(file.origin, "extends: " + shown_path(file) + " has no services");
  }
  return loaded_
      .emplace(path_of(file),
               TaggedServices{.services = *services,
                              .tags = documents.value().back().tags.below("services")})
      .first->second;
}

// The service that is extended, itself resolved; null when it is not there. It may extend others in
// its own file.
ParseResult<Value> Extender::resolve_base(TaggedServices& file, const Reference& reference,
                                          const Trail& trail) {
  const std::string& name = reference.service->text;
  if (reference.file == nullptr) {
    return resolve(file, name, trail);
  }
  auto others = services_of(*reference.file);
  if (!others) {
    return others.error();
  }
  TaggedServices other_file = std::move(others).value();
  return resolve(other_file, name, trail);
}

// A base that extends another one is resolved first, so each step merges two finished services.
ParseResult<Value> Extender::resolve(TaggedServices& file, const std::string& name,
                                     const Trail& trail) {
  Value* service = file.services.find(name);
  if (service == nullptr || !service->is_mapping() || service->find("extends") == nullptr) {
    return service == nullptr ? Value{} : *service;
  }
  const auto reference = read_reference(*service->find("extends"));
  if (!reference) {
    return reference.error();
  }
  const Step step{.file = std::string{service->origin.place.text()}, .service = name};
  if (std::find(trail.begin(), trail.end(), step) != trail.end() || trail.size() > max_steps) {
    return refused(service->origin,
                   "services extend each other in a circle or over too many steps");
  }
  // A copy: the trail of the caller goes on in another direction afterwards.
  Trail longer = trail;
  longer.push_back(step);
  auto base = resolve_base(file, reference.value(), longer);
  if (!base) {
    return base;
  }
  if (!base.value().is_mapping()) {
    return LocatedFault{
        .origin = reference.value().service->origin,
        .fault = {.reason = UnknownReason::missing_object,
                  .message = "the service that '" + name + "' extends is not defined"}};
  }
  Value extended = without_tagged(std::move(base).value(), file.tags.below(name));
  *service = extend_service(std::move(extended), *service);
  service->erase("extends");
  return *service;
}

// Changes the services in place, so a service that several extend is resolved once. One whose
// extends cannot be resolved leaves the others alone.
void resolve_all(Extender& extender, TaggedServices& file) {
  for (std::size_t index = 0; index < file.services.items.size(); ++index) {
    if (file.services.items[index].find("extends") == nullptr) {
      continue;
    }
    const auto service = extender.resolve(file, file.services.keys[index].name, {});
    if (!service) {
      file.services.items[index] = broken_value(service.error());
    }
  }
}

}  // namespace

ParseResult<Value> with_includes(Files& files, const SourceDocument& document,
                                 const std::vector<std::string>& chain) {
  const Value* include = document.value.find("include");
  if (include == nullptr || include->is_null()) {
    return document.value;
  }
  if (!include->is_sequence()) {
    return refused(include->origin, "include is a list");
  }
  Value result = document.value;
  // The document is merged over what it includes, so the operator's own words win.
  for (const Value& entry : include->items) {
    const auto model = load_entry(files, entry, chain);
    if (!model) {
      return model.error();
    }
    auto merged = merge_included(imported(model.value(), document.tags), result);
    if (!merged) {
      return merged.error();
    }
    result = std::move(merged).value();
  }
  return result;
}

Value with_extends(Files& files, Value document, const Tags& tags) {
  Extender extender{files};
  for (const std::string_view section : {"services", "jobs"}) {
    Value* services = document.find(section);
    if (services == nullptr || !services->is_mapping()) {
      continue;
    }
    // Compose looks for the tags of jobs among those of services.
    TaggedServices file{.services = std::move(*services), .tags = tags.below("services")};
    resolve_all(extender, file);
    *services = std::move(file.services);
  }
  return document;
}

}  // namespace compliance::compose
