// How the product reads switches.
#include "checks/facts/environment.h"

#include <gtest/gtest.h>

#include "checks/caracal/settings.h"

namespace compliance::test::environment_test {
namespace {

struct SwitchCase {
  std::string text;
  bool services;
  bool go;
  bool web;
};

class Switches : public testing::TestWithParam<SwitchCase> {};

TEST_P(Switches, AreReadAsEachPartOfTheProductReadsThem) {
  const SwitchCase& row = GetParam();
  EXPECT_EQ(truthy_for_services(row.text), row.services);
  EXPECT_EQ(truthy_for_go(row.text), row.go);
  EXPECT_EQ(truthy_for_web(row.text), row.web);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, Switches,
    testing::Values(SwitchCase{"true", true, true, true}, SwitchCase{"1", true, true, true},
                    SwitchCase{"TRUE", true, true, true}, SwitchCase{"tRuE", true, false, true},
                    SwitchCase{"t", false, true, false}, SwitchCase{"T", false, true, false},
                    SwitchCase{"True", true, true, true}, SwitchCase{"yes", true, false, true},
                    SwitchCase{"Yes", true, false, true}, SwitchCase{"on", false, false, true},
                    SwitchCase{" true", true, true, true}, SwitchCase{"true\n", true, true, true},
                    SwitchCase{"\t 1 \r\n", true, true, true},
                    SwitchCase{"tr ue", false, false, false}, SwitchCase{"", false, false, false},
                    SwitchCase{"  ", false, false, false}, SwitchCase{"0", false, false, false},
                    SwitchCase{"false", false, false, false}, SwitchCase{"2", false, false, false},
                    SwitchCase{"truee", false, false, false},
                    SwitchCase{"enabled", false, false, false}));

}  // namespace
}  // namespace compliance::test::environment_test
