// Reads one container of a pod.
#include "exporter/observe/kubernetes/parse/read_container.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "exporter/observe/component_rules.h"
#include "exporter/observe/kubernetes/model/objects.h"
#include "exporter/observe/kubernetes/parse/manifest_reader.h"

namespace compliance::kubernetes {
namespace {

// Reads a secretKeyRef or configMapKeyRef into `open`.
void read_reference(ManifestReader& reader, const Node& reference, UnresolvedVariable& open) {
  open.variable.reference_name = reader.text(reference, "name");
  open.variable.reference_key = reader.text(reference, "key");
  open.variable.origin = reader.origin_of(reference);
  open.optional = reader.flag(reference, "optional");
}

// What is neither of the two, such as fieldRef, has a value that only the cluster knows.
void read_value_source(ManifestReader& reader, const Node& source, UnresolvedVariable& open) {
  open.variable.origin = reader.origin_of(source);
  open.variable.from = ValueFrom::field;
  if (const Node secret = reader.mapping(source, "secretKeyRef")) {
    open.variable.from = ValueFrom::secret_reference;
    read_reference(reader, secret, open);
  } else if (const Node config_map = reader.mapping(source, "configMapKeyRef")) {
    open.variable.from = ValueFrom::config_map;
    read_reference(reader, config_map, open);
  }
}

// A variable without value is an empty text to the kubelet. A number or boolean is refused by the
// API server.
void read_literal(ManifestReader& reader, const Node& entry, const Node& value,
                  Variable& variable) {
  variable.origin = reader.origin_of(value.is_null() ? entry : value);
  if (value.is_null()) {
    variable.value = std::string{};
  } else if (is_text(value)) {
    variable.value = std::string{value.text()};
  } else {
    variable.fault = Fault{.reason = UnknownReason::unparsable,
                           .message = "the value of " + variable.name + " is not a text"};
  }
}

// `value` wins over `valueFrom` here; the API server takes both only when `value` is empty.
UnresolvedVariable read_variable(ManifestReader& reader, const Node& entry) {
  UnresolvedVariable open{.variable = {.name = reader.text(entry, "name")}};
  const Node value = entry["value"];
  const Node source = reader.mapping(entry, "valueFrom");
  if (open.variable.name.empty()) {
    reader.refuse(entry, "an entry of 'env' has no name");
  } else if (source && (value.is_null() || (value.is_scalar() && value.text().empty()))) {
    read_value_source(reader, source, open);
  } else {
    read_literal(reader, entry, value, open.variable);
  }
  return open;
}

// One entry of envFrom.
EnvironmentSource read_source(ManifestReader& reader, const Node& entry) {
  const Node secret = reader.mapping(entry, "secretRef");
  const Node reference = secret ? secret : reader.mapping(entry, "configMapRef");
  if (!reference) {
    reader.refuse(entry, "an entry of 'envFrom' names no ConfigMap and no Secret");
  }
  return {.secret = static_cast<bool>(secret),
          .name = reader.text(reference, "name"),
          .prefix = reader.text(entry, "prefix"),
          .optional = reader.flag(reference, "optional"),
          .origin = reader.origin_of(reference)};
}

// Fills `variables` and `sources` of the container.
void read_environment(ManifestReader& reader, const Node& container, UnresolvedContainer& into) {
  const Node variables = reader.list(container, "env");
  into.variables.reserve(variables.size());
  for (std::size_t index = 0; index < variables.size(); ++index) {
    into.variables.push_back(read_variable(reader, variables.at(index)));
  }
  const Node sources = reader.list(container, "envFrom");
  for (std::size_t index = 0; index < sources.size(); ++index) {
    into.sources.push_back(read_source(reader, sources.at(index)));
  }
}

// Followed by the container's name. Older than the field, which Kubernetes has since 1.30.
constexpr std::string_view app_armor_annotation = "container.apparmor.security.beta.kubernetes.io/";

// The type of a seccompProfile or appArmorProfile; absent when there is no profile, a fault when
// there is one without type.
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

// "runtime/default" and the like in the words of appArmorProfile, so that rules know one spelling.
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

// The names as written. An entry that is no text makes all capabilities undecidable through
// `fault`.
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

// Only containers have them; the pod's securityContext has no such field.
void read_capabilities(ManifestReader& reader, const Node& own, SecurityFacts& facts) {
  const Node capabilities = reader.mapping(own, "capabilities");
  facts.capabilities_dropped =
      capability_list(reader, capabilities, "drop", facts.capabilities_fault);
  facts.capabilities_added = capability_list(reader, capabilities, "add", facts.capabilities_fault);
}

// The options of one mapping.
std::vector<Located<NameValue>> selinux_options(ManifestReader& reader, const Node& options) {
  std::vector<Located<NameValue>> result;
  for (const char* name : {"user", "role", "type", "level"}) {
    const Node value = options[name];
    if (!value.text().empty()) {
      result.push_back({.value = {.name = name, .value = std::string{value.text()}},
                        .origin = reader.origin_of(value)});
    }
  }
  return result;
}

// The container's options replace the pod's as a whole.
std::vector<Located<NameValue>> selinux_options(ManifestReader& reader, const Node& pod,
                                                const Node& own) {
  const Node options = reader.mapping(own, "seLinuxOptions");
  return selinux_options(reader, options ? options : reader.mapping(pod, "seLinuxOptions"));
}

// Only pods have them: sysctls belong to the pod's namespaces.
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

// A container of Windows with the rights of the host, the counterpart of `privileged`.
Fact<bool> host_process(ManifestReader& reader, const Node& pod, const Node& own,
                        const Origin& container) {
  const Node value = stated(reader.mapping(own, "windowsOptions")["hostProcess"],
                            reader.mapping(pod, "windowsOptions")["hostProcess"]);
  return reader.bool_fact(value, "windowsOptions.hostProcess", container);
}

// A dollar sign is left of a template that was not rendered.
Image read_image(ManifestReader& reader, const Node& container) {
  const Node node = container["image"];
  const std::string reference = reader.text(container, "image");
  if (reference.empty()) {
    return {.fault = Fault{.reason = UnknownReason::missing_object,
                           .message = "the container names no image"},
            .origin = reader.origin_of(container)};
  }
  Image image = parse_image(reference);
  image.origin = reader.origin_of(node);
  if (reference.find('$') != std::string::npos) {
    image.fault = Fault{.reason = UnknownReason::unresolved_reference,
                        .message = "a variable takes part in the name of the image"};
  }
  return image;
}

// Appends the texts of a list; a missing list appends nothing.
void append_texts(ManifestReader& reader, const Node& container, std::string_view key,
                  std::vector<std::string>& to) {
  const Node list = reader.list(container, key);
  for (std::size_t index = 0; index < list.size(); ++index) {
    to.emplace_back(list.at(index).text());
  }
}

// One entry of `ports`. The protocol stays TCP when none is stated.
DeclaredPort read_port(ManifestReader& reader, const Node& entry) {
  DeclaredPort port{
      .name = reader.text(entry, "name"),
      .number = reader.port(entry["containerPort"], "containerPort"),
      .host_port = reader.int_fact(entry["hostPort"], "hostPort", reader.origin_of(entry)),
      .origin = reader.origin_of(entry)};
  if (port.host_port.is(0)) {
    // The API server takes 0 for "not set".
    port.host_port.value.reset();
  }
  if (std::string protocol = reader.text(entry, "protocol"); !protocol.empty()) {
    port.protocol = std::move(protocol);
  }
  return port;
}

std::vector<DeclaredPort> read_ports(ManifestReader& reader, const Node& container) {
  std::vector<DeclaredPort> ports;
  const Node list = reader.list(container, "ports");
  for (std::size_t index = 0; index < list.size(); ++index) {
    ports.push_back(read_port(reader, list.at(index)));
  }
  return ports;
}

// The hosts that a probe or hook names; without one the kubelet asks the pod itself.
void append_hosts(ManifestReader& reader, const Node& handler,
                  std::vector<Located<std::string>>& hosts) {
  for (const char* action : {"httpGet", "tcpSocket"}) {
    const Node host = reader.mapping(handler, action)["host"];
    if (!host.text().empty()) {
      hosts.push_back({.value = std::string{host.text()}, .origin = reader.origin_of(host)});
    }
  }
}

// All hosts that the kubelet is sent to from the node's network: newer Pod Security Standards
// forbid that.
std::vector<Located<std::string>> read_handler_hosts(ManifestReader& reader,
                                                     const Node& container) {
  std::vector<Located<std::string>> hosts;
  for (const char* probe : {"startupProbe", "livenessProbe", "readinessProbe"}) {
    append_hosts(reader, reader.mapping(container, probe), hosts);
  }
  const Node lifecycle = reader.mapping(container, "lifecycle");
  for (const char* hook : {"postStart", "preStop"}) {
    append_hosts(reader, reader.mapping(lifecycle, hook), hosts);
  }
  return hosts;
}

// A quantity as written: "512Mi", "0.5" or a plain number.
Fact<std::string> read_limit(ManifestReader& reader, const Node& limits, std::string_view key,
                             const Origin& otherwise) {
  const Node value = limits[key];
  if (value.is_null()) {
    return {.origin = otherwise};
  }
  return {.value = reader.text(limits, key), .origin = reader.origin_of(value)};
}

// A pod cannot limit processes; that is a setting of the kubelet.
ResourceLimits read_limits(ManifestReader& reader, const Node& container) {
  const Node limits = reader.mapping(reader.mapping(container, "resources"), "limits");
  const Origin here = reader.origin_of(container);
  return {.memory = read_limit(reader, limits, "memory", here),
          .cpu = read_limit(reader, limits, "cpu", here),
          .pids = {.origin = here}};
}

// True when the security of one of the containers has its value from there.
template <class TakesFrom>
bool any_takes(const std::vector<UnresolvedContainer>& containers, const TakesFrom& takes_from) {
  return std::any_of(containers.begin(), containers.end(),
                     [&takes_from](const UnresolvedContainer& open) {
                       return takes_from(open.container.security);
                     });
}

// The pod's fact, unless one of the containers has it from there: places tell it.
template <class T>
Fact<T> unless_taken(Fact<T> fact, Fact<T> SecurityFacts::*member,
                     const std::vector<UnresolvedContainer>& containers) {
  const bool taken = any_takes(containers, [&](const SecurityFacts& security) {
    return (security.*member).origin == fact.origin;
  });
  return taken || fact.absent() ? Fact<T>{} : std::move(fact);
}

// Every profile that the pod states, by its field and by annotations, unless a container takes it.
std::vector<Fact<std::string>> untaken_app_armor(
    ManifestReader& reader, const PodSecurity& pod,
    const std::vector<UnresolvedContainer>& containers) {
  std::vector<Fact<std::string>> stated{
      profile_type(reader, pod.context["appArmorProfile"], "appArmorProfile", {})};
  for (std::size_t index = 0; index < pod.annotations.size(); ++index) {
    const Node annotation = pod.annotations.at(index);
    if (pod.annotations.key(index).text().starts_with(app_armor_annotation)) {
      stated.push_back(
          {.value = app_armor_type(annotation.text()), .origin = reader.origin_of(annotation)});
    }
  }
  std::vector<Fact<std::string>> untaken;
  for (Fact<std::string>& fact : stated) {
    fact = unless_taken(std::move(fact), &SecurityFacts::app_armor, containers);
    if (!fact.absent()) {
      untaken.push_back(std::move(fact));
    }
  }
  return untaken;
}

}  // namespace

OverriddenByAll read_overridden(ManifestReader& reader, const PodSecurity& pod,
                                const std::vector<UnresolvedContainer>& containers) {
  const Node& context = pod.context;
  const auto kept = [&containers](auto fact, auto member) {
    return unless_taken(std::move(fact), member, containers);
  };
  OverriddenByAll result{
      .host_process = kept(host_process(reader, context, {}, {}), &SecurityFacts::host_process),
      .run_as_non_root = kept(reader.bool_fact(context["runAsNonRoot"], "runAsNonRoot", {}),
                              &SecurityFacts::run_as_non_root),
      .run_as_user =
          kept(reader.int_fact(context["runAsUser"], "runAsUser", {}), &SecurityFacts::run_as_user),
      .seccomp = kept(profile_type(reader, context["seccompProfile"], "seccompProfile", {}),
                      &SecurityFacts::seccomp),
      .app_armor = untaken_app_armor(reader, pod, containers),
      .selinux = selinux_options(reader, reader.mapping(context, "seLinuxOptions"))};
  std::erase_if(result.selinux, [&containers](const Located<NameValue>& option) {
    return any_takes(containers, [&option](const SecurityFacts& security) {
      const auto& own = security.selinux;
      return std::find(own.begin(), own.end(), option) != own.end();
    });
  });
  return result;
}

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
  // Pods have no user by name: only run_as_user.
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

UnresolvedContainer read_container(ManifestReader& reader, const PodContext& pod,
                                   const PodVolumes& volumes, const Node& container) {
  if (!container.is_mapping()) {
    reader.refuse(container, "a container is not a mapping");
    return {};
  }
  UnresolvedContainer open;
  Container& facts = open.container;
  facts.platform = Platform::kubernetes;
  facts.windows = pod.windows;
  facts.name = reader.text(container, "name");
  facts.workload = pod.workload;
  facts.object = pod.workload + " container " + facts.name;
  facts.origin = reader.origin_of(container);
  facts.image = read_image(reader, container);
  // The command replaces the entry point, arguments follow; the image's own are not known here.
  append_texts(reader, container, "command", facts.command);
  append_texts(reader, container, "args", facts.command);
  facts.mounts = volumes.mounts_of(reader, container);
  facts.security = read_security(reader, pod.security, container);
  facts.namespaces = pod.namespaces;
  facts.declared_ports = read_ports(reader, container);
  facts.handler_hosts = read_handler_hosts(reader, container);
  facts.limits = read_limits(reader, container);
  facts.pod_labels = pod.labels;
  read_environment(reader, container, open);
  return open;
}

}  // namespace compliance::kubernetes
