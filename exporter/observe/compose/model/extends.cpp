// Compose's `extends`.
#include "exporter/observe/compose/model/extends.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "exporter/observe/compose/model/load.h"
#include "exporter/observe/compose/model/merge.h"

namespace compliance::compose {
namespace {

constexpr std::size_t max_steps = 100;

// A service that is being extended, and the file that it stands in.
struct Step {
  std::string file{};
  std::string service{};

  bool operator==(const Step&) const = default;
};

using Trail = std::vector<Step>;

struct Reference {
  const Value* service = nullptr;
  const Value* file = nullptr;
};

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

class Extender {
 public:
  explicit Extender(Files& files) : files_(files) {}

  // The service with what it extends; `services` is a mapping and remembers the result.
  ParseResult<Value> resolve(Value& services, const std::string& name, const Trail& trail);

 private:
  ParseResult<Value> resolve_base(Value& services, const Reference& reference, const Trail& trail);
  ParseResult<Value> services_of(const Value& file);

  Files& files_;
  std::map<std::filesystem::path, Value> loaded_;
};

// The `services` of a file that is only extended from, its own extends still open.
ParseResult<Value> Extender::services_of(const Value& file) {
  const auto known = loaded_.find(path_of(file));
  if (known != loaded_.end()) {
    return known->second;
  }
  const auto text = files_.read(file, "extends");
  if (!text) {
    return text.error();
  }
  auto scope = std::make_shared<Scope>(*file.scope);
  scope->directory = path_of(file).parent_path();
  const auto documents = parse_documents(text.value(), scope);
  if (!documents) {
    return documents.error();
  }
  Value model;
  model.kind = document::Kind::mapping;
  for (const Value& document : documents.value()) {
    auto merged = merge_documents(std::move(model), document);
    if (!merged) {
      return merged.error();
    }
    model = std::move(merged).value();
  }
  const Value* services = model.find("services");
  if (services == nullptr || !services->is_mapping()) {
    return refused(file.origin, "extends: " + shown_path(file) + " has no services");
  }
  return loaded_.emplace(path_of(file), *services).first->second;
}

ParseResult<Value> Extender::resolve_base(Value& services, const Reference& reference,
                                          const Trail& trail) {
  const std::string& name = reference.service->text;
  if (reference.file == nullptr) {
    return resolve(services, name, trail);
  }
  auto others = services_of(*reference.file);
  if (!others) {
    return others.error();
  }
  Value other_services = std::move(others).value();
  return resolve(other_services, name, trail);
}

ParseResult<Value> Extender::resolve(Value& services, const std::string& name, const Trail& trail) {
  Value* service = services.find(name);
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
  Trail longer = trail;
  longer.push_back(step);
  auto base = resolve_base(services, reference.value(), longer);
  if (!base) {
    return base;
  }
  if (!base.value().is_mapping()) {
    return LocatedFault{
        .origin = reference.value().service->origin,
        .fault = {.reason = UnknownReason::missing_object,
                  .message = "the service that '" + name + "' extends is not defined"}};
  }
  Value base_without_tags = without_tags(base.value());
  auto merged = extend_service(std::move(base_without_tags), *service);
  if (!merged) {
    return merged;
  }
  *service = std::move(merged).value();
  service->erase("extends");
  return *service;
}

}  // namespace

ParseResult<Value> with_extends(Files& files, Value document) {
  Value* services = document.find("services");
  if (services == nullptr || !services->is_mapping()) {
    return document;
  }
  Extender extender{files};
  for (std::size_t index = 0; index < services->items.size(); ++index) {
    if (services->items[index].find("extends") == nullptr) {
      continue;
    }
    const auto service = extender.resolve(*services, services->keys[index].name, {});
    if (!service) {
      return service.error();
    }
  }
  return document;
}

}  // namespace compliance::compose
