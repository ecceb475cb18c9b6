// A conversation with a peer, in the open or inside TLS.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "exporter/observe/probes/net/connection.h"

namespace compliance::probes {

class ByteStream {
 public:
  ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;
  ByteStream(ByteStream&&) = delete;
  ByteStream& operator=(ByteStream&&) = delete;
  virtual ~ByteStream() = default;

  // As those of Connection; inside TLS also tls_failure (the peer sent an alert) and protocol_error
  // (what came is no TLS).
  virtual ReadResult<std::size_t> send(std::string_view bytes, const Deadline& deadline) = 0;
  virtual ReadResult<std::string> receive(std::size_t most, const Deadline& deadline) = 0;
};

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
