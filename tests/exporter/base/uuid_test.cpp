// Names -> UUIDs.
#include "exporter/base/uuid.h"

#include <regex>

#include <gtest/gtest.h>

namespace compliance {
namespace {

// The name spaces of domain names and of URLs (RFC 9562, 6.6).
constexpr UuidNamespace domains = {0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1,
                                   0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};
constexpr UuidNamespace urls = {0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1,
                                0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};

TEST(Uuids, AreThoseOfTheStandard) {
  EXPECT_EQ(uuid_of(domains, "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  EXPECT_EQ(uuid_of(domains, "python.org"), "886313e1-3b8a-5372-9b90-0c9aee199e5d");
}

TEST(Uuids, DifferByNameSpaceAndByName) {
  EXPECT_NE(uuid_of(domains, "a"), uuid_of(urls, "a"));
  EXPECT_NE(uuid_of(domains, "a"), uuid_of(domains, "b"));
  EXPECT_NE(uuid_of(domains, ""), uuid_of(domains, std::string_view{"\0", 1}));
}

TEST(Uuids, HaveVersionAndVariantWhateverTheName) {
  const std::regex form{"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"};
  for (int number = 0; number < 200; ++number) {
    const std::string uuid = uuid_of(urls, std::to_string(number));
    EXPECT_TRUE(std::regex_match(uuid, form)) << uuid;
  }
}

}  // namespace
}  // namespace compliance
