// One round of DNS questions by c-ares, over its own sockets.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "checks/formats/address.h"
#include "exporter/base/deadline.h"

namespace compliance::probes {

enum class DnsSource : std::uint8_t {
  hosts_file,
  servers,       // the next one where one fails or refuses
  first_server,  // of those that answer at all, whatever it says
};
enum class DnsFamily : std::uint8_t { ipv4, ipv6, both };

// What became of a question: a status of c-ares, and addresses where that is ARES_SUCCESS.
struct DnsReply {
  int status = 0;
  std::vector<Address> addresses{};  // in the order of the answer

  // Neither addresses nor the word that there are none.
  bool is_failure() const;
};

// Used by one thread; another channel knows nothing of what this one learned.
class DnsChannel {
 public:
  // `servers`: ADDRESS:PORT, none for the system's. One question takes a part of what is left of
  // the deadline, so that a dead server leaves time for the next.
  DnsChannel(DnsSource source, const std::vector<std::string>& servers, const Deadline& deadline);
  DnsChannel(const DnsChannel&) = delete;
  DnsChannel& operator=(const DnsChannel&) = delete;
  DnsChannel(DnsChannel&&) = delete;
  DnsChannel& operator=(DnsChannel&&) = delete;
  ~DnsChannel();

  // Asks for the name in each of the families at the same time, until the first failure; what that,
  // the deadline or a request to stop cut off comes last, as ARES_ECANCELLED.
  std::vector<DnsReply> ask(const std::string& name, const std::vector<DnsFamily>& families,
                            const Deadline& deadline);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace compliance::probes
