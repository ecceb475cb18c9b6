// The Gateway's list of upstream hosts.
#include "checks/caracal/upstream_allowlist.h"

#include <gtest/gtest.h>

#include "tests/support/facts.h"

namespace compliance::test::upstream_allowlist_test {
namespace {

std::string dead(const std::string& text) {
  return std::string{dead_entry({.position = 1, .text = text})};
}

TEST(UpstreamAllowlist, IsPartedByCommasAndTrimmed) {
  EXPECT_EQ(upstream_entries(" ,A.Example.NET,, b\t,"),
            (std::vector<UpstreamEntry>{{.position = 1, .text = "a.example.net"},
                                        {.position = 2, .text = "b"}}));
  EXPECT_TRUE(upstream_entries("").empty());
  EXPECT_TRUE(upstream_entries(" ,\n,").empty());
}

struct DeadRow {
  const char* name;
  const char* entry;
  const char* words;
};

class DeadEntries : public testing::TestWithParam<DeadRow> {};

TEST_P(DeadEntries, CanNeverMatch) { EXPECT_EQ(dead(GetParam().entry), GetParam().words); }

INSTANTIATE_TEST_SUITE_P(
    UpstreamAllowlist, DeadEntries,
    testing::Values(DeadRow{"Block", "10.0.0.0/8", "is a block of addresses"},
                    DeadRow{"BlockOfVersionSix", "fd00::/8", "is a block of addresses"},
                    DeadRow{"Scheme", "https://a.example.net", "has a scheme"},
                    DeadRow{"Wildcard", "*.example.net", "has a wildcard"},
                    DeadRow{"NothingButAWildcard", "*", "has a wildcard"},
                    DeadRow{"Brackets", "[::1]", "has brackets"},
                    DeadRow{"BracketsAndPort", "[::1]:443", "has brackets"},
                    DeadRow{"OpeningBracket", "[a", "has brackets"},
                    DeadRow{"ClosingBracket", "a]", "has brackets"},
                    DeadRow{"Path", "a.example.net/x", "has a path"},
                    DeadRow{"SlashAtTheEnd", "a.example.net/", "has a path"},
                    DeadRow{"Backslash", "a\\x", "has a path"},
                    DeadRow{"Query", "a?x", "has a path"}, DeadRow{"Fragment", "a#x", "has a path"},
                    DeadRow{"Credentials", "user@a.example.net", "has credentials"},
                    DeadRow{"Port", "a.example.net:443", "has a port"},
                    DeadRow{"PortOfAnAddress", "10.0.0.1:443", "has a port"},
                    DeadRow{"BrokenAddressOfVersionSix", "fd00::1::2", "has a port"},
                    DeadRow{"Suffix", ".example.net", "begins with a dot"},
                    DeadRow{"WhiteSpace", "a b", "has characters that no host has"},
                    DeadRow{"Control", "a\x01", "has characters that no host has"},
                    DeadRow{"Delete", "a\x7f", "has characters that no host has"},
                    DeadRow{"Semicolon", "a;b", "has characters that no host has"},
                    DeadRow{"Quote", "\"a\"", "has characters that no host has"},
                    DeadRow{"Apostrophe", "'a'", "has characters that no host has"},
                    DeadRow{"Backtick", "a`", "has characters that no host has"},
                    DeadRow{"Percent", "a%41", "has characters that no host has"},
                    DeadRow{"Less", "a<", "has characters that no host has"},
                    DeadRow{"More", "a>", "has characters that no host has"},
                    DeadRow{"Caret", "^a", "has characters that no host has"},
                    DeadRow{"Pipe", "a|b", "has characters that no host has"},
                    DeadRow{"OpeningBrace", "{a", "has characters that no host has"},
                    DeadRow{"ClosingBrace", "a}", "has characters that no host has"}),
    [](const auto& row) { return row.param.name; });

TEST(UpstreamAllowlist, HasEntriesThatCanMatch) {
  for (const char* entry :
       {"a", "a.example.net", "a.example.net.", "a_b-c", "10.0.0.1", "127.1", "::1", "fd00::1",
        "fe80::1%eth0", "b\u00fccher", "2130706433", "::ffff:10.0.0.1"}) {
    EXPECT_EQ(dead(entry), "") << entry;
  }
}

TEST(UpstreamAllowlist, ShowsAddressesAndNothingElse) {
  EXPECT_EQ(shown({.position = 3, .text = "0x7f.1"}), "entry 3 (127.0.0.1)");
  EXPECT_EQ(shown({.position = 1, .text = "[fd00::1]"}), "entry 1 (fd00::1)");
  EXPECT_EQ(shown({.position = 2, .text = "https://u:60303ae2@a"}), "entry 2");
}

TEST(UpstreamAllowlist, ClassesNamesThatAlwaysMeanTheSame) {
  const auto class_of_text = [](const char* text) {
    return class_of(UpstreamEntry{.position = 1, .text = text});
  };
  for (const char* name : {"localhost", "a.localhost.", "ip6-localhost", "ip6-loopback", "127.1"}) {
    EXPECT_EQ(class_of_text(name), AddressClass::loopback) << name;
  }
  for (const char* name : {"metadata.google.internal", "metadata.google.internal.", "metadata.goog",
                           "fd00:ec2::254"}) {
    EXPECT_EQ(class_of_text(name), AddressClass::metadata) << name;
  }
  for (const char* name : {"metadata", "google.internal", "ip6-localnet", "a.example.net",
                           "10.0.0.1:80", "169.254.0.0/16"}) {
    EXPECT_EQ(class_of_text(name), AddressClass::other) << name;
  }
}

TEST(UpstreamAllowlist, IsDeclaredByTextOrAddress) {
  Installation installation;
  installation.private_upstreams = {" Tool.Internal ", "10.0.0.1"};
  const auto declared = [&installation](const char* text) {
    return is_declared_private(installation, {.position = 1, .text = text});
  };
  EXPECT_TRUE(declared("tool.internal"));
  EXPECT_TRUE(declared("10.0.0.1"));
  EXPECT_TRUE(declared("10.1"));
  EXPECT_FALSE(declared("10.0.0.2"));
  EXPECT_FALSE(declared("x.tool.internal"));
}

TEST(UpstreamAllowlist, BelongsToMainContainersOfTheGateway) {
  Container gateway = hardened_service(Component::gateway);
  set_variable(gateway, "UPSTREAM_HOST_ALLOWLIST", "a");
  Container init = gateway;
  init.role = ContainerRole::init;
  const Installation installation =
      compose_installation({gateway, init, hardened_service(Component::api)});
  const auto lists = upstream_allowlists(installation);
  ASSERT_EQ(lists.size(), 1U);
  EXPECT_EQ(lists.front().container, &installation.compose.containers.front());
  EXPECT_EQ(lists.front().entries.value->size(), 1U);
}

}  // namespace
}  // namespace compliance::test::upstream_allowlist_test
