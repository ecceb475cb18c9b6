// The shape of a secret's text.
#include "checks/formats/secret_properties.h"

#include <vector>

#include <gtest/gtest.h>

namespace compliance::test::secret_properties_test {
namespace {

constexpr auto hex_key = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
// 32 bytes, once in each alphabet.
constexpr auto standard_base64 = "+/aG0IGITH1lmi/qoMVa0BWjv08bKwuCLNFdbBWw8Ag=";
constexpr auto url_safe_base64 = "-_aG0IGITH1lmi_qoMVa0BWjv08bKwuCLNFdbBWw8Ag";

std::string repeated(const std::string& part, int times) {
  std::string text;
  for (int count = 0; count < times; ++count) {
    text += part;
  }
  return text;
}

std::string hex_of(const std::vector<int>& bytes) {
  constexpr auto digits = "0123456789abcdef";
  std::string text;
  for (const int byte : bytes) {
    text += digits[byte / 16];
    text += digits[byte % 16];
  }
  return text;
}

TEST(SecretProperties, ReadsAGeneratedKey) {
  const SecretProperties shape = shape_of(hex_key);
  EXPECT_EQ(shape.length, 64U);
  EXPECT_TRUE(shape.hexadecimal);
  EXPECT_FALSE(shape.base64);
  EXPECT_EQ(shape.decoded_bytes, 32U);
  EXPECT_EQ(shape.key_bits, 256);
  EXPECT_EQ(shape.pattern, KeyPattern::none);
  EXPECT_FALSE(shape.placeholder);
  EXPECT_FALSE(shape.url);
}

// 62 and 63 of either alphabet: all ones is one repeated byte, the other is not.
TEST(SecretProperties, TellsTheLastTwoCharactersOfBase64Apart) {
  for (const char c : {'/', '_'}) {
    EXPECT_EQ(shape_of(std::string(44, c)).pattern, KeyPattern::repeated_byte) << c;
  }
  for (const char c : {'+', '-'}) {
    EXPECT_EQ(shape_of(std::string(44, c)).decoded_bytes, 33U) << c;
    EXPECT_EQ(shape_of(std::string(44, c)).pattern, KeyPattern::none) << c;
  }
}

TEST(SecretProperties, CutsTrailingWhiteSpaceAsTheProductDoes) {
  EXPECT_EQ(shape_of(std::string{hex_key} + "\n"), shape_of(hex_key));
  EXPECT_EQ(shape_of(std::string{hex_key} + " \t\r\n\v\f"), shape_of(hex_key));
  EXPECT_FALSE(shape_of(std::string{"\n"} + hex_key).hexadecimal);
}

TEST(SecretProperties, AcceptsUpperCaseAndLongerHex) {
  const SecretProperties shape =
      shape_of("9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08FF");
  EXPECT_TRUE(shape.hexadecimal);
  EXPECT_EQ(shape.decoded_bytes, 33U);
}

TEST(SecretProperties, AnOddNumberOfDigitsIsNoHexAndNoBase64) {
  const SecretProperties shape = shape_of(std::string{hex_key} + "abc");
  EXPECT_FALSE(shape.hexadecimal);
  EXPECT_FALSE(shape.base64);
  EXPECT_EQ(shape.decoded_bytes, 0U);
}

TEST(SecretProperties, OneLetterBeyondFIsNoHex) {
  std::string text = hex_key;
  text[10] = 'g';
  EXPECT_FALSE(shape_of(text).hexadecimal);
  text[10] = 'G';
  EXPECT_FALSE(shape_of(text).hexadecimal);
}

TEST(SecretProperties, RecognisesBothAlphabetsOfBase64) {
  for (const auto* text : {standard_base64, url_safe_base64}) {
    const SecretProperties shape = shape_of(text);
    EXPECT_TRUE(shape.base64) << text;
    EXPECT_FALSE(shape.hexadecimal) << text;
    EXPECT_EQ(shape.decoded_bytes, 32U) << text;
    EXPECT_EQ(shape.key_bits, 256) << text;
  }
}

TEST(SecretProperties, Base64DecodesToTheRightBytes) {
  EXPECT_EQ(shape_of("AAECAwQFBgcICQoLDA0ODw==").pattern, KeyPattern::ascending);
  EXPECT_EQ(shape_of("/////////////////////w==").pattern, KeyPattern::repeated_byte);
  EXPECT_EQ(shape_of("_____________________w").pattern, KeyPattern::repeated_byte);
}

TEST(SecretProperties, Base64MayBeWrapped) {
  std::string wrapped = standard_base64;
  wrapped.insert(20, "\r\n");
  EXPECT_TRUE(shape_of(wrapped).base64);
  EXPECT_EQ(shape_of(wrapped).decoded_bytes, 32U);
}

struct NotBase64 {
  const char* name;
  const char* text;
};

class TextThatIsNoBase64 : public testing::TestWithParam<NotBase64> {};

TEST_P(TextThatIsNoBase64, IsNone) {
  EXPECT_FALSE(shape_of(GetParam().text).base64);
  EXPECT_EQ(shape_of(GetParam().text).decoded_bytes, 0U);
}

INSTANTIATE_TEST_SUITE_P(
    SecretProperties, TextThatIsNoBase64,
    testing::Values(NotBase64{"Empty", ""}, NotBase64{"FifteenBytes", "+/aG0IGITH1lmi/qoMVa"},
                    NotBase64{"MixedAlphabets", "+_aG0IGITH1lmi/qoMVa0BWjv08b"},
                    NotBase64{"OneCharacterLeftOver", "+/aG0IGITH1lmi/qoMVa0BWjv08bK"},
                    NotBase64{"TooMuchPadding", "+/aG0IGITH1lmi/qoMVa0BWjv08bK==="},
                    NotBase64{"PaddingOfWrongLength", "+/aG0IGITH1lmi/qoMVa0BWjv08bKwu=="},
                    NotBase64{"PaddingInside", "+/aG0IGITH1l=mi/qoMVa0BWjv08bKw="},
                    NotBase64{"OtherCharacter", "+/aG0IGITH1lmi.qoMVa0BWjv08b"},
                    NotBase64{"SpaceInside", "+/aG0IGITH1lmi qoMVa0BWjv08b"}),
    [](const auto& row) { return row.param.name; });

struct PatternRow {
  const char* name;
  KeyPattern pattern;
  std::string text;
};

class KeyPatterns : public testing::TestWithParam<PatternRow> {};

TEST_P(KeyPatterns, AreSeen) { EXPECT_EQ(shape_of(GetParam().text).pattern, GetParam().pattern); }

INSTANTIATE_TEST_SUITE_P(
    SecretProperties, KeyPatterns,
    testing::Values(
        PatternRow{"AllZero", KeyPattern::all_zero, std::string(64, '0')},
        PatternRow{"AllZeroButTheLast", KeyPattern::none, std::string(62, '0') + "01" + "00"},
        PatternRow{"RepeatedByte", KeyPattern::repeated_byte, repeated("a5", 32)},
        PatternRow{"RepeatedByteButOne", KeyPattern::none,
                   repeated("a5", 16) + "a6" + repeated("a5", 15)},
        PatternRow{"Ascending", KeyPattern::ascending, "000102030405060708090a0b0c0d0e0f"},
        PatternRow{"AscendingOverTheEnd", KeyPattern::ascending, "fdfeff00010203040506"},
        PatternRow{"AscendingInLargerSteps", KeyPattern::ascending,
                   "00102030405060708090a0b0c0d0e0f0"},
        PatternRow{"AscendingButOne", KeyPattern::none, "000102030405060708090a0b0c0d0e0e"},
        PatternRow{"Descending", KeyPattern::descending, "0f0e0d0c0b0a09080706050403020100"},
        PatternRow{"DescendingOverTheEnd", KeyPattern::descending,
                   "030201"
                   "00fffefd"},
        PatternRow{"DescendingButOne", KeyPattern::none, "0f0e0d0c0b0a09080706050403020101"},
        PatternRow{"Alternating", KeyPattern::alternating, repeated("a55a", 16)},
        PatternRow{"AlternatingOddNumber", KeyPattern::alternating, repeated("a55a", 16) + "a5"},
        PatternRow{"AlternatingButOne", KeyPattern::none, repeated("a55a", 16) + "a6"},
        PatternRow{"ThreeInTurn", KeyPattern::none, repeated("a55aff", 11)},
        PatternRow{"PrintableText", KeyPattern::printable_text,
                   hex_of({'p', 'a', 's', 's', ' ', '~', '!', 'x', '\t', 'y', '\r', '\n'})},
        PatternRow{"PrintableTextButOne", KeyPattern::none,
                   hex_of({'p', 'a', 's', 's', 'w', 0x7f})},
        PatternRow{"ControlCharacter", KeyPattern::none, hex_of({'p', 'a', 's', 's', 'w', 0x1f})},
        PatternRow{"NoKeyAtAll", KeyPattern::none, "hello, world"}),
    [](const auto& row) { return row.param.name; });

TEST(SecretProperties, AKeyOfFewDifferentBytesHasNoStrength) {
  EXPECT_EQ(shape_of("00ff10aa33cc77428b9d5e"
                     "00ff10aa33cc77428b9d5e12")
                .key_bits,
            23 * 8);
  EXPECT_EQ(shape_of("00ff10aa33cc77428b9d5e"
                     "10ff00aa33cc77428b9d5e")
                .key_bits,
            0);
}

TEST(SecretProperties, ARepeatedKeyCountsOnce) {
  const std::string half = "9f86d081884c7d659a2feaa0c55ad015";
  EXPECT_EQ(shape_of(half).key_bits, 128);
  EXPECT_EQ(shape_of(half + half).key_bits, 128);
}

TEST(SecretProperties, AnyBytesHaveAShape) {
  EXPECT_EQ(shape_of(""), SecretProperties{});
  EXPECT_EQ(shape_of("\n\n"), SecretProperties{});
  const std::string binary("\x00\xff\x80\x01", 4);
  EXPECT_EQ(shape_of(binary).length, 4U);
  EXPECT_FALSE(shape_of(binary).hexadecimal);
}

TEST(SecretProperties, CarriesThePlaceholderAndTheStrengthOfTheText) {
  EXPECT_TRUE(shape_of("changeme\n").placeholder);
  EXPECT_EQ(shape_of("abfed92c").estimated_bits, estimated_bits("abfed92c"));
}

TEST(SecretProperties, CarriesThePartsOfAUrl) {
  const SecretProperties shape = shape_of("redis://:changeme@redis:6379\n");
  ASSERT_TRUE(shape.url);
  EXPECT_EQ(shape.url->host, "redis");
  EXPECT_TRUE(shape.url->placeholder_password);
  EXPECT_FALSE(shape.placeholder);
}

}  // namespace
}  // namespace compliance::test::secret_properties_test
