// What an operator declares of NetworkPolicies: allowed_ingress and strict_egress. Refusals are in
// tests/data/config/bad.
#include <gtest/gtest.h>

#include "exporter/config/parse_config.h"

namespace compliance::allowed_ingress_config_test {
namespace {

Result<Config> parsed(const std::string& entries, const std::string& policy = "{}") {
  return parse_config("x.yaml",
                      "policy: " + policy +
                          "\ninstallations:\n  - name: a\n    kubernetes: {manifests: [m.yaml]}\n"
                          "    allowed_ingress: " +
                          entries + "\n");
}

std::vector<AllowedIngress> read(const std::string& entries) {
  const auto config = parsed(entries);
  EXPECT_TRUE(config) << config.error().message;
  return config ? config.value().installations.front().allowed_ingress
                : std::vector<AllowedIngress>{};
}

AllowedIngress read_one(const std::string& entry) {
  const auto entries = read("[" + entry + "]");
  EXPECT_EQ(entries.size(), 1U);
  return entries.empty() ? AllowedIngress{} : entries.front();
}

TEST(AllowedIngressConfig, IsEmptyByDefault) {
  const auto config =
      parse_config("x.yaml", "installations:\n  - {name: a, kubernetes: {manifests: [m.yaml]}}\n");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_TRUE(config.value().installations.front().allowed_ingress.empty());
  EXPECT_TRUE(read("[]").empty());
}

TEST(AllowedIngressConfig, NamesPodsOfANamespace) {
  EXPECT_EQ(read_one("{namespace: monitoring, pods: {app: prometheus, tier: x}, components: [sts, "
                     "gateway], ports: [8080, 8081]}"),
            (AllowedIngress{.object_namespace = "monitoring",
                            .pods = {{"app", "prometheus"}, {"tier", "x"}},
                            .components = {Component::sts, Component::gateway},
                            .ports = {8080, 8081}}));
}

TEST(AllowedIngressConfig, NamesEverythingThatIsLeftOut) {
  EXPECT_EQ(read_one("{namespace: monitoring}"),
            (AllowedIngress{.object_namespace = "monitoring"}));
}

TEST(AllowedIngressConfig, NamesAddressBlocks) {
  EXPECT_EQ(read_one("{cidr: 10.0.0.0/8}"), (AllowedIngress{.block = parse_block("10.0.0.0/8")}));
  EXPECT_EQ(read_one("{cidr: 'fd00::/8', ports: [1, 65535]}"),
            (AllowedIngress{.block = parse_block("fd00::/8"), .ports = {1, 65535}}));
}

TEST(AllowedIngressConfig, KeepsTheOrderOfItsEntries) {
  const auto entries = read("[{namespace: a}, {cidr: 10.0.0.0/8}, {namespace: b}]");
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].object_namespace, "a");
  EXPECT_TRUE(entries[1].block);
  EXPECT_EQ(entries[2].object_namespace, "b");
}

TEST(AllowedIngressConfig, TakesNamesThatNamespacesMayHave) {
  EXPECT_EQ(read_one("{namespace: z0-9}").object_namespace, "z0-9");
  const std::string longest(63, 'a');
  EXPECT_EQ(read_one("{namespace: " + longest + "}").object_namespace, longest);
  for (const std::string& name :
       {longest + "a", std::string{"a_b"}, std::string{"a.b"}, std::string{"a b"}}) {
    EXPECT_FALSE(parsed("[{namespace: '" + name + "'}]")) << name;
  }
}

TEST(AllowedIngressConfig, RefusesValuesOfOtherShapes) {
  for (const char* entry :
       {"{namespace: [a]}", "{namespace: ''}", "{cidr: [10.0.0.0/8]}", "{cidr: 10.0.0.0/33}",
        "{namespace: a, pods: [x]}", "{namespace: a, pods: x}", "{namespace: a, components: sts}",
        "{namespace: a, ports: [http]}", "{namespace: a, ports: ['80']}"}) {
    EXPECT_FALSE(parsed("[" + std::string{entry} + "]")) << entry;
  }
}

TEST(StrictEgressConfig, IsOffUnlessItIsSet) {
  const auto strict = [](const std::string& policy) {
    const auto config = parsed("[]", policy);
    EXPECT_TRUE(config) << config.error().message;
    return config.value().evaluation.policy.strict_egress;
  };
  EXPECT_FALSE(strict("{}"));
  EXPECT_FALSE(strict("{strict_egress: false}"));
  EXPECT_TRUE(strict("{strict_egress: true}"));
}

TEST(StrictEgressConfig, IsReadFromTheCommandLine) {
  const auto policy = parse_policy({{"strict_egress", "true"}});
  ASSERT_TRUE(policy) << policy.error().message;
  EXPECT_TRUE(policy.value().policy.strict_egress);
  EXPECT_FALSE(parse_policy({{"strict_egress", "strict"}}));
}

}  // namespace
}  // namespace compliance::allowed_ingress_config_test
