// What a service manager receives, through real sockets.
#include "exporter/supervisor/service_manager.h"

#include <array>
#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "exporter/supervisor/watchdog.h"
#include "tests/support/temporary_directory.h"

namespace compliance::service_manager_test {
namespace {

using namespace std::chrono_literals;
using test::TemporaryDirectory;

constexpr long own_pid = 4711;

// A manager's end of NOTIFY_SOCKET.
class Manager {
 public:
  explicit Manager(std::string name) : name_(std::move(name)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    name_.copy(address.sun_path, sizeof address.sun_path - 1);
    if (name_.front() == '@') {
      address.sun_path[0] = '\0';
    }
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name_.size());
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface of POSIX
    bound_ = ::bind(socket_, reinterpret_cast<const sockaddr*>(&address), length) == 0;
  }
  ~Manager() { ::close(socket_); }
  Manager(const Manager&) = delete;
  Manager& operator=(const Manager&) = delete;
  Manager(Manager&&) = delete;
  Manager& operator=(Manager&&) = delete;

  bool bound() const { return bound_; }
  const std::string& name() const { return name_; }

  // Everything that has come by now, a datagram each: they are there when send() returns.
  std::vector<std::string> received() const {
    std::vector<std::string> messages;
    std::array<char, 512> buffer{};
    for (ssize_t length = 0; length >= 0;) {
      length = ::recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (length >= 0) {
        messages.emplace_back(buffer.data(), static_cast<std::size_t>(length));
      }
    }
    return messages;
  }

 private:
  std::string name_;
  int socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  bool bound_ = false;
};

void tell_all(const ServiceManager& manager) {
  manager.ready();
  manager.reloading(1'234'567us);
  manager.alive();
  manager.stopping();
}

const std::vector<std::string> all_messages{"READY=1", "RELOADING=1\nMONOTONIC_USEC=1234567",
                                            "WATCHDOG=1", "STOPPING=1"};

TEST(ServiceManager, HearsEverythingThroughAPath) {
  const TemporaryDirectory directory;
  const Manager manager{directory.path_of("notify")};
  ASSERT_TRUE(manager.bound());
  tell_all(ServiceManager{{.notify_socket = manager.name()}, own_pid});
  EXPECT_EQ(manager.received(), all_messages);
}

TEST(ServiceManager, HearsEverythingThroughAnAbstractName) {
  const Manager manager{"@compliance-test-" + std::to_string(::getpid())};
  ASSERT_TRUE(manager.bound());
  tell_all(ServiceManager{{.notify_socket = manager.name()}, own_pid});
  EXPECT_EQ(manager.received(), all_messages);
}

TEST(ServiceManager, IsDoneWithoutWhereThereIsNone) {
  const std::vector<std::string> names{
      "", "@", "/", "relative", "vsock:2:1234", "/does/not/exist", "/" + std::string(300, 'x')};
  for (const std::string& name : names) {
    tell_all(ServiceManager{{.notify_socket = name}, own_pid});  // and nothing happens
  }
}

TEST(ServiceManager, SetsAWatchdogOnlyForThisProcess) {
  struct Row {
    std::string period;
    std::string pid;
    std::optional<std::chrono::microseconds> watchdog;
  };
  const std::vector<Row> rows{
      {"30000000", "4712", std::nullopt}, {"30000000", "47110", std::nullopt},
      {"30000000", "x", std::nullopt},    {"0", "", std::nullopt},
      {"-5", "", std::nullopt},           {"30s", "", std::nullopt},
      {"", "4711", std::nullopt},         {"99999999999999999999", "", std::nullopt},
      {"30000000", "4711", 30s},          {"30000000", "", 30s}};
  for (const Row& row : rows) {
    const ServiceManager manager{{.watchdog_usec = row.period, .watchdog_pid = row.pid}, own_pid};
    EXPECT_EQ(manager.watchdog(), row.watchdog) << row.period << " for " << row.pid;
  }
}

class WatchdogTest : public testing::Test {
 protected:
  Manager socket_{"@compliance-watchdog-" + std::to_string(::getpid())};
  ServiceManager manager_{{.notify_socket = socket_.name(), .watchdog_usec = "10000000"}, own_pid};
  Heartbeat heartbeat_;
  Watchdog watchdog_{manager_, heartbeat_};
  Watchdog::Clock::time_point start_ = Watchdog::Clock::now();
};

TEST_F(WatchdogTest, GivesASignWhenHalfThePeriodIsOver) {
  EXPECT_EQ(watchdog_.interval(), 5s);
  heartbeat_.resting_until(start_ + 1h);
  watchdog_.notify(start_);
  EXPECT_EQ(socket_.received().size(), 1U);
  watchdog_.notify(start_ + 4'999ms);
  EXPECT_TRUE(socket_.received().empty());
  watchdog_.notify(start_ + 5s);
  EXPECT_EQ(socket_.received(), std::vector<std::string>{"WATCHDOG=1"});
}

TEST_F(WatchdogTest, GivesNoSignWhenTheCycleIsStuck) {
  heartbeat_.working();
  watchdog_.notify(start_ + 9s);
  EXPECT_EQ(socket_.received().size(), 1U);
  watchdog_.notify(start_ + 30s);
  EXPECT_TRUE(socket_.received().empty());
}

TEST_F(WatchdogTest, GivesNoSignWhenTheCycleOversleeps) {
  heartbeat_.resting_until(start_ + 60s);
  watchdog_.notify(start_ + 69s);
  EXPECT_EQ(socket_.received().size(), 1U);
  watchdog_.notify(start_ + 75s);
  EXPECT_TRUE(socket_.received().empty());
}

TEST_F(WatchdogTest, GivesNoSignThatNobodyAskedFor) {
  const ServiceManager unwatched{{.notify_socket = socket_.name()}, own_pid};
  Watchdog watchdog{unwatched, heartbeat_};
  EXPECT_EQ(watchdog.interval(), std::nullopt);
  watchdog.notify(start_);
  EXPECT_TRUE(socket_.received().empty());
}

}  // namespace
}  // namespace compliance::service_manager_test
