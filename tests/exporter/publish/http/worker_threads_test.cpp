// How many threads run, what happens when all are busy, and that finishing waits.
#include "exporter/publish/http/worker_threads.h"

#include <atomic>
#include <latch>

#include <gtest/gtest.h>

namespace compliance::worker_threads_test {
namespace {

bool no_room() { return false; }

TEST(WorkerThreads, RunEveryTaskBeforeTheyFinish) {
  std::atomic<int> done{0};
  WorkerThreads threads(100, &no_room);
  for (int task = 0; task < 100; ++task) {
    EXPECT_TRUE(threads.add([&done] { ++done; }));
  }
  threads.finish();
  EXPECT_EQ(done, 100);
}

TEST(WorkerThreads, RunAsManyTasksAtOnceAsTheLimitSays) {
  std::latch all_started(3);
  WorkerThreads threads(3, &no_room);
  for (int task = 0; task < 3; ++task) {
    EXPECT_TRUE(threads.add([&all_started] { all_started.arrive_and_wait(); }));
  }
  threads.finish();
}

TEST(WorkerThreads, RefuseATaskWhenAllAreBusyAndThereIsNoRoom) {
  std::latch end(1);
  bool ran = false;
  WorkerThreads threads(1, &no_room);
  EXPECT_TRUE(threads.add([&end] { end.wait(); }));
  EXPECT_FALSE(threads.add([&ran] { ran = true; }));
  end.count_down();
  threads.finish();
  EXPECT_FALSE(ran);
}

TEST(WorkerThreads, TakeATaskForWhichRoomIsMade) {
  std::latch end(1);
  bool ran = false;
  WorkerThreads threads(1, [&end] {
    end.count_down();
    return true;
  });
  EXPECT_TRUE(threads.add([&end] { end.wait(); }));
  EXPECT_TRUE(threads.add([&ran] { ran = true; }));
  threads.finish();
  EXPECT_TRUE(ran);
}

TEST(WorkerThreads, WorkAgainAfterTheyFinished) {
  std::atomic<int> done{0};
  WorkerThreads threads(1, &no_room);
  threads.finish();
  EXPECT_TRUE(threads.add([&done] { ++done; }));
  threads.finish();
  EXPECT_TRUE(threads.add([&done] { ++done; }));
  threads.finish();
  EXPECT_EQ(done, 2);
}

}  // namespace
}  // namespace compliance::worker_threads_test
