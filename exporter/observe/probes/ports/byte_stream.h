// ByteStream: a conversation with a peer, in the open or inside TLS.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "exporter/observe/probes/net/connection.h"

namespace compliance::probes {

// Hides from the exchanges whether there is TLS. Used by one thread at a time.
class ByteStream {
 public:
  ByteStream() = default;
  // No copies: a stream owns its connection.
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;
  // Not moved: held by pointer.
  ByteStream(ByteStream&&) = delete;
  ByteStream& operator=(ByteStream&&) = delete;
  // Closes the connection.
  virtual ~ByteStream() = default;

  // Sends everything. Faults as those of Connection::send(); inside TLS also tls_failure
  // (the peer sent an alert) and protocol_error (what came is no TLS).
  virtual ReadResult<std::size_t> send(std::string_view bytes, const Deadline& deadline) = 0;
  // What has come, as Connection::receive(): empty when the peer has closed. Faults as of
  // send().
  virtual ReadResult<std::string> receive(std::size_t most, const Deadline& deadline) = 0;
};

// A connection without TLS.
class PlainStream : public ByteStream {
 public:
  explicit PlainStream(Connection connection) : connection_(std::move(connection)) {}

  ReadResult<std::size_t> send(std::string_view bytes, const Deadline& deadline) override {
    return connection_.send(bytes, deadline);
  }
  ReadResult<std::string> receive(std::size_t most, const Deadline& deadline) override {
    return connection_.receive(most, deadline);
  }

 private:
  Connection connection_;
};

// Shakes hands with whoever is there: nothing is verified, so nothing secret may follow.
// `server_name` is sent as SNI when it is no address. Faults as above, and timeout.
ReadResult<std::unique_ptr<ByteStream>> open_tls_stream(Connection connection,
                                                        const std::string& server_name,
                                                        const Deadline& deadline);

}  // namespace compliance::probes
