// Security contexts -> effective values, container over pod.
#include "exporter/observe/kubernetes/parse/read_security.h"

#include <algorithm>
#include <array>
#include <string>

namespace compliance::kubernetes {
namespace {

constexpr std::string_view app_armor_annotation = "container.apparmor.security.beta.kubernetes.io/";

// Type of a seccompProfile or appArmorProfile.
Fact<std::string> profile_type(ManifestReader& reader, const Node& profile, std::string_view field,
                               const Origin& otherwise) {
  if (profile.is_null()) {
    return {.origin = otherwise};
  }
  if (!profile.is_mapping()) {
    reader.refuse(profile, "'" + std::string{field} + "' is not a mapping");
    return {.origin = otherwise};
  }
  Fact<std::string> type = reader.text_fact(profile["type"], field, reader.origin_of(profile));
  if (type.absent()) {
    type.fault = Fault{.reason = UnknownReason::unparsable,
                       .message = "'" + std::string{field} + "' has no type"};
  }
  return type;
}

// "runtime/default" and the like in the words of appArmorProfile.
std::string app_armor_type(std::string_view annotation) {
  if (annotation == "runtime/default") {
    return "RuntimeDefault";
  }
  if (annotation == "unconfined") {
    return "Unconfined";
  }
  return annotation.substr(0, 10) == "localhost/" ? "Localhost" : std::string{annotation};
}

// The field of the container wins over the annotation, and that over the field of the pod, as in
// the kubelet.
Fact<std::string> app_armor(ManifestReader& reader, const PodSecurity& pod, const Node& container,
                            const Node& own) {
  const Origin none = reader.origin_of(container);
  const Node own_profile = own["appArmorProfile"];
  if (own_profile.is_null() && pod.annotations.size() > 0) {
    std::string name{app_armor_annotation};
    name += container["name"].text();
    const Node annotation = pod.annotations[name];
    if (!annotation.text().empty()) {
      return {.value = app_armor_type(annotation.text()), .origin = reader.origin_of(annotation)};
    }
  }
  return profile_type(reader, stated(own_profile, pod.context["appArmorProfile"]),
                      "appArmorProfile", none);
}

std::vector<Located<std::string>> capability_list(ManifestReader& reader, const Node& capabilities,
                                                  std::string_view key,
                                                  std::optional<Fault>& fault) {
  std::vector<Located<std::string>> result;
  const Node list = reader.list(capabilities, key);
  for (std::size_t index = 0; index < list.size(); ++index) {
    const Node item = list.at(index);
    if (is_text(item)) {
      result.push_back({.value = std::string{item.text()}, .origin = reader.origin_of(item)});
    } else {
      fault = Fault{.reason = UnknownReason::unparsable,
                    .message = "'capabilities." + std::string{key} + "' holds what is no name"};
    }
  }
  return result;
}

void read_capabilities(ManifestReader& reader, const Node& own, SecurityFacts& facts) {
  const Node capabilities = reader.mapping(own, "capabilities");
  facts.capabilities_dropped =
      capability_list(reader, capabilities, "drop", facts.capabilities_fault);
  facts.capabilities_added = capability_list(reader, capabilities, "add", facts.capabilities_fault);
}

// The container's options replace the pod's as a whole.
std::vector<Located<NameValue>> selinux_options(ManifestReader& reader, const Node& pod,
                                                const Node& own) {
  std::vector<Located<NameValue>> result;
  const Node own_options = reader.mapping(own, "seLinuxOptions");
  const Node options = own_options ? own_options : reader.mapping(pod, "seLinuxOptions");
  for (const char* name : {"user", "role", "type", "level"}) {
    const Node value = options[name];
    if (!value.text().empty()) {
      result.push_back({.value = {.name = name, .value = std::string{value.text()}},
                        .origin = reader.origin_of(value)});
    }
  }
  return result;
}

std::vector<Located<NameValue>> sysctls_of(ManifestReader& reader, const Node& pod) {
  std::vector<Located<NameValue>> result;
  const Node list = reader.list(pod, "sysctls");
  for (std::size_t index = 0; index < list.size(); ++index) {
    const Node item = list.at(index);
    result.push_back(
        {.value = {.name = reader.text(item, "name"), .value = reader.text(item, "value")},
         .origin = reader.origin_of(item)});
  }
  return result;
}

Fact<bool> host_process(ManifestReader& reader, const Node& pod, const Node& own,
                        const Origin& container) {
  const Node value = stated(reader.mapping(own, "windowsOptions")["hostProcess"],
                            reader.mapping(pod, "windowsOptions")["hostProcess"]);
  return reader.bool_fact(value, "windowsOptions.hostProcess", container);
}

}  // namespace

SecurityFacts read_security(ManifestReader& reader, const PodSecurity& pod, const Node& container) {
  const Node own = reader.mapping(container, "securityContext");
  const Origin here = reader.origin_of(container);
  const Origin context = own ? reader.origin_of(own) : here;
  SecurityFacts facts;
  facts.privileged = reader.bool_fact(own["privileged"], "privileged", context);
  facts.host_process = host_process(reader, pod.context, own, here);
  facts.no_new_privileges =
      reader.bool_fact(own["allowPrivilegeEscalation"], "allowPrivilegeEscalation", context);
  if (facts.no_new_privileges.value) {
    facts.no_new_privileges.value = !*facts.no_new_privileges.value;
  }
  facts.read_only_root =
      reader.bool_fact(own["readOnlyRootFilesystem"], "readOnlyRootFilesystem", context);
  read_capabilities(reader, own, facts);
  facts.user.origin = here;
  facts.run_as_non_root = reader.bool_fact(stated(own["runAsNonRoot"], pod.context["runAsNonRoot"]),
                                           "runAsNonRoot", here);
  facts.run_as_user =
      reader.int_fact(stated(own["runAsUser"], pod.context["runAsUser"]), "runAsUser", here);
  facts.seccomp = profile_type(reader, stated(own["seccompProfile"], pod.context["seccompProfile"]),
                               "seccompProfile", here);
  facts.app_armor = app_armor(reader, pod, container, own);
  facts.selinux = selinux_options(reader, pod.context, own);
  facts.proc_mount = reader.text_fact(own["procMount"], "procMount", context);
  facts.sysctls = sysctls_of(reader, pod.context);
  return facts;
}

}  // namespace compliance::kubernetes
