// Follows the references of variables: the environment that the kubelet would make of them.
#include "exporter/observe/kubernetes/resolve/resolve_environment.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace compliance::kubernetes {
namespace {

// Linux takes no longer string in an environment (MAX_ARG_STRLEN).
constexpr std::size_t max_value_bytes = 131072;

Fault unresolved(std::string message) {
  return {.reason = UnknownReason::unresolved_reference, .message = std::move(message)};
}

// The entry of a key, by binary search; null when there is none.
const ConfigEntry* entry_of(const UnresolvedStore& store, const std::string& key) {
  const auto found = std::lower_bound(
      store.entries.begin(), store.entries.end(), key,
      [](const ConfigEntry& entry, const std::string& wanted) { return entry.key < wanted; });
  return found != store.entries.end() && found->key == key ? &*found : nullptr;
}

// True when everything that provides the Secret says all of its keys.
bool keys_known(const std::vector<const UnresolvedStore*>& providers) {
  return std::all_of(providers.begin(), providers.end(),
                     [](const UnresolvedStore* provider) { return provider->keys_known; });
}

// True when one of them is known to have the key.
bool has_key(const std::vector<const UnresolvedStore*>& providers, const std::string& key) {
  return std::any_of(providers.begin(), providers.end(), [&key](const UnresolvedStore* provider) {
    const auto& values = provider->object.values;
    return std::any_of(values.begin(), values.end(),
                       [&key](const StoredValue& value) { return value.key == key; });
  });
}

}  // namespace

// The environment of one container while it is put together. Sources and variables are added in the
// kubelet's order, since a variable may use those before it.
class EnvironmentResolver::Builder {
 public:
  Builder(EnvironmentResolver& resolver, const std::string& ns) : resolution_(resolver), ns_(ns) {}

  void add(const EnvironmentSource& source) {
    if (source.secret) {
      add_secret(source);
    } else {
      add_config_map(source);
    }
  }

  void add(const UnresolvedVariable& open) {
    switch (open.variable.from) {
      case ValueFrom::literal:
        add_literal(open.variable);
        return;
      case ValueFrom::config_map:
        add_config_key(open);
        return;
      case ValueFrom::secret_reference:
        add_secret_key(open);
        return;
      case ValueFrom::field:
        set(open.variable);
        return;
    }
  }

  EnvironmentFacts take() {
    facts_.variables.reserve(variables_.size());
    for (auto& [name, variable] : variables_) {
      facts_.variables.push_back(std::move(variable));
    }
    return std::move(facts_);
  }

 private:
  // The later of two variables with one name counts.
  void set(Variable variable) {
    std::string name = variable.name;
    variables_.insert_or_assign(std::move(name), std::move(variable));
  }

  // The first reason is kept.
  void set_incomplete(Fault fault) {
    if (!facts_.incomplete) {
      facts_.incomplete = std::move(fault);
    }
  }

  // Without the ConfigMap none of its variables is known, and later ones may refer to them.
  void add_config_map(const EnvironmentSource& source) {
    const UnresolvedStore* store = resolution_.stores_.config_map(ns_, source.name);
    if (store == nullptr) {
      if (!source.optional) {
        set_incomplete(unresolved("ConfigMap " + source.name + " is not among the objects"));
      }
      return;
    }
    for (const ConfigEntry& entry : store->entries) {
      set(from_entry({.name = source.prefix + entry.key, .reference_name = source.name}, entry));
    }
  }

  // The variables that the Secret gives, as far as its keys are known. `optional` does not matter:
  // a Secret that is not among the files may be in the cluster.
  void add_secret(const EnvironmentSource& source) {
    facts_.secret_references.push_back({.value = source.name, .origin = source.origin});
    const auto* providers = resolution_.stores_.secrets(ns_, source.name);
    if (providers == nullptr || !keys_known(*providers)) {
      set_incomplete(
          unresolved("the keys of Secret " + source.name + " are not among the objects"));
    }
    if (providers == nullptr) {
      return;
    }
    for (const UnresolvedStore* provider : *providers) {
      for (const StoredValue& value : provider->object.values) {
        set({.name = source.prefix + value.key,
             .from = ValueFrom::secret_reference,
             .reference_name = source.name,
             .reference_key = value.key,
             .origin = source.origin});
      }
    }
  }

  // `variable` with the text of the ConfigMap's key.
  Variable from_entry(Variable variable, const ConfigEntry& entry) {
    variable.from = ValueFrom::config_map;
    variable.reference_key = entry.key;
    variable.origin = entry.origin;
    if (!entry.valid) {
      variable.fault = Fault{.reason = UnknownReason::unparsable,
                             .message = "key " + entry.key + " of ConfigMap " +
                                        variable.reference_name + " is not a text"};
    } else if (resolution_.take(entry.text.size())) {
      variable.value = entry.text;
    } else {
      variable.fault = too_much();
    }
    return variable;
  }

  // A key that is not there and not optional is a fault: the kubelet would not start the container.
  void add_config_key(const UnresolvedVariable& open) {
    const Variable& variable = open.variable;
    const UnresolvedStore* store = resolution_.stores_.config_map(ns_, variable.reference_name);
    const ConfigEntry* entry =
        store == nullptr ? nullptr : entry_of(*store, variable.reference_key);
    if (entry != nullptr) {
      set(from_entry(variable, *entry));
    } else if (!open.optional) {
      Variable open_end = variable;
      open_end.fault = unresolved("key " + variable.reference_key + " of ConfigMap " +
                                  variable.reference_name + " is not among the objects");
      set(std::move(open_end));
    }
  }

  // Left out only where it is certain that the key is not there and need not be.
  void add_secret_key(const UnresolvedVariable& open) {
    const auto* providers = resolution_.stores_.secrets(ns_, open.variable.reference_name);
    const bool unset = open.optional && providers != nullptr && keys_known(*providers) &&
                       !has_key(*providers, open.variable.reference_key);
    if (!unset) {
      set(open.variable);
    }
  }

  // Most values have no dollar sign and are copied as they are.
  void add_literal(const Variable& literal) {
    Variable variable = literal;
    if (variable.value && variable.value->find('$') != std::string::npos) {
      const std::string text = std::move(*variable.value);
      variable.value.reset();
      expand(text, variable);
    }
    set(std::move(variable));
  }

  // As the kubelet does: $(NAME) is replaced by what NAME is by now, unknown names stay as they
  // are, $$ is a $.
  void expand(std::string_view text, Variable& variable) {
    std::string result;
    // Behind the last parenthesis there is no reference (and no use in looking for its end).
    const std::size_t unclosed = text.size() - (text.rfind(')') + 1);
    while (!text.empty()) {
      const std::size_t dollar = std::min(text.find('$'), text.size());
      result += text.substr(0, dollar);
      text.remove_prefix(dollar);
      const std::string_view reference =
          text.size() > unclosed ? reference_at(text) : std::string_view{};
      const std::string_view piece = text.substr(0, reference.empty() ? 2 : reference.size() + 3);
      if (piece == "$$") {
        result += '$';
      } else if (reference.empty()) {
        result += piece;
      } else if (!append(reference, variable, result)) {
        return;
      }
      text.remove_prefix(piece.size());
    }
    if (resolution_.take(result.size())) {
      variable.value = std::move(result);
    } else {
      variable.fault = too_much();
    }
  }

  // NAME when `text` begins with $(NAME); empty otherwise.
  static std::string_view reference_at(std::string_view text) {
    const std::size_t end = text.find(')');
    if (text.substr(0, 2) != "$(" || end == std::string_view::npos) {
      return {};
    }
    return text.substr(2, end - 2);
  }

  // Appends the text of the variable `name`; false when `variable` has no text because of it.
  bool append(std::string_view name, Variable& variable, std::string& result) const {
    const auto found = variables_.find(name);
    if (found == variables_.end()) {
      variable.fault = facts_.incomplete;
      result.append("$(").append(name).append(")");
    } else if (found->second.fault) {
      variable.fault = found->second.fault;
    } else if (!found->second.value) {
      // A value that only the cluster knows makes this one unknown too.
      variable.from = ValueFrom::field;
      return false;
    } else {
      result += *found->second.value;
    }
    if (result.size() > max_value_bytes) {
      variable.fault = too_much();
    }
    return !variable.fault;
  }

  static Fault too_much() {
    return {.reason = UnknownReason::limit_exceeded,
            .message = "the environment is longer than a container can take"};
  }

  EnvironmentResolver& resolution_;
  const std::string& ns_;
  std::map<std::string, Variable, std::less<>> variables_{};
  EnvironmentFacts facts_{};
};

EnvironmentFacts EnvironmentResolver::resolve(const UnresolvedContainer& container,
                                              const std::string& ns) {
  Builder builder{*this, ns};
  for (const EnvironmentSource& source : container.sources) {
    builder.add(source);
  }
  for (const UnresolvedVariable& variable : container.variables) {
    builder.add(variable);
  }
  return builder.take();
}

// Counted over all containers: each of many could stay below a limit of its own.
bool EnvironmentResolver::take(std::size_t bytes) {
  if (bytes > bytes_left_) {
    return false;
  }
  bytes_left_ -= bytes;
  return true;
}

}  // namespace compliance::kubernetes
