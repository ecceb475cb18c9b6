// exposition_text.h
#include "checks/formats/exposition.h"

#include <string>

#include <gtest/gtest.h>

namespace compliance::exposition_test {
namespace {

TEST(ExpositionText, IsNoOtherText) {
  for (const char* text : {"",
                           "\n\n",
                           "unauthorized\n",
                           R"({"error":"unauthorized"})",
                           "{}\n",
                           "ok\n",
                           "error 404\n",
                           "404 page not found\n",
                           "Service Unavailable\n",
                           "<!doctype html>\n<html># TYPE a gauge\n",
                           "# a Markdown title\n# another\n",
                           "# HELP\n",
                           "# TYPE \n",
                           "# HELPS up text\n",
                           "# TYPE 9up gauge\n",
                           "# TYPE a-b gauge\n",
                           "# TYPE 9 gauge\n",
                           "5 5\n6 6\n",
                           "a 1\nc{ 2\n",
                           "up 1",
                           "up 1\n# remark\n\n",
                           "# TYPE up gauge\n<html>\n",
                           "# TYPE up gauge\nup one\n",
                           "a 1\nb\n",
                           "a 1\nb 2 3 x\nb c\n",
                           "a 1\nb \n",
                           "a 1\n9b 2\n",
                           "a1\nb2\n",
                           "a{b=\"}\" 1\nc{ 2\n",
                           "a 1\nb 0x\n",
                           "a 1\nb 1.2.3\n",
                           "a 1\nb --1\n",
                           "a 1\nb +\n",
                           "a 1\nb 2 now\n",
                           "a 1\nb{}2\n",
                           "a 1\n{} 2\n",
                           "a 1\nb: c\n"}) {
    EXPECT_FALSE(is_exposition(text)) << text;
  }
}

TEST(ExpositionText, IsRecognisedByItsDescriptions) {
  for (const char* text : {"# HELP up Whether it runs.\n# TYPE up gauge\nup 1\n", "# TYPE up gauge",
                           "#TYPE up gauge\n", "# HELP a:b_9 x", "\r\n# TYPE up gauge\r\nup 1\r\n",
                           "# TYPE up gauge\nup{instan"}) {
    EXPECT_TRUE(is_exposition(text)) << text;
  }
}

TEST(ExpositionText, IsRecognisedByTwoSamples) {
  for (const char* sample :
       {"up 0", "_a:b9\t-1.5e+10", "a{} 1", R"(a{b="c",d="} \" #"} 1)", "a NaN", "a +Inf", "a -Inf",
        "a Inf", "a 1 1395066363000", R"(a_bucket{le="1"} 8 # {id="x"} 0.5)", " a  2 ", "a 1e3",
        "a .5", "a +1", "a 1e999"}) {
    EXPECT_TRUE(is_exposition("up 1\n" + std::string{sample} + "\n")) << sample;
    EXPECT_TRUE(is_exposition("up 1\n" + std::string{sample})) << sample;
  }
}

TEST(ExpositionText, MayBeCutInItsLastLine) {
  EXPECT_TRUE(is_exposition("a 1\nb 2\nc_to"));
  EXPECT_FALSE(is_exposition("a 1\nc_to"));
  EXPECT_FALSE(is_exposition("a 1\nb 2\nc_to\n"));
}

}  // namespace
}  // namespace compliance::exposition_test
