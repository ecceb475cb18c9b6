// Which connection gives way when another one needs its place.
#include "exporter/publish/http/open_connections.h"

#include <array>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace compliance::open_connections_test {
namespace {

using Phase = OpenConnections::Phase;

// One end of a pair, which can tell whether it was shut down.
class SocketPair {
 public:
  SocketPair() { ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends_.data()); }
  ~SocketPair() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }
  SocketPair(const SocketPair&) = delete;
  SocketPair& operator=(const SocketPair&) = delete;
  SocketPair(SocketPair&&) = delete;
  SocketPair& operator=(SocketPair&&) = delete;

  int socket() const { return ends_[0]; }
  bool is_cut_off() const {
    char byte = 0;
    return ::recv(ends_[1], &byte, 1, 0) == 0;
  }

 private:
  std::array<int, 2> ends_{};
};

class OpenConnectionsTest : public ::testing::Test {
 protected:
  OpenConnectionsTest() {
    for (const auto& pair : pairs_) {
      connections_.add(pair.socket());
    }
  }

  std::array<SocketPair, 3> pairs_;
  OpenConnections connections_;
};

TEST_F(OpenConnectionsTest, CutOffTheOldestThatWaitsForItsClientAndNoOther) {
  EXPECT_TRUE(connections_.cut_off_oldest());
  EXPECT_TRUE(pairs_[0].is_cut_off());
  EXPECT_FALSE(pairs_[1].is_cut_off());
  EXPECT_FALSE(pairs_[2].is_cut_off());
}

TEST_F(OpenConnectionsTest, CutOffEachOnceAndNeverTheNewest) {
  EXPECT_TRUE(connections_.cut_off_oldest());
  EXPECT_TRUE(connections_.cut_off_oldest());
  EXPECT_FALSE(connections_.cut_off_oldest());
  EXPECT_TRUE(pairs_[1].is_cut_off());
  EXPECT_FALSE(pairs_[2].is_cut_off());
}

TEST_F(OpenConnectionsTest, SpareAConnectionThatAnswers) {
  connections_.set_phase(pairs_[0].socket(), Phase::answers);
  EXPECT_TRUE(connections_.cut_off_oldest());
  EXPECT_FALSE(pairs_[0].is_cut_off());
  EXPECT_TRUE(pairs_[1].is_cut_off());
  connections_.set_phase(pairs_[0].socket(), Phase::waits_for_client);
  EXPECT_TRUE(connections_.cut_off_oldest());
  EXPECT_TRUE(pairs_[0].is_cut_off());
}

TEST_F(OpenConnectionsTest, DoNotCountOneThatIsCutOffAsWaitingAgain) {
  EXPECT_TRUE(connections_.cut_off_oldest());
  connections_.set_phase(pairs_[0].socket(), Phase::waits_for_client);
  EXPECT_TRUE(connections_.cut_off_oldest());
  EXPECT_TRUE(pairs_[1].is_cut_off());
}

TEST_F(OpenConnectionsTest, ForgetWhatIsRemoved) {
  connections_.remove(pairs_[0].socket());
  EXPECT_TRUE(connections_.cut_off_oldest());
  EXPECT_FALSE(pairs_[0].is_cut_off());
  connections_.cut_off_all();
  EXPECT_FALSE(pairs_[0].is_cut_off());
}

TEST_F(OpenConnectionsTest, AreAllCutOffAtTheEndWithThoseThatComeLater) {
  const SocketPair late;
  connections_.set_phase(pairs_[0].socket(), Phase::answers);
  connections_.cut_off_all();
  connections_.add(late.socket());
  for (const auto& pair : pairs_) {
    EXPECT_TRUE(pair.is_cut_off());
  }
  EXPECT_TRUE(late.is_cut_off());
}

TEST(OpenConnections, HaveNoOldestWhenThereAreNone) {
  OpenConnections connections;
  EXPECT_FALSE(connections.cut_off_oldest());
}

}  // namespace
}  // namespace compliance::open_connections_test
