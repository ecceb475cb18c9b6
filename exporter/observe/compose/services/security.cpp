// Reads what bounds the rights of a service: security_opt, capabilities, user, namespaces.
#include "exporter/observe/compose/services/security.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "exporter/observe/compose/model/merge.h"
#include "exporter/observe/compose/services/facts.h"

namespace compliance::compose {
namespace {

// An option of security_opt: NAME=VALUE, NAME:VALUE where there is no equals sign, or NAME.
struct Option {
  std::string name{};
  std::optional<std::string> value{};
};

// The engine splits at the equals sign first, so label=type:x has the value type:x.
Option parse_option(const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::size_t separator = equals != std::string::npos ? equals : text.find(':');
  if (separator == std::string::npos) {
    return {.name = text};
  }
  return {.name = text.substr(0, separator), .value = text.substr(separator + 1)};
}

// As the engine reads it: Go's strconv.ParseBool, not the booleans of Compose.
std::optional<bool> engine_boolean(const std::string& text) {
  constexpr auto yes = std::to_array<std::string_view>({"1", "t", "T", "TRUE", "true", "True"});
  constexpr auto no = std::to_array<std::string_view>({"0", "f", "F", "FALSE", "false", "False"});
  if (std::find(yes.begin(), yes.end(), text) != yes.end()) {
    return true;
  }
  return std::find(no.begin(), no.end(), text) != no.end() ? std::optional{false} : std::nullopt;
}

// An option that is true or false; alone it means true (FACTS.md T60).
Fact<bool> switch_fact(const Option& option, const Value& entry) {
  if (auto fault = unset_fault(entry)) {
    return {.origin = entry.origin, .fault = std::move(fault)};
  }
  if (!option.value) {
    return {.value = true, .origin = entry.origin};
  }
  Fact<bool> fact{.value = engine_boolean(*option.value), .origin = entry.origin};
  if (!fact.value) {
    fact.fault = Fault{.reason = UnknownReason::unparsable,
                       .message = option.name + " is neither true nor false"};
  }
  return fact;
}

// "type:spc_t" or "disable", the two forms of the option `label`.
NameValue label_option(const std::string& text) {
  const std::size_t colon = text.find(':');
  return colon == std::string::npos
             ? NameValue{.name = text}
             : NameValue{.name = text.substr(0, colon), .value = text.substr(colon + 1)};
}

// The value of an option; absent when it has none.
Fact<std::string> option_fact(const Option& option, const Value& entry) {
  if (auto fault = unset_fault(entry)) {
    return {.origin = entry.origin, .fault = std::move(fault)};
  }
  return {.value = option.value, .origin = entry.origin};
}

// Later options replace earlier ones of the same name; those of SELinux add up. Unknown options
// have no fact.
void apply_option(SecurityFacts& facts, const Option& option, const Value& entry) {
  if (option.name == "no-new-privileges") {
    facts.no_new_privileges = switch_fact(option, entry);
  } else if (option.name == "writable-cgroups") {
    facts.writable_cgroups = switch_fact(option, entry);
  } else if (option.name == "seccomp") {
    facts.seccomp = option_fact(option, entry);
  } else if (option.name == "apparmor") {
    facts.app_armor = option_fact(option, entry);
  } else if (option.name == "label") {
    facts.selinux.push_back(
        {.value = label_option(option.value.value_or("")), .origin = entry.origin});
  } else if (option.name == "disable" && !option.value) {
    facts.selinux.push_back({.value = {.name = "disable"}, .origin = entry.origin});
  } else if (option.name == "systempaths" && option.value == "unconfined") {
    facts.proc_mount = {.value = "Unmasked", .origin = entry.origin};
  }
}

// A variable without value may make any option of this entry: what was said before is no longer
// certain.
void apply_unknown_option(SecurityFacts& facts, const Value& entry) {
  const auto fault = unset_fault(entry);
  facts.no_new_privileges = {.origin = entry.origin, .fault = fault};
  facts.seccomp = {.origin = entry.origin, .fault = fault};
  facts.app_armor = {.origin = entry.origin, .fault = fault};
  facts.proc_mount = {.origin = entry.origin, .fault = fault};
  facts.writable_cgroups = {.origin = entry.origin, .fault = fault};
}

// Entries in the order in which the engine applies them.
void read_options(SecurityFacts& facts, const Value& values) {
  for (const Value& entry : items_at(values, "security_opt")) {
    const Option option = parse_option(entry.text);
    // The name of the option is certain, only its value is not.
    const bool named = option.value && !undecided_before(entry, option.name.size() + 1);
    if (entry.unset.empty() || named) {
      apply_option(facts, option, entry);
    } else {
      apply_unknown_option(facts, entry);
    }
  }
}

// Names as written; rules compare them without regard to case and CAP_. Each once, with the origin
// of its last entry.
std::vector<Located<std::string>> read_capabilities(SecurityFacts& facts, const Value& values,
                                                    std::string_view key) {
  std::vector<Located<std::string>> capabilities;
  for (const Value& entry : items_at(values, key)) {
    if (auto fault = unset_fault(entry)) {
      facts.capabilities_fault = std::move(fault);
      continue;
    }
    const auto known = std::find_if(
        capabilities.begin(), capabilities.end(),
        [&entry](const Located<std::string>& present) { return present.value == entry.text; });
    if (known == capabilities.end()) {
      capabilities.push_back({.value = entry.text, .origin = entry.origin});
    } else {
      known->origin = entry.origin;
    }
  }
  return capabilities;
}

// Both forms of `sysctls`, list and mapping.
std::vector<Located<NameValue>> read_sysctls(const Value& values) {
  std::vector<Located<NameValue>> sysctls;
  const Value* stated = values.find("sysctls");
  const Value entries = stated == nullptr ? Value{} : entries_as_mapping(*stated);
  for (std::size_t index = 0; index < entries.keys.size(); ++index) {
    sysctls.push_back(
        {.value = {.name = entries.keys[index].name, .value = entries.items[index].text},
         .origin = entries.keys[index].origin});
  }
  return sysctls;
}

// Findings about what is not stated point to the service.
SecurityFacts absent_facts(const Origin& service) {
  SecurityFacts facts;
  for (Fact<bool>* fact :
       {&facts.privileged, &facts.host_process, &facts.no_new_privileges, &facts.read_only_root,
        &facts.run_as_non_root, &facts.writable_cgroups}) {
    fact->origin = service;
  }
  for (Fact<std::string>* fact :
       {&facts.user, &facts.seccomp, &facts.app_armor, &facts.proc_mount}) {
    fact->origin = service;
  }
  facts.run_as_user.origin = service;
  return facts;
}

}  // namespace

ParseResult<SecurityFacts> read_security(const Value& values, const Origin& service) {
  auto privileged = boolean_fact(values.find("privileged"), service);
  if (!privileged) {
    return privileged.error();
  }
  auto read_only = boolean_fact(values.find("read_only"), service);
  if (!read_only) {
    return read_only.error();
  }
  SecurityFacts facts = absent_facts(service);
  facts.privileged = std::move(privileged).value();
  facts.read_only_root = std::move(read_only).value();
  facts.user = text_fact(values.find("user"), service);
  facts.capabilities_dropped = read_capabilities(facts, values, "cap_drop");
  facts.capabilities_added = read_capabilities(facts, values, "cap_add");
  facts.sysctls = read_sysctls(values);
  read_options(facts, values);
  return facts;
}

std::vector<NamespaceMode> read_namespaces(const Value& values) {
  constexpr auto kinds = std::to_array<std::pair<const char*, const char*>>({
      {"network_mode", "network"},
      {"pid", "pid"},
      {"ipc", "ipc"},
      {"uts", "uts"},
      {"userns_mode", "user"},
      {"cgroup", "cgroup"},
  });
  std::vector<NamespaceMode> modes;
  for (const auto& [key, kind] : kinds) {
    // An empty text is the same as no key to the engine.
    const Fact<std::string> mode = text_fact(values.find(key), {});
    if (!mode.absent()) {
      modes.push_back({.kind = kind,
                       .mode = mode.value.value_or(""),
                       .fault = mode.fault,
                       .origin = mode.origin});
    }
  }
  return modes;
}

}  // namespace compliance::compose
