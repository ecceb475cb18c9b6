// DnsChannel: one round of DNS queries by c-ares, over its own sockets.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "checks/formats/address.h"
#include "exporter/base/deadline.h"

namespace compliance::probes {

// Who answers a query.
enum class DnsSource : std::uint8_t {
  hosts_file,
  servers,       // the next one where one fails or refuses
  first_server,  // of those that answer at all, whatever it says
};
// A for ipv4, AAAA for ipv6.
enum class DnsFamily : std::uint8_t { ipv4, ipv6, both };

// What became of a question: a status of c-ares, and addresses where that is ARES_SUCCESS.
struct DnsReply {
  int status = 0;
  std::vector<Address> addresses{};  // in the order of the answer

  // Neither addresses nor the word that there are none.
  // A denial (no such name, no address of the family) is an answer and no failure.
  bool is_failure() const;
};

// Used by one thread at a time, and cheap to make: nothing that it learned of servers
// outlives it.
class DnsChannel {
 public:
  // `servers`: ADDRESS:PORT, none for the system's. One question takes a part of what is left of
  // the deadline, so that a dead server leaves time for the next.
  // What fails here shows in the status of every reply.
  DnsChannel(DnsSource source, const std::vector<std::string>& servers, const Deadline& deadline);
  // No copies: a channel of c-ares has one owner.
  DnsChannel(const DnsChannel&) = delete;
  DnsChannel& operator=(const DnsChannel&) = delete;
  // Not moved either; callers make one where they need it.
  DnsChannel(DnsChannel&&) = delete;
  DnsChannel& operator=(DnsChannel&&) = delete;
  // Closes the sockets of the channel.
  ~DnsChannel();

  // Asks for the name in each of the families at the same time, until the first failure; what that,
  // the deadline or a request to stop cut off comes last, as ARES_ECANCELLED.
  std::vector<DnsReply> ask(const std::string& name, const std::vector<DnsFamily>& families,
                            const Deadline& deadline);

 private:
  // Keeps the types of c-ares out of this header.
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace compliance::probes
