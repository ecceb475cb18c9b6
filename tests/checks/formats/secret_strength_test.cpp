// Tests of the strength estimate of texts and key bytes.
#include "checks/formats/secret_strength.h"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "checks/formats/secret_properties.h"

namespace compliance::test::secret_strength_test {
namespace {

struct Length {
  const char* name;
  std::string text;
  std::size_t counted;
};

class CountedLength : public testing::TestWithParam<Length> {};

TEST_P(CountedLength, CutsPeriodsAndRuns) {
  EXPECT_EQ(counted_length(GetParam().text), GetParam().counted);
}

INSTANTIATE_TEST_SUITE_P(
    SecretStrength, CountedLength,
    testing::Values(Length{"Empty", "", 0}, Length{"One", "x", 1}, Length{"TwoEqual", "xx", 1},
                    Length{"OneRepeated", "aaaaaaaa", 1}, Length{"Plain", "hxqmzk", 6},
                    Length{"Period", "hxqhxqhxq", 3}, Length{"PeriodCut", "hxqhxqhx", 3},
                    Length{"PeriodTwiceExactly", "hxqmhxqm", 4},
                    Length{"PeriodNotYetTwice", "hxqmhxq", 7},
                    Length{"EndMatchesStart", "hxqmzh", 6},
                    Length{"PeriodInsideAPeriod", "hhxhhxhhx", 3},
                    Length{"AscendingRun", "hxabcdeq", 5}, Length{"DescendingRun", "hx54321q", 5},
                    Length{"EqualRun", "hxzzzzzq", 5}, Length{"RunAtTheEnd", "hx1234", 4},
                    Length{"RunAtTheStart", "4321hx", 4}, Length{"RunOfThree", "hxabcq", 5},
                    Length{"PairIsNoRun", "hxabq", 5}, Length{"PairBeforeARun", "xaabcdq", 5},
                    Length{"RunsSideBySide", "abcdzyxw", 4}, Length{"StepsOfTwo", "acegik", 6},
                    Length{"UpAndDown", "abab1", 5}),
    [](const auto& row) { return row.param.name; });

struct Alphabet {
  const char* name;
  const char* text;  // eight characters without runs
  double size;
};

class AlphabetOf : public testing::TestWithParam<Alphabet> {};

TEST_P(AlphabetOf, IsTheSmallestThatHoldsAllCharacters) {
  EXPECT_DOUBLE_EQ(estimated_bits(GetParam().text), 8 * std::log2(GetParam().size));
}

INSTANTIATE_TEST_SUITE_P(
    SecretStrength, AlphabetOf,
    testing::Values(Alphabet{"Digits", "90372518", 10}, Alphabet{"LowerHex", "9f372a18", 16},
                    Alphabet{"UpperHex", "9F372A18", 16}, Alphabet{"MixedHex", "9f372A18", 16},
                    Alphabet{"BeyondLowerHex", "9g372a18", 36},
                    Alphabet{"BeyondUpperHex", "9G372A18", 36}, Alphabet{"Lower", "qhxzmkwj", 36},
                    Alphabet{"Upper", "QHXZMKWJ", 36}, Alphabet{"Mixed", "Qh9zMkWj", 62},
                    Alphabet{"StandardBase64", "Qh+zM/Wj", 64},
                    Alphabet{"UrlSafeBase64", "Qh-zM_Wj", 64}, Alphabet{"Padding", "Qh9zMkW=", 64},
                    Alphabet{"Punctuation", "Qh!zMkWj", 94}, Alphabet{"Space", "Qh zMkWj", 94},
                    Alphabet{"BeforeDigits", "9037.518", 94},
                    Alphabet{"BehindLetters", "qhxzmkw{", 94}),
    [](const auto& row) { return row.param.name; });

TEST(SecretStrength, OfNothingIsZero) { EXPECT_EQ(estimated_bits(""), 0); }

TEST(SecretStrength, OfAGeneratedTokenAndAGeneratedPassword) {
  EXPECT_EQ(estimated_bits("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
            256);
  EXPECT_EQ(estimated_bits("60303ae22b998861bce3b28f33eec1be758a213c86c93c07"), 192);
}

}  // namespace
}  // namespace compliance::test::secret_strength_test
