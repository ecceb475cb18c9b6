// Label selectors, and the labels of namespaces and pods that they are matched against.
#include "exporter/observe/kubernetes/parse/label_selector.h"

#include <string>

#include <gtest/gtest.h>

#include "exporter/observe/kubernetes/resolve/namespaces.h"
#include "tests/exporter/observe/kubernetes/manifests.h"

namespace compliance::test::label_selector_test {
namespace {

struct Reading {
  std::optional<LabelSelector> selector{};
  std::string refusal{};
};

// Reads "selector: TEXT".
Reading read_selector(const std::string& text) {
  const auto document = document::parse_document("selector: " + text);
  if (!document) {
    ADD_FAILURE() << document.error().message;
    return {};
  }
  kubernetes::ManifestReader reader{Location{"manifests.yaml"}};
  Reading reading{.selector =
                      read_label_selector(reader, document.value().roots().front(), "selector")};
  reading.refusal = reader.refusal() ? reader.refusal()->fault.message : "";
  return reading;
}

struct Match {
  const char* name;
  const char* selector;
  Labels labels;
  bool matched;
};

class LabelSelectors : public testing::TestWithParam<Match> {};

TEST_P(LabelSelectors, MatchAsTheApiServerDoes) {
  const Reading reading = read_selector(GetParam().selector);
  EXPECT_EQ(reading.refusal, "");
  EXPECT_EQ(matches(reading.selector, GetParam().labels), GetParam().matched);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, LabelSelectors,
    testing::Values(
        Match{"NullMatchesNothing", "", {{"a", "1"}}, false},
        Match{"EmptyMatchesEverything", "{}", {{"a", "1"}}, true},
        Match{"EmptyMatchesThatWithoutLabels", "{}", {}, true},
        Match{"EmptyPartsMatchEverything", "{matchLabels: {}, matchExpressions: []}", {}, true},
        Match{"NullPartsMatchEverything", "{matchLabels: , matchExpressions: }", {}, true},
        Match{"Equal", "{matchLabels: {a: x}}", {{"a", "x"}, {"b", "y"}}, true},
        Match{"OtherValue", "{matchLabels: {a: x}}", {{"a", "y"}}, false},
        Match{"OtherCase", "{matchLabels: {a: x}}", {{"a", "X"}}, false},
        Match{"OtherKey", "{matchLabels: {a: x}}", {{"b", "x"}}, false},
        Match{"EveryLabelCounts", "{matchLabels: {a: x, b: w}}", {{"a", "x"}}, false},
        Match{"NullValueIsAnEmptyText", "{matchLabels: {a: }}", {{"a", ""}}, true},
        Match{"In",
              "{matchExpressions: [{key: a, operator: In, values: [x, w]}]}",
              {{"a", "w"}},
              true},
        Match{"InOther",
              "{matchExpressions: [{key: a, operator: In, values: [x, w]}]}",
              {{"a", "z"}},
              false},
        Match{"InAbsent", "{matchExpressions: [{key: a, operator: In, values: [x]}]}", {}, false},
        Match{"NotIn",
              "{matchExpressions: [{key: a, operator: NotIn, values: [x]}]}",
              {{"a", "x"}},
              false},
        Match{"NotInOther",
              "{matchExpressions: [{key: a, operator: NotIn, values: [x]}]}",
              {{"a", "y"}},
              true},
        Match{"NotInAbsent",
              "{matchExpressions: [{key: a, operator: NotIn, values: [x]}]}",
              {},
              true},
        Match{"Exists", "{matchExpressions: [{key: a, operator: Exists}]}", {{"a", ""}}, true},
        Match{"ExistsNot",
              "{matchExpressions: [{key: a, operator: Exists, values: []}]}",
              {{"b", ""}},
              false},
        Match{"DoesNotExist",
              "{matchExpressions: [{key: a, operator: DoesNotExist}]}",
              {{"b", ""}},
              true},
        Match{"DoesNotExistButDoes",
              "{matchExpressions: [{key: a, operator: DoesNotExist}]}",
              {{"a", ""}},
              false},
        Match{"LabelsAndExpressionsBothCount",
              "{matchLabels: {a: x}, matchExpressions: [{key: b, operator: Exists}]}",
              {{"a", "x"}},
              false},
        Match{"EveryExpressionCounts",
              "{matchExpressions: [{key: a, operator: Exists}, {key: b, operator: Exists}]}",
              {{"a", "x"}},
              false}),
    [](const auto& row) { return row.param.name; });

struct Refusal {
  const char* name;
  const char* selector;
  const char* message;
};

class BrokenLabelSelectors : public testing::TestWithParam<Refusal> {};

TEST_P(BrokenLabelSelectors, AreRefused) {
  EXPECT_EQ(read_selector(GetParam().selector).refusal, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BrokenLabelSelectors,
    testing::Values(
        Refusal{"Text", "caracal", "'selector' is not a mapping"},
        Refusal{"LabelsWithoutMatchLabels", "{app: caracal}",
                "'selector' has a field that it does not know: misspelt?"},
        Refusal{"LabelsMisspelt", "{matchlabels: {app: caracal}}",
                "'selector' has a field that it does not know: misspelt?"},
        Refusal{"FieldBesideLabels", "{matchLabels: {a: b}, c: d}",
                "'selector' has a field that it does not know: misspelt?"},
        Refusal{"FieldOfAnExpression",
                "{matchExpressions: [{key: a, operator: In, values: [x], value: y}]}",
                "'matchExpressions' has a field that it does not know: misspelt?"},
        Refusal{"LabelsAsList", "{matchLabels: [a]}", "'matchLabels' is not a mapping"},
        Refusal{"NumberAsLabel", "{matchLabels: {a: 1}}",
                "'matchLabels' of a selector is not a text"},
        Refusal{"MappingAsLabel", "{matchLabels: {a: {b: c}}}",
                "'matchLabels' of a selector is not a text"},
        Refusal{"ExpressionsAsMapping", "{matchExpressions: {key: a}}",
                "'matchExpressions' is not a list"},
        Refusal{"ExpressionAsText", "{matchExpressions: [a]}",
                "an entry of 'matchExpressions' is not a mapping"},
        Refusal{"NoKey", "{matchExpressions: [{operator: Exists}]}",
                "an entry of 'matchExpressions' has no key"},
        Refusal{"NumberAsKey", "{matchExpressions: [{key: 1, operator: Exists}]}",
                "'key' of a selector is not a text"},
        Refusal{"NoOperator", "{matchExpressions: [{key: a, values: [x]}]}",
                "'operator' of a selector is none of In, NotIn, Exists and DoesNotExist"},
        Refusal{"OperatorInLowerCase", "{matchExpressions: [{key: a, operator: in, values: [x]}]}",
                "'operator' of a selector is none of In, NotIn, Exists and DoesNotExist"},
        Refusal{"InWithoutValues", "{matchExpressions: [{key: a, operator: In}]}",
                "a selector with In or NotIn has no values"},
        Refusal{"NotInWithoutValues", "{matchExpressions: [{key: a, operator: NotIn, values: []}]}",
                "a selector with In or NotIn has no values"},
        Refusal{"ExistsWithValues", "{matchExpressions: [{key: a, operator: Exists, values: [x]}]}",
                "a selector with Exists or DoesNotExist has values"},
        Refusal{"DoesNotExistWithValues",
                "{matchExpressions: [{key: a, operator: DoesNotExist, values: [x]}]}",
                "a selector with Exists or DoesNotExist has values"},
        Refusal{"ValuesAsText", "{matchExpressions: [{key: a, operator: In, values: x}]}",
                "'values' is not a list"},
        Refusal{"NumberAsValue", "{matchExpressions: [{key: a, operator: In, values: [1]}]}",
                "'values' of a selector is not a text"}),
    [](const auto& row) { return row.param.name; });

kubernetes::Objects objects_of(const std::string& text) {
  auto parsed = parse(text);
  EXPECT_TRUE(parsed);
  return parsed ? std::move(parsed).value() : kubernetes::Objects{};
}

TEST(NamespaceLabels, AreThoseOfTheObjectAndItsName) {
  const auto file =
      objects_of("{apiVersion: v1, kind: Namespace, metadata: {name: edge, labels: {team: web}}}");
  const kubernetes::NamespaceIndex index{{&file}};
  EXPECT_EQ(index.labels_of("edge"),
            (Labels{{"kubernetes.io/metadata.name", "edge"}, {"team", "web"}}));
  EXPECT_NE(index.find("edge"), nullptr);
}

TEST(NamespaceLabels, CannotLieAboutTheName) {
  const auto file = objects_of(
      "{apiVersion: v1, kind: Namespace, metadata: {name: edge, labels: "
      "{kubernetes.io/metadata.name: monitoring}}}");
  EXPECT_EQ(kubernetes::NamespaceIndex{{&file}}.labels_of("edge"),
            (Labels{{"kubernetes.io/metadata.name", "edge"}}));
}

TEST(NamespaceLabels, AreJustTheNameWithoutAnObject) {
  const kubernetes::NamespaceIndex index{{}};
  EXPECT_EQ(index.labels_of("edge"), (Labels{{"kubernetes.io/metadata.name", "edge"}}));
  EXPECT_EQ(index.find("edge"), nullptr);
}

TEST(NamespaceLabels, AreThoseOfTheLastObjectOfAName) {
  const auto file = objects_of(
      "{apiVersion: v1, kind: Namespace, metadata: {name: edge, labels: {team: a}}}\n---\n"
      "{apiVersion: v1, kind: Namespace, metadata: {name: edge, labels: {team: b}}}");
  EXPECT_EQ(kubernetes::NamespaceIndex{{&file}}.labels_of("edge").at("team"), "b");
}

TEST(PodLabels, AreThoseOfTheTemplate) {
  const auto file = objects_of(
      "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, labels: {of: deployment}}, "
      "spec: {template: {metadata: {labels: {of: pod, b: c}}, spec: {containers: [{name: c}]}}}}");
  EXPECT_EQ(kubernetes::pod_labels_of(file.content().workloads.front()),
            (Labels{{"b", "c"}, {"of", "pod"}}));
}

}  // namespace
}  // namespace compliance::test::label_selector_test
