// The environment that the kubelet would make.
#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/manifests.h"

namespace compliance::test::environment_test {
namespace {

const std::string config_map =
    "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata:\n"
    "  MODE: stable\n"
    "  URL: $(MODE)\n"
    "  PORT: 8080\n"
    "  EMPTY:\n";
const std::string secret =
    "---\n{apiVersion: v1, kind: Secret, metadata: {name: keys}, stringData: {TOKEN: a, OTHER: "
    "b}}\n";

EnvironmentFacts environment_of(const std::string& fields, const std::string& more = "") {
  return container_of(pod_with(fields) + more).environment;
}

// "text", "unset", "secret", "field", or the reason of the fault.
std::string shown(const EnvironmentFacts& environment, const std::string& name) {
  const Variable* variable = environment.find(name);
  if (variable == nullptr) {
    return "unset";
  }
  if (variable->fault) {
    return std::string{name_of(variable->fault->reason)};
  }
  if (variable->value) {
    return "text " + *variable->value;
  }
  return variable->from == ValueFrom::secret_reference ? "secret" : "field";
}

struct Row {
  const char* name;
  const char* fields;
  const char* expected;
};

class Variables : public testing::TestWithParam<Row> {};

TEST_P(Variables, AreWhatTheKubeletMakesOfThem) {
  EXPECT_EQ(shown(environment_of(GetParam().fields, config_map + secret), "A"),
            GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Variables,
    testing::Values(
        Row{"NotThere", "env: [{name: B, value: x}]", "unset"},
        Row{"Literal", "env: [{name: A, value: x}]", "text x"},
        Row{"QuotedNumber", "env: [{name: A, value: \"1\"}]", "text 1"},
        Row{"WithoutValue", "env: [{name: A}]", "text "},
        Row{"NullValue", "env: [{name: A, value: null}]", "text "},
        Row{"Number", "env: [{name: A, value: 1}]", "unparsable"},
        Row{"Fraction", "env: [{name: A, value: -1.5e3}]", "unparsable"},
        Row{"FractionWithoutDigits", "env: [{name: A, value: .}]", "text ."},
        Row{"ExponentWithoutDigits", "env: [{name: A, value: 1e}]", "text 1e"},
        Row{"Infinity", "env: [{name: A, value: -.inf}]", "unparsable"},
        Row{"Version", "env: [{name: A, value: 1.2.3}]", "text 1.2.3"},
        Row{"Boolean", "env: [{name: A, value: true}]", "unparsable"},
        Row{"List", "env: [{name: A, value: [x]}]", "unparsable"},
        Row{"LaterWins", "env: [{name: A, value: x}, {name: A, value: z}]", "text z"},
        Row{"Secret", "env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]", "secret"},
        Row{"EmptyValueBesideAReference",
            "env: [{name: A, value: '', valueFrom: {secretKeyRef: {name: s, key: k}}}]", "secret"},
        Row{"ValueBesideAReference",
            "env: [{name: A, value: x, valueFrom: {secretKeyRef: {name: s, key: k}}}]", "text x"},
        Row{"OptionalSecretThatIsNotAmongTheObjects",
            "env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k, optional: true}}}]",
            "secret"},
        Row{"OptionalKeyThatTheSecretHas",
            "env: [{name: A, valueFrom: {secretKeyRef: {name: keys, key: OTHER, optional: true}}}]",
            "secret"},
        Row{"OptionalKeyThatTheSecretLacks",
            "env: [{name: A, valueFrom: {secretKeyRef: {name: keys, key: k, optional: true}}}]",
            "unset"},
        Row{"KeyThatTheSecretLacks",
            "env: [{name: A, valueFrom: {secretKeyRef: {name: keys, key: k}}}]", "secret"},
        Row{"Field", "env: [{name: A, valueFrom: {fieldRef: {fieldPath: x}}}]", "field"},
        Row{"ResourceField", "env: [{name: A, valueFrom: {resourceFieldRef: {resource: x}}}]",
            "field"},
        Row{"ConfigMap",
            "env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: MODE}}}]",
            "text stable"},
        Row{"ConfigMapIsNotExpanded",
            "env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: URL}}}]",
            "text $(MODE)"},
        Row{"ConfigMapNumber",
            "env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: PORT}}}]",
            "unparsable"},
        Row{"ConfigMapEmpty",
            "env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: EMPTY}}}]",
            "text "},
        Row{"ConfigMapWithoutTheKey",
            "env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: X}}}]",
            "unresolved_reference"},
        Row{"ConfigMapWithoutTheOptionalKey",
            "env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: X, optional: "
            "true}}}]",
            "unset"},
        Row{"NoConfigMap", "env: [{name: A, valueFrom: {configMapKeyRef: {name: x, key: MODE}}}]",
            "unresolved_reference"},
        Row{"NoOptionalConfigMap",
            "env: [{name: A, valueFrom: {configMapKeyRef: {name: x, key: MODE, optional: true}}}]",
            "unset"},
        Row{"Expanded", "env: [{name: B, value: b}, {name: A, value: x$(B)y$(B)}]", "text xbyb"},
        Row{"ExpandedLaterNameIsLiteral", "env: [{name: A, value: x$(B)}, {name: B, value: b}]",
            "text x$(B)"},
        Row{"Escaped", "env: [{name: B, value: b}, {name: A, value: x$$(B)}]", "text x$(B)"},
        Row{"EscapedTwice", "env: [{name: B, value: b}, {name: A, value: x$$$(B)}]", "text x$b"},
        Row{"DollarAlone", "env: [{name: A, value: a$b$}]", "text a$b$"},
        Row{"Unclosed", "env: [{name: B, value: b}, {name: A, value: 'a$(B'}]", "text a$(B"},
        Row{"UnclosedAfterClosed", "env: [{name: B, value: b}, {name: A, value: '$(B)$(B'}]",
            "text b$(B"},
        Row{"NoName", "env: [{name: A, value: a$()}]", "text a$()"},
        Row{"SecretWithin",
            "env: [{name: B, valueFrom: {secretKeyRef: {name: s, key: k}}}, {name: A, value: "
            "'x$(B)'}]",
            "field"},
        Row{"FaultWithin",
            "env: [{name: B, valueFrom: {configMapKeyRef: {name: s, key: k}}}, {name: A, value: "
            "'x$(B)'}]",
            "unresolved_reference"},
        Row{"UnknownNameWhereAnyMayBe",
            "envFrom: [{configMapRef: {name: x}}], env: [{name: A, value: $(B)}]",
            "unresolved_reference"},
        Row{"KnownNameWhereAnyMayBe",
            "envFrom: [{configMapRef: {name: x}}], env: [{name: B, value: b}, {name: A, value: "
            "$(B)}]",
            "text b"},
        Row{"FromAConfigMapWithin",
            "envFrom: [{configMapRef: {name: settings}}], env: [{name: A, value: $(MODE)}]",
            "text stable"},
        Row{"EnvFromPrefix", "envFrom: [{prefix: X_, configMapRef: {name: settings}}]", "unset"}),
    [](const auto& row) { return row.param.name; });

TEST(Environments, AreInOrderOfName) {
  const auto environment =
      environment_of("env: [{name: C, value: x}, {name: A, value: x}, {name: B, value: x}]");
  ASSERT_EQ(environment.variables.size(), 3U);
  EXPECT_EQ(environment.variables[0].name, "A");
  EXPECT_EQ(environment.variables[2].name, "C");
  EXPECT_FALSE(environment.incomplete);
}

TEST(Environments, SayWhereTheValueStands) {
  const auto environment = environment_of(
      "env: [{name: A,\n value: x}, {name: B,\n valueFrom: {secretKeyRef: {name: s, key: k}}},\n "
      "{name: C, valueFrom: {configMapKeyRef: {name: settings, key: MODE}}},\n {name: D}]",
      config_map);
  EXPECT_EQ(environment.find("A")->origin, origin_at(4, 9));
  EXPECT_EQ(environment.find("B")->origin.line, 5U);
  EXPECT_EQ(environment.find("B")->reference_name, "s");
  EXPECT_EQ(environment.find("B")->reference_key, "k");
  EXPECT_EQ(environment.find("C")->origin, origin_at(13, 3));
  EXPECT_EQ(environment.find("C")->from, ValueFrom::config_map);
  EXPECT_EQ(environment.find("C")->reference_name, "settings");
  EXPECT_EQ(environment.find("C")->reference_key, "MODE");
  EXPECT_EQ(environment.find("D")->origin, origin_at(7, 2));
}

TEST(Environments, TakeConfigMapsWholeWithAPrefix) {
  const auto environment = environment_of(
      "envFrom: [{prefix: X_, configMapRef: {name: settings}}], env: [{name: X_URL, value: mine}]",
      config_map);
  ASSERT_EQ(environment.variables.size(), 4U);
  EXPECT_EQ(shown(environment, "X_MODE"), "text stable");
  EXPECT_EQ(shown(environment, "X_URL"), "text mine");
  EXPECT_EQ(environment.find("X_MODE")->from, ValueFrom::config_map);
  EXPECT_EQ(environment.find("X_MODE")->reference_key, "MODE");
  EXPECT_FALSE(environment.incomplete);
}

TEST(Environments, LetALaterSourceWin) {
  const std::string other =
      "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: other}, data: {MODE: dev}}\n";
  const std::string first = "{configMapRef: {name: settings}}";
  const std::string second = "{configMapRef: {name: other}}";
  EXPECT_EQ(
      shown(environment_of("envFrom: [" + first + ", " + second + "]", config_map + other), "MODE"),
      "text dev");
  EXPECT_EQ(
      shown(environment_of("envFrom: [" + second + ", " + first + "]", config_map + other), "MODE"),
      "text stable");
}

TEST(Environments, AreIncompleteWithoutTheConfigMap) {
  const auto environment = environment_of("envFrom: [{configMapRef: {name: gone}}]", config_map);
  ASSERT_TRUE(environment.incomplete);
  EXPECT_EQ(environment.incomplete->reason, UnknownReason::unresolved_reference);
  EXPECT_EQ(environment.incomplete->message, "ConfigMap gone is not among the objects");
  EXPECT_FALSE(
      environment_of("envFrom: [{configMapRef: {name: gone, optional: true}}]").incomplete);
}

TEST(Environments, TakeKeysOfSecretsButNoText) {
  const auto environment =
      environment_of("envFrom: [{prefix: P_, secretRef: {name: keys}}]", secret);
  EXPECT_EQ(shown(environment, "P_TOKEN"), "secret");
  EXPECT_EQ(environment.find("P_TOKEN")->reference_name, "keys");
  EXPECT_EQ(environment.find("P_TOKEN")->reference_key, "TOKEN");
  EXPECT_EQ(shown(environment, "P_OTHER"), "secret");
  EXPECT_FALSE(environment.incomplete);
  ASSERT_EQ(environment.secret_references.size(), 1U);
  EXPECT_EQ(environment.secret_references[0].value, "keys");
  EXPECT_EQ(environment.secret_references[0].origin.line, 3U);
}

TEST(Environments, AreIncompleteWithoutTheSecret) {
  const auto environment = environment_of("envFrom: [{secretRef: {name: gone}}]", secret);
  ASSERT_TRUE(environment.incomplete);
  EXPECT_EQ(environment.incomplete->message, "the keys of Secret gone are not among the objects");
  EXPECT_EQ(environment.secret_references.size(), 1U);
}

TEST(Environments, KnowTheKeysThatSealedAndExternalSecretsWillHave) {
  const std::string sealed =
      "---\n{apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: {name: x}, spec: "
      "{encryptedData: {A: AgB}, template: {metadata: {name: made}}}}\n";
  EXPECT_EQ(shown(environment_of("envFrom: [{secretRef: {name: made}}]", sealed), "A"), "secret");
  const std::string external =
      "---\n{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: x}, spec: "
      "{target: {name: made}, data: [{secretKey: A}]}}\n";
  const auto known = environment_of("envFrom: [{secretRef: {name: made}}]", external);
  EXPECT_EQ(shown(known, "A"), "secret");
  EXPECT_FALSE(known.incomplete);
}

TEST(Environments, AreIncompleteWhereAnExternalSecretTakesWhateverThereIs) {
  const char* const rest[] = {"dataFrom: [{extract: {key: k}}]", "target: {template: {data: {}}}"};
  for (const char* more : rest) {
    const std::string external =
        std::string{
            "---\n{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: x}, "
            "spec: {data: [{secretKey: A}], "} +
        more + "}}\n";
    EXPECT_TRUE(environment_of("envFrom: [{secretRef: {name: x}}]", external).incomplete) << more;
  }
}

TEST(Environments, LookForReferencesInTheNamespaceOfThePod) {
  const std::string pod =
      "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: here}, spec: {containers: "
      "[{name: c, env: [{name: A, valueFrom: {configMapKeyRef: {name: m, key: k}}}]}]}}\n";
  const auto map_in = [](const std::string& metadata, const std::string& text) {
    return "---\n{apiVersion: v1, kind: ConfigMap, metadata: {" + metadata +
           "}, data: {k: " + text + "}}\n";
  };
  EXPECT_EQ(shown(container_of(pod + map_in("name: m, namespace: there", "x")).environment, "A"),
            "unresolved_reference");
  EXPECT_EQ(shown(container_of(pod + map_in("name: m, namespace: here", "x") +
                               map_in("name: m, namespace: there", "y"))
                      .environment,
                  "A"),
            "text x");
  // The only namespace of the release is that of objects that name none.
  EXPECT_EQ(shown(container_of(pod + map_in("name: m", "z")).environment, "A"), "text z");
}

TEST(Environments, ResolveReferencesAcrossFiles) {
  const auto facts = facts_of_files(
      {pod_with("env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: MODE}}}]"),
       config_map});
  EXPECT_EQ(shown(facts.containers.at(0).environment, "A"), "text stable");
}

TEST(Environments, StopTextThatMultipliesItself) {
  std::string fields = "env: [{name: V0, value: 0123456789abcdef0123456789abcdef}";
  for (int level = 1; level < 40; ++level) {
    const std::string below = "$(V" + std::to_string(level - 1) + ")";
    fields += ", {name: V" + std::to_string(level) + ", value: '" + below + below + "'}";
  }
  const auto environment = environment_of(fields + "]");
  EXPECT_EQ(environment.find("V2")->value->size(), 128U);
  EXPECT_EQ(shown(environment, "V39"), "limit_exceeded");
}

TEST(Environments, StopConfigMapsThatMultiplyThroughReferences) {
  const std::string text(1U << 20U, 'x');
  std::string fields = "env: [{name: V, value: x}";
  for (int index = 0; index < 70; ++index) {
    fields += ", {name: V" + std::to_string(index) +
              ", valueFrom: {configMapKeyRef: {name: big, key: k}}}";
  }
  const auto environment = environment_of(
      fields + "]",
      "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: big}, data: {k: " + text + "}}\n");
  EXPECT_EQ(environment.find("V0")->value, text);
  EXPECT_EQ(shown(environment, "V69"), "limit_exceeded");
}

}  // namespace
}  // namespace compliance::test::environment_test
