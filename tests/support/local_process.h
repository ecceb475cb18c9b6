// A server of Debian's that runs as long as the object.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

namespace compliance::test {

// A port on 127.0.0.1 that was free a moment ago.
std::uint16_t free_port();

class LocalProcess {
 public:
  // Starts the command and returns when it has written `ready` to stdout or stderr, or has ended;
  // an empty `ready` waits for its end. It has to write little afterwards: nobody reads it.
  LocalProcess(const std::vector<std::string>& command, const std::string& ready);
  LocalProcess(const LocalProcess&) = delete;
  LocalProcess& operator=(const LocalProcess&) = delete;
  LocalProcess(LocalProcess&&) = delete;
  LocalProcess& operator=(LocalProcess&&) = delete;
  // Ends it by its process id with SIGINT, which Postgres takes for a fast shutdown.
  ~LocalProcess();

  bool is_ready() const { return ready_; }
  const std::string& output() const { return output_; }  // until then

 private:
  pid_t child_ = -1;
  int pipe_ = -1;
  bool ready_ = false;
  std::string output_{};
};

}  // namespace compliance::test
