// The server under clients that are slow, many or gone, and how it stops.
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <future>
#include <mutex>

#include <dirent.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "exporter/publish/http/http_server.h"
#include "tests/support/loopback_server.h"
#include "tests/support/socket_client.h"

namespace compliance::http_server_limits_test {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using test::get;
using test::round_trip;
using test::SocketClient;

ServerResponse small_answer(const ServerRequest& /*request*/) {
  return {.body = std::make_shared<const std::string>("ok")};
}

std::unique_ptr<HttpServer> serve(HttpServerOptions options,
                                  RequestHandler handler = &small_answer) {
  return test::start_server(std::move(handler), std::move(options)).value();
}

// A gate at which a handler waits until the test opens it.
class Gate {
 public:
  void open() {
    const std::scoped_lock lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void wait_for_visitors(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this, count] { return waiting_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int waiting_ = 0;
};

TEST(HttpServerLimits, SilentClientIsCutOffAtTheDeadline) {
  const auto server = serve({.request_deadline = milliseconds(200)});
  const auto start = Clock::now();
  const SocketClient client(server->port());
  EXPECT_TRUE(client.is_closed_by_server());
  EXPECT_GE(Clock::now() - start, milliseconds(190));
  EXPECT_LT(Clock::now() - start, milliseconds(2'000));
}

TEST(HttpServerLimits, DrippingClientIsCutOffAtTheDeadlineOfTheWholeRequest) {
  const auto server = serve({.request_deadline = milliseconds(200)});
  const auto start = Clock::now();
  const SocketClient client(server->port());
  client.send("GET / HTTP/1.1\r\n");
  // A header every few milliseconds: no single read of the server ever waits for long.
  while (!client.is_closed_by_server(milliseconds(20)) && client.send("A: b\r\n") &&
         Clock::now() - start < milliseconds(3'000)) {
  }
  EXPECT_LT(Clock::now() - start, milliseconds(2'500));
}

TEST(HttpServerLimits, ClientThatDoesNotReadIsCutOffAtTheDeadline) {
  std::promise<void> given_up;
  const auto body = [&given_up](const ServerRequest&) {
    return ServerResponse{.body = {new std::string(64U << 20U, 'x'), [&given_up](auto* text) {
                                     delete text;
                                     given_up.set_value();
                                   }}};
  };
  const auto server = serve({.request_deadline = milliseconds(200)}, body);
  const SocketClient client(server->port());
  client.send(get("/"));
  EXPECT_EQ(given_up.get_future().wait_for(std::chrono::seconds(4)), std::future_status::ready);
}

TEST(HttpServerLimits, FiftySlowClientsDoNotStarveAScrape) {
  const auto server = serve({});
  std::deque<SocketClient> slow;
  for (int number = 0; number < 50; ++number) {
    slow.emplace_back(server->port());
    ASSERT_TRUE(slow.back().send("GET /metrics HTTP/1.1\r\nA: "));
  }
  const auto start = Clock::now();
  EXPECT_EQ(round_trip(server->port(), get("/metrics")).status, 200);
  EXPECT_LT(Clock::now() - start, milliseconds(1'000));
}

TEST(HttpServerLimits, MoreSlowClientsThanPlacesGiveWayToAScrape) {
  const auto server = serve({.max_connections = 8});
  std::deque<SocketClient> slow;
  for (int number = 0; number < 100; ++number) {
    slow.emplace_back(server->port());
    slow.back().send("GET /metrics HTTP/1.1\r\nA: ");
  }
  const auto start = Clock::now();
  EXPECT_EQ(round_trip(server->port(), get("/metrics")).status, 200);
  EXPECT_TRUE(slow.front().is_closed_by_server());
  EXPECT_LT(Clock::now() - start, milliseconds(1'000));
}

TEST(HttpServerLimits, ConnectionBeyondTheLimitGets503WhenAllPlacesAreAnswering) {
  Gate gate;
  const auto server = serve({.max_connections = 2}, [&gate](const ServerRequest& request) {
    gate.pass();
    return small_answer(request);
  });
  std::deque<SocketClient> clients;
  for (int number = 0; number < 2; ++number) {
    clients.emplace_back(server->port()).send(get("/"));
  }
  gate.wait_for_visitors(2);
  EXPECT_EQ(test::parse_answer(SocketClient(server->port()).receive_all()).status, 503);
  gate.open();
  for (const auto& client : clients) {
    EXPECT_EQ(test::parse_answer(client.receive_all()).status, 200);
  }
  EXPECT_EQ(round_trip(server->port(), get("/")).status, 200);
}

TEST(HttpServerLimits, DelayedAnswerComesLater) {
  const auto server = serve({}, [](const ServerRequest&) {
    return ServerResponse{.status = 401, .delay = milliseconds(150)};
  });
  const auto start = Clock::now();
  EXPECT_EQ(round_trip(server->port(), get("/")).status, 401);
  EXPECT_GE(Clock::now() - start, milliseconds(150));
}

TEST(HttpServerLimits, DelayedAnswersGiveWayToAScrape) {
  const auto server = serve({.max_connections = 4}, [](const ServerRequest& request) {
    auto response = small_answer(request);
    response.delay = milliseconds(request.path == "/slowed" ? 4'000 : 0);
    return response;
  });
  std::deque<SocketClient> flood;
  for (int number = 0; number < 20; ++number) {
    flood.emplace_back(server->port()).send(get("/slowed"));
  }
  const auto start = Clock::now();
  EXPECT_EQ(round_trip(server->port(), get("/metrics")).status, 200);
  EXPECT_LT(Clock::now() - start, milliseconds(1'500));
}

TEST(HttpServerLimits, StopsWithinTwoSecondsWithOpenConnections) {
  auto server = serve({.request_deadline = milliseconds(60'000)}, [](const ServerRequest&) {
    return ServerResponse{.body = std::make_shared<const std::string>(64U << 20U, 'x'),
                          .delay = milliseconds(100)};
  });
  std::deque<SocketClient> clients;
  for (int number = 0; number < 10; ++number) {
    clients.emplace_back(server->port());
  }
  for (int number = 0; number < 10; ++number) {
    clients.emplace_back(server->port()).send(get("/"));
  }
  const auto start = Clock::now();
  server->stop();
  EXPECT_LT(Clock::now() - start, milliseconds(2'000));
  EXPECT_TRUE(clients.front().is_closed_by_server());
  server->stop();
}

TEST(HttpServerLimits, StopsThoughItNeverServed) {
  for (int round = 0; round < 20; ++round) {
    serve({});
  }
}

TEST(HttpServerLimits, ManyClientsAtOnceAreAllAnswered) {
  const auto server = serve({});
  // Alone: ThreadSanitizer does not see how the library guards the tables that it fills first.
  ASSERT_EQ(round_trip(server->port(), get("/")).status, 200);
  std::vector<std::future<int>> answers;
  answers.reserve(8);
  for (int client = 0; client < 8; ++client) {
    answers.push_back(std::async(std::launch::async, [&server] {
      int good = 0;
      for (int request = 0; request < 50; ++request) {
        good += round_trip(server->port(), get("/")).status == 200 ? 1 : 0;
      }
      return good;
    }));
  }
  for (auto& answer : answers) {
    EXPECT_EQ(answer.get(), 50);
  }
}

void ignore_signal(int /*number*/) {}

// Interrupts every thread of this process once, as a signal without SA_RESTART does.
void interrupt_all_threads() {
  DIR* const tasks = ::opendir("/proc/self/task");
  while (const dirent* task = ::readdir(tasks)) {
    const long thread = std::atol(task->d_name);
    if (thread > 0) {
      ::syscall(SYS_tgkill, ::getpid(), thread, SIGUSR1);
    }
  }
  ::closedir(tasks);
}

TEST(HttpServerLimits, GoesOnWhenAcceptingWasInterrupted) {
  struct sigaction action {};
  action.sa_handler = &ignore_signal;
  ASSERT_EQ(::sigaction(SIGUSR1, &action, nullptr), 0);
  const auto server = serve({});
  for (int round = 0; round < 3; ++round) {
    ASSERT_EQ(round_trip(server->port(), get("/")).status, 200);
    interrupt_all_threads();
    EXPECT_EQ(round_trip(server->port(), get("/")).status, 200);
  }
}

}  // namespace
}  // namespace compliance::http_server_limits_test
