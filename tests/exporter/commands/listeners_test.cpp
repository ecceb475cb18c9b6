// Listen addresses: how they are written, and what is said of the sockets bound to them.
#include "exporter/commands/listeners.h"

#include <vector>

#include <gtest/gtest.h>

namespace compliance::listeners_test {
namespace {

TEST(ListenAddress, IsHostAndPort) {
  struct Row {
    const char* text;
    const char* host;
    int port;
  };
  for (const Row& row : std::vector<Row>{{"127.0.0.1:9787", "127.0.0.1", 9787},
                                         {"[::1]:9787", "::1", 9787},
                                         {":9787", "0.0.0.0", 9787},
                                         {"localhost:0", "localhost", 0}}) {
    const auto address = parse_listen_address(row.text);
    ASSERT_TRUE(address) << row.text;
    EXPECT_EQ(address.value().name, row.host);
    EXPECT_EQ(address.value().port, row.port);
  }
}

TEST(ListenAddress, IsRefusedInAnyOtherForm) {
  for (const char* text : {"", "9787", "nowhere", "127.0.0.1:", "127.0.0.1:99999", "::1:9787",
                           "127.0.0.1:+1", "[::1:9787", "127.0.0.1:1 "}) {
    EXPECT_FALSE(parse_listen_address(text)) << text;
  }
}

TEST(Listeners, KnowWhichOfThemAreLoopback) {
  const auto bound = bind_listeners(
      {.full = {"127.0.0.1:0", "127.9.9.9:0", "localhost:0", ":0"}, .probes = "0.0.0.0:0"});
  ASSERT_TRUE(bound);
  const std::vector<Listener> listeners = listeners_of(bound.value(), true);
  ASSERT_EQ(listeners.size(), 5U);
  for (std::size_t index = 0; index < 3; ++index) {
    EXPECT_TRUE(listeners[index].loopback) << listeners[index].address;
  }
  EXPECT_FALSE(listeners[3].loopback);
  EXPECT_EQ(listeners[3].address, "0.0.0.0");
  EXPECT_TRUE(listeners[3].tls);
  EXPECT_TRUE(listeners[4].probes_alone);
  EXPECT_FALSE(listeners[4].tls);  // whatever the others speak
}

TEST(Listeners, AreRefusedTogetherWhenOneCannotBeBound) {
  EXPECT_FALSE(bind_listeners({.full = {"127.0.0.1:0", "192.0.2.1:0"}}));
  EXPECT_FALSE(bind_listeners({.full = {"127.0.0.1:0"}, .probes = "nowhere"}));
}

}  // namespace
}  // namespace compliance::listeners_test
