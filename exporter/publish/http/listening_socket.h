// A listening TCP socket with the options that this program wants.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "exporter/base/result.h"

namespace compliance {

// Owns a file descriptor; -1 is none.
class FileDescriptor {
 public:
  // Owns nothing.
  FileDescriptor() = default;
  explicit FileDescriptor(int number) : number_(number) {}
  // Closes; an error of close(2) is ignored.
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  // One owner: two would close the same number twice.
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  int number() const { return number_; }

 private:
  int number_ = -1;
};

// Binds `host` (address, in brackets or not, or name; empty for all addresses) and listens, with
// SO_REUSEADDR only: a port that another process listens on is an error. The error names the
// address and the reason.
Result<FileDescriptor> listen_on(const std::string& host, std::uint16_t port);

// The port that a bound socket has; 0 when it has none.
std::uint16_t local_port(int socket);

// The address of a bound socket.
struct LocalAddress {
  std::string text{};  // numeric, without the port; empty where it cannot be told
  bool loopback = false;
};

// Where a bound socket is reached.
LocalAddress local_address(int socket);

}  // namespace compliance
