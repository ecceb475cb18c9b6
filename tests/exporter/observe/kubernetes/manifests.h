// Texts of manifests -> facts, and small manifests to vary.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "exporter/observe/kubernetes/model/kubernetes.h"
#include "exporter/observe/kubernetes/model/objects.h"

namespace compliance::test {

// The objects of a text all of which can be read, else the first fault.
inline ParseResult<kubernetes::Objects> parse(const std::string& text) {
  kubernetes::Objects objects = kubernetes::parse_objects({.path = "manifests.yaml", .text = text});
  if (!objects.content().faults.empty()) {
    return objects.content().faults.front();
  }
  return objects;
}

// Facts of several files; a fault fails the test.
inline KubernetesFacts facts_of_files(const std::vector<std::string>& texts,
                                      const kubernetes::KubernetesOptions& options = {}) {
  std::vector<kubernetes::Objects> objects;
  for (const std::string& text : texts) {
    auto parsed = parse(text);
    if (!parsed) {
      ADD_FAILURE() << parsed.error().fault.message << " line " << parsed.error().origin.line;
      return {};
    }
    objects.push_back(std::move(parsed).value());
  }
  std::vector<const kubernetes::Objects*> files;
  for (const auto& file : objects) {
    files.push_back(&file);
  }
  auto linked = kubernetes::resolve_objects(files, options);
  if (!linked) {
    ADD_FAILURE() << linked.error().fault.message;
    return {};
  }
  return std::move(linked).value();
}

// Facts of what can be read of a text, whatever else stands there.
inline KubernetesFacts facts_of_rest(const std::string& text) {
  const kubernetes::Objects objects =
      kubernetes::parse_objects({.path = "manifests.yaml", .text = text});
  EXPECT_FALSE(objects.content().faults.empty());
  auto linked = kubernetes::resolve_objects({&objects}, {});
  return linked ? std::move(linked).value() : KubernetesFacts{};
}

inline KubernetesFacts facts_of(const std::string& text,
                                const kubernetes::KubernetesOptions& options = {}) {
  return facts_of_files({text}, options);
}

// The only container of a text.
inline Container container_of(const std::string& text,
                              const kubernetes::KubernetesOptions& options = {}) {
  auto facts = facts_of(text, options);
  EXPECT_EQ(facts.containers.size(), 1U);
  return facts.containers.empty() ? Container{} : facts.containers.front();
}

// A Pod whose spec, after one container "c" in flow style, goes on with `pod` (flow entries).
// The container's entries stand on line 3 from column 29 on.
inline std::string pod_with(const std::string& container, const std::string& pod = "") {
  return "{apiVersion: v1, kind: Pod, metadata: {name: p},\n"
         " spec: {\n"
         "  containers: [{name: c, " +
         container + "}]" + (pod.empty() ? "" : ",\n  " + pod) + "}}\n";
}

// The first fault of the text.
inline LocatedFault fault_of(const std::string& text) {
  const auto parsed = parse(text);
  if (parsed) {
    ADD_FAILURE() << "parsed";
    return {};
  }
  return parsed.error();
}

inline Origin origin_at(std::uint32_t line, std::uint32_t column) {
  return {.source = Source::kubernetes,
          .place = Location{"manifests.yaml"},
          .line = line,
          .column = column};
}

}  // namespace compliance::test
