// What the charts of June 2026 open and how they keep available; skipped where they are not there.
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/exporter/observe/kubernetes/manifests.h"

namespace compliance::test::june_exposure_test {
namespace {

const std::filesystem::path directory =
    std::filesystem::path{COMPLIANCE_SOURCE_DIR} / "../shared/data/caracal-2026-06";

KubernetesFacts june(const std::string& name) {
  std::ifstream file{directory / name, std::ios::binary};
  return facts_of(std::string{std::istreambuf_iterator<char>{file}, {}});
}

class JuneExposure : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(directory)) {
      GTEST_SKIP() << "the files of June 2026 are not beside the checkout";
    }
  }
};

TEST_F(JuneExposure, OfProductionIsAWebIngressWithoutTls) {
  const auto facts = june("kubernetes-production.yaml");
  ASSERT_EQ(facts.routes.size(), 1U);
  EXPECT_EQ(facts.routes.front().object, "Ingress caracal-caracal-web");
  EXPECT_EQ(facts.routes.front().host, "caracal.example.com");
  EXPECT_EQ(facts.routes.front().component, Component::web);
  EXPECT_TRUE(facts.routes.front().tls.absent());
  EXPECT_EQ(facts.routes.front().origin.line, 995U);
  EXPECT_TRUE(facts.scrapes.empty());
}

TEST_F(JuneExposure, OfProductionHasSixWorkloadsThatAreKeptAvailable) {
  const auto facts = june("kubernetes-production.yaml");
  ASSERT_EQ(facts.workloads.size(), 6U);
  for (const WorkloadControls& workload : facts.workloads) {
    EXPECT_TRUE(is_packaged(workload.component)) << workload.object;
    EXPECT_TRUE(least_pods(workload).is(2)) << workload.object;
    EXPECT_TRUE(workload.autoscaler) << workload.object;
    EXPECT_TRUE(workload.spread) << workload.object;
    ASSERT_EQ(workload.budgets.size(), 1U) << workload.object;
    EXPECT_TRUE(allowed_disruptions(workload.budgets.front()).is(1)) << workload.object;
  }
}

TEST_F(JuneExposure, OfTheCloudHasThreeIngressesAndSixMonitorsWithoutBearer) {
  const auto facts = june("kubernetes-cloud-managed.yaml");
  ASSERT_EQ(facts.routes.size(), 3U);
  for (const Route& route : facts.routes) {
    EXPECT_EQ(route.tls.is("spec.tls"), route.component != Component::web);
  }
  ASSERT_EQ(facts.scrapes.size(), 6U);
  for (const ScrapeEndpoint& scrape : facts.scrapes) {
    EXPECT_EQ(scrape.credential, ScrapeCredential::none);
  }
}

}  // namespace
}  // namespace compliance::test::june_exposure_test
