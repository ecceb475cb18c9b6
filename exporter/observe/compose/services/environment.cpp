// A service's environment and env_file -> its variables.
#include "exporter/observe/compose/services/environment.h"

#include <map>
#include <set>
#include <utility>

#include "exporter/observe/compose/model/merge.h"
#include "exporter/observe/compose/services/facts.h"

namespace compliance::compose {
namespace {

// The content of `environment`. A name that it mentions never comes from an env file.
struct Stated {
  std::map<std::string, Variable> variables{};
  // Names without value that are set nowhere.
  std::set<std::string> left_out{};
  Variables values{};  // the same variables, as env files may use them
  std::optional<Fault> incomplete{};
};

// The fault for the variables without value that took part in a text of an env file.
std::optional<Fault> unset_fault_of(const VariableValue& value) {
  std::vector<Unset> unset;
  for (const std::string& name : value.unset) {
    unset.push_back({.name = name});
  }
  return unset_fault(unset);
}

// A variable whose value comes from an env file or from the project.
Variable variable_from(const std::string& name, const VariableValue& value, const Origin& origin) {
  Variable variable{.name = name, .interpolated = value.interpolated, .origin = origin};
  variable.fault = unset_fault_of(value);
  if (!variable.fault) {
    variable.value = value.text;
  }
  return variable;
}

// The variable that NAME without value passes through; null when it is set nowhere. The scope of
// the entry comes first: an included file has variables of its own.
const VariableValue* passed_through(const Value& entry, const std::string& name,
                                    const Variables& project) {
  const VariableValue* own = entry.scope ? lookup_in(entry.scope->variables)(name) : nullptr;
  return own != nullptr ? own : lookup_in(project)(name);
}

// Adds one entry of `environment`.
void state(Stated& stated, const Key& key, const Value& entry, const Variables& project) {
  // Which variable it is cannot be told, so none of those that are not mentioned is certain either.
  if (key.undecided) {
    stated.incomplete = Fault{.reason = UnknownReason::unresolved_reference,
                              .message = "the name of a variable depends on one that is not set"};
    return;
  }
  if (entry.is_null()) {
    if (const VariableValue* value = passed_through(entry, key.name, project)) {
      Variable variable = variable_from(key.name, *value, key.origin);
      // NAME alone is as good as NAME=${NAME}: the value is not written in the file.
      variable.interpolated = true;
      stated.variables.insert_or_assign(key.name, std::move(variable));
      stated.values.insert_or_assign(key.name, *value);
    } else {
      stated.left_out.insert(key.name);
    }
    return;
  }
  Variable variable{.name = key.name, .interpolated = entry.interpolated, .origin = entry.origin};
  variable.fault = unset_fault(entry);
  if (!variable.fault) {
    variable.value = entry.text;
  }
  stated.variables.insert_or_assign(key.name, std::move(variable));
  // Env files may refer to what `environment` states, with the same doubts.
  VariableValue value{.text = entry.text, .origin = entry.origin};
  for (const Unset& unset : entry.unset) {
    value.unset.push_back(unset.name);
  }
  stated.values.insert_or_assign(key.name, std::move(value));
}

// Reads `environment` in both of its forms.
Stated read_stated(const Value& service, const Variables& project) {
  Stated stated;
  const Value* environment = service.find("environment");
  if (environment == nullptr) {
    return stated;
  }
  const Value entries = entries_as_mapping(*environment);
  for (std::size_t index = 0; index < entries.keys.size(); ++index) {
    state(stated, entries.keys[index], entries.items[index], project);
  }
  return stated;
}

// An entry of env_file, in either syntax.
struct EnvFileEntry {
  const Value* path = nullptr;
  bool required = true;
  bool raw = false;
};

// `required` and `format` exist only in the long form (Compose specification, env_file).
ParseResult<EnvFileEntry> read_entry(const Value& entry) {
  EnvFileEntry result{.path = entry.is_scalar() ? &entry : entry.find("path")};
  if (result.path == nullptr || !result.path->is_scalar()) {
    return refused(entry.origin, "an entry of env_file is a path, or a mapping with a path");
  }
  const auto required = boolean_fact(entry.find("required"), entry.origin);
  if (!required) {
    return required.error();
  }
  result.required = required.value().value.value_or(true);
  if (const Value* format = entry.find("format"); format != nullptr && !format->text.empty()) {
    if (format->text != "raw") {
      return refused(format->origin, "the only format of env_file with a name is raw");
    }
    result.raw = true;
  }
  return result;
}

// Reads one env file on top of `variables`.
ParseResult<Variables> add_file(Files& files, const EnvFileEntry& entry, Variables variables,
                                const Lookup& outer) {
  auto text = files.read(*entry.path, "env_file");
  if (!text) {
    if (!entry.required && text.error().fault.reason == UnknownReason::missing_object) {
      return variables;
    }
    return text.error();
  }
  return entry.raw ? parse_raw_env_file(text.value(), std::move(variables), outer)
                   : parse_env_file(text.value(), std::move(variables), outer);
}

// The entries of env_file, which is one path or a list. Of two for one path the later one counts
// and takes the place of the earlier one, as in Compose.
ParseResult<std::vector<EnvFileEntry>> read_entries(const Value* env_file) {
  std::vector<EnvFileEntry> entries;
  if (env_file == nullptr) {
    return entries;
  }
  std::map<std::string, std::size_t> places;
  const std::size_t count = env_file->is_scalar() ? 1 : env_file->items.size();
  for (std::size_t index = 0; index < count; ++index) {
    auto entry = read_entry(env_file->is_scalar() ? *env_file : env_file->items[index]);
    if (!entry) {
      return entry.error();
    }
    const auto [place, is_new] = places.emplace(listed_path(*entry.value().path), entries.size());
    if (is_new) {
      entries.push_back(entry.value());
    } else {
      entries[place->second] = entry.value();
    }
  }
  return entries;
}

// What env files may use: the project's variables, then those that `environment` states.
Lookup lookup_for_files(const Variables& project, const Variables& stated) {
  return [&project, &stated](std::string_view name) -> const VariableValue* {
    const VariableValue* value = lookup_in(project)(name);
    return value != nullptr ? value : lookup_in(stated)(name);
  };
}

// `environment` wins over the files, even with a name that it leaves unset.
void add_from_files(ServiceEnvironment& result, const Stated& stated, const Variables& loaded) {
  std::map<std::string, Variable> all = stated.variables;
  for (const auto& [name, value] : loaded) {
    if (!stated.left_out.contains(name)) {
      all.emplace(name, variable_from(name, value, value.origin));
    }
  }
  for (auto& [name, variable] : all) {
    result.facts.variables.push_back(std::move(variable));
  }
}

}  // namespace

ParseResult<ServiceEnvironment> read_environment(Files& files, const Value& service,
                                                 const Variables& project) {
  const Stated stated = read_stated(service, project);
  const Lookup outer = lookup_for_files(project, stated.values);
  ServiceEnvironment result;
  result.facts.incomplete = stated.incomplete;
  Variables loaded;
  const auto entries = read_entries(service.find("env_file"));
  if (!entries) {
    return entries.error();
  }
  for (const EnvFileEntry& entry : entries.value()) {
    auto added = add_file(files, entry, loaded, outer);
    if (added) {
      loaded = std::move(added).value();
      continue;
    }
    result.facts.incomplete = added.error().fault;
    // A path with a variable without value is no fault of the source: the file may well be there.
    if (added.error().fault.reason != UnknownReason::unresolved_reference) {
      result.faults.push_back(added.error());
    }
  }
  add_from_files(result, stated, loaded);
  return result;
}

}  // namespace compliance::compose
