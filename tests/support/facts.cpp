// Builders of facts for the tests of rules.
#include "tests/support/facts.h"

#include <algorithm>
#include <utility>

#include <gtest/gtest.h>

#include "checks/catalogue.h"

namespace compliance::test {
namespace {

Variable& variable_named(Container& container, const std::string& name) {
  auto& variables = container.environment.variables;
  const auto place = std::lower_bound(
      variables.begin(), variables.end(), name,
      [](const Variable& variable, const std::string& wanted) { return variable.name < wanted; });
  if (place != variables.end() && place->name == name) {
    *place = Variable{.name = name, .origin = place->origin};
    return *place;
  }
  return *variables.insert(place, Variable{.name = name, .origin = at(Source::compose, 10, 7)});
}

Container hardened(Component component) {
  Container container;
  container.component = component;
  container.name = std::string{name_of(component)};
  container.origin = at(Source::compose, 5, 3);
  container.image = Image{.repository = "ghcr.io/garudex-labs/caracal-go",
                          .tag = "v2026.06.25",
                          .origin = at(Source::compose, 6, 5)};
  container.release = parse_release("v2026.06.25");
  container.security.no_new_privileges = {.value = true, .origin = container.origin};
  container.security.read_only_root = {.value = true, .origin = container.origin};
  container.security.capabilities_dropped = {{.value = "ALL", .origin = container.origin}};
  container.security.seccomp.origin = container.origin;
  container.security.user.origin = container.origin;
  return container;
}

Installation installation_with(std::vector<Container> containers, Evidence evidence) {
  Installation installation;
  installation.name = "production";
  installation.configured = evidence;
  containers_in(installation) = std::move(containers);
  installation.observed_at = std::chrono::sys_seconds{std::chrono::seconds{1'800'000'000}};
  return installation;
}

Installation installation_of(const Container& container) {
  return container.platform == Platform::compose ? compose_installation({container})
                                                 : kubernetes_installation({container});
}

Finding expect_one(const CheckResult& result, const Verdict& expected) {
  SCOPED_TRACE("expected finding: " + expected.message);
  EXPECT_EQ(name_of(result.status), name_of(expected.outcome));
  Finding found;
  std::size_t count = 0;
  for (const Finding& finding : result.findings) {
    if (finding.outcome == expected.outcome) {
      found = count++ == 0 ? finding : found;
    }
  }
  EXPECT_EQ(count, 1U);
  EXPECT_EQ(found.message, expected.message);
  EXPECT_EQ(found.origin, expected.origin);
  EXPECT_EQ(found.reason, expected.reason);
  return found;
}

}  // namespace

Origin at(Source source, std::uint32_t line, std::uint32_t column) {
  const char* file = source == Source::kubernetes ? "manifests.yaml" : "compose.yaml";
  return {.source = source, .place = Location{file}, .line = line, .column = column};
}

std::vector<Container>& containers_in(Installation& installation) {
  const bool kubernetes = has_any(installation.configured, Source::kubernetes) &&
                          !has_any(installation.configured, Source::compose);
  return kubernetes ? installation.kubernetes.containers : installation.compose.containers;
}

Origin at_secret_file(const std::string& name) {
  return {.source = Source::secrets, .place = Location{"secrets/" + name}};
}

Container hardened_service(Component component) {
  Container container = hardened(component);
  container.platform = Platform::compose;
  container.object = "service " + container.name;
  return container;
}

Container hardened_pod_container(Component component) {
  Container container = hardened(component);
  container.platform = Platform::kubernetes;
  container.workload = "Deployment caracal-" + container.name;
  container.object = container.workload + " container " + container.name;
  container.object_namespace = "caracal";
  container.origin = at(Source::kubernetes, 5, 3);
  container.security.run_as_non_root = {.value = true, .origin = container.origin};
  container.security.seccomp = {.value = "RuntimeDefault", .origin = container.origin};
  container.service_account_token = {.value = false, .origin = container.origin};
  return container;
}

void set_variable(Container& container, const std::string& name, std::string value) {
  variable_named(container, name).value = std::move(value);
}

void set_secret_reference(Container& container, const std::string& name, std::string secret,
                          std::string key) {
  Variable& variable = variable_named(container, name);
  variable.from = ValueFrom::secret_reference;
  variable.reference_name = std::move(secret);
  variable.reference_key = std::move(key);
}

void set_unresolved_variable(Container& container, const std::string& name) {
  variable_named(container, name).fault = unset_variable;
}

void remove_variable(Container& container, std::string_view name) {
  std::erase_if(container.environment.variables,
                [name](const Variable& variable) { return variable.name == name; });
}

Installation compose_installation(std::vector<Container> containers) {
  return installation_with(std::move(containers), Source::compose);
}

Installation kubernetes_installation(std::vector<Container> containers) {
  return installation_with(std::move(containers), Source::kubernetes);
}

void add_secret_file(Installation& installation, std::string logical_name,
                     std::string_view content) {
  SecretFile file;
  file.logical_name = std::move(logical_name);
  file.origin = at_secret_file(file.logical_name);
  file.shape = shape_of(content);
  // Equal contents get equal fingerprints; tests have no need of a key.
  for (std::size_t index = 0; index < content.size(); ++index) {
    auto& byte = file.text_fingerprint.at(index % file.text_fingerprint.size());
    byte = static_cast<std::uint8_t>(byte * 31U + static_cast<unsigned char>(content[index]));
  }
  file.decoded_fingerprint = file.text_fingerprint;
  file.permissions = FilePermissions{.mode = 0400};
  file.changed_at = installation.observed_at - std::chrono::days{1};
  installation.configured = installation.configured | Source::secrets;
  installation.secrets.files.push_back(std::move(file));
}

CheckResult result_of(std::string_view check_id, const Installation& installation) {
  const Check* check = find_check(check_id);
  if (check == nullptr) {
    return {};
  }
  EvaluationSettings settings;
  settings.extended = true;
  settings.each_pass = true;
  return evaluate_check(*check, installation, settings);
}

Outcome status_of(std::string_view check_id, const Installation& installation) {
  return result_of(check_id, installation).status;
}

CheckResult result_of(std::string_view check_id, const Container& container) {
  return result_of(check_id, installation_of(container));
}

Outcome status_of(std::string_view check_id, const Container& container) {
  return result_of(check_id, container).status;
}

Finding expect_fail(const CheckResult& result, std::string_view message, const Origin& origin) {
  return expect_one(result, fail(std::string{message}, origin));
}

Finding expect_fail(std::string_view check_id, const Installation& installation,
                    std::string_view message, const Origin& origin) {
  return expect_fail(result_of(check_id, installation), message, origin);
}

Finding expect_fail(std::string_view check_id, const Container& container, std::string_view message,
                    const Origin& origin) {
  return expect_fail(result_of(check_id, container), message, origin);
}

Finding expect_unknown(const CheckResult& result, const Fault& fault, const Origin& origin) {
  return expect_one(result, unknown(fault, origin));
}

Finding expect_unknown(std::string_view check_id, const Installation& installation,
                       const Fault& fault, const Origin& origin) {
  return expect_unknown(result_of(check_id, installation), fault, origin);
}

Finding expect_unknown(std::string_view check_id, const Container& container, const Fault& fault,
                       const Origin& origin) {
  return expect_unknown(result_of(check_id, container), fault, origin);
}

Finding expect_pass(const CheckResult& result, std::string_view note, const Origin& origin) {
  return expect_one(result, pass(std::string{note}, origin));
}

Finding expect_pass(std::string_view check_id, const Installation& installation,
                    std::string_view note, const Origin& origin) {
  return expect_pass(result_of(check_id, installation), note, origin);
}

Finding expect_pass(std::string_view check_id, const Container& container, std::string_view note,
                    const Origin& origin) {
  return expect_pass(result_of(check_id, container), note, origin);
}

std::string summary_of(const Finding& finding) {
  std::string summary{name_of(finding.outcome)};
  if (finding.outcome == Outcome::fail || finding.outcome == Outcome::unknown) {
    const Origin& origin = finding.origin;
    summary += ": " + finding.message + " [" + std::string{origin.place.text()};
    if (origin.line > 0) {
      summary += ":" + std::to_string(origin.line) + ":" + std::to_string(origin.column);
    }
    summary += "]";
  }
  return summary;
}

std::string summary_of(const CheckResult& result) {
  return result.findings.empty() ? std::string{name_of(result.status)}
                                 : summary_of(result.findings.front());
}

std::string summary_of(std::string_view check_id, const Installation& installation) {
  return summary_of(result_of(check_id, installation));
}

std::string summary_of(std::string_view check_id, const Container& container) {
  return summary_of(check_id, installation_of(container));
}

}  // namespace compliance::test
