// Kubernetes files as objects, parsed anew only where their text changed.
#include "exporter/observe/kubernetes/manifest_cache.h"

#include <gtest/gtest.h>

#include "exporter/observe/kubernetes/model/objects.h"

namespace compliance::manifest_cache_test {
namespace {

SourceText service(const std::string& path, const std::string& name) {
  return {.path = path,
          .text = "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + "}\nspec: {}\n"};
}

ManifestCache::Content contents(ManifestCache& cache, const std::vector<SourceText>& files) {
  cache.begin();
  for (const SourceText& file : files) {
    cache.add(file);
  }
  return cache.finish();
}

std::vector<std::string> services_of(const ManifestCache::Content& content) {
  std::vector<std::string> names;
  auto facts = kubernetes::resolve_objects(content.objects, {});
  for (const ServiceObject& object : facts.value().services) {
    names.push_back(object.name);
  }
  return names;
}

TEST(ManifestCache, KeepsTheOrderOfTheFiles) {
  ManifestCache cache;
  const auto content =
      contents(cache, {service("b", "one"), service("a", "two"), service("c", "x")});
  EXPECT_EQ(services_of(content), (std::vector<std::string>{"one", "two", "x"}));
}

TEST(ManifestCache, ParsesAgainWhatChangedAlone) {
  ManifestCache cache;
  const auto before = contents(cache, {service("a", "one"), service("b", "two")});
  const auto after = contents(cache, {service("a", "one"), service("b", "three")});
  EXPECT_EQ(services_of(after), (std::vector<std::string>{"one", "three"}));
  EXPECT_EQ(after.objects.front(), before.objects.front());
  EXPECT_EQ(after.objects.front()->content().services.data(),
            before.objects.front()->content().services.data());
}

TEST(ManifestCache, ForgetsWhatIsGone) {
  ManifestCache cache;
  contents(cache, {service("a", "one"), service("b", "two")});
  EXPECT_EQ(services_of(contents(cache, {service("b", "two")})), std::vector<std::string>{"two"});
  EXPECT_TRUE(contents(cache, {}).objects.empty());
}

TEST(ManifestCache, SaysWhichFilesAreNoEvidenceAndForgivesThemLater) {
  ManifestCache cache;
  const SourceText broken{.path = "b", .text = "kind: [\n"};
  for (int round = 0; round < 2; ++round) {
    const auto content = contents(cache, {service("a", "one"), broken, service("c", "two")});
    EXPECT_EQ(services_of(content), (std::vector<std::string>{"one", "two"}));
    ASSERT_EQ(content.faults.size(), 1U);
    EXPECT_EQ(content.faults.front().origin.place.text(), "b");
  }
  EXPECT_TRUE(contents(cache, {service("b", "one")}).faults.empty());
}

TEST(ManifestCache, TakesMoreTextThanItKeepsAtATime) {
  ManifestCache cache;
  std::vector<SourceText> files;
  std::vector<std::string> names;
  for (int index = 10; index < 30; ++index) {
    names.push_back("s" + std::to_string(index));
    files.push_back(service(names.back(), names.back()));
    files.back().text += "# " + std::string(200'000, 'x') + "\n";
  }
  EXPECT_EQ(services_of(contents(cache, files)), names);
}

}  // namespace
}  // namespace compliance::manifest_cache_test
