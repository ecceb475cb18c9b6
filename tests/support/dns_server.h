// A DNS server on loopback, UDP and TCP, that answers as it is told, badly too.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "checks/formats/address.h"

namespace compliance::test {

enum class DnsManner : std::uint8_t {
  answer,
  server_failure,
  refusal,
  silence,
  garbage,             // bytes that are no DNS
  broken_answer,       // a sound header and question, and a record that is cut
  wrong_id,            // and nothing else
  wrong_id_first,      // then the right answer
  other_question,      // the answer repeats a question that was not asked
  silence_about_ipv6,  // AAAA alone
  failure_about_ipv6,
};

struct DnsEntry {
  std::vector<std::string> addresses{};
  std::string alias_of{};  // a CNAME; followed in the answer as far as the zone goes
  DnsManner manner = DnsManner::answer;
};

// Names in lower case, without the dot at the end. What is not in it does not exist.
using DnsZone = std::map<std::string, DnsEntry>;

// Answers of more than 512 bytes are cut in UDP and whole in TCP.
class DnsServer {
 public:
  // On 127.0.0.1 or, with `ipv6`, on ::1.
  explicit DnsServer(DnsZone zone, bool ipv6 = false);
  DnsServer(const DnsServer&) = delete;
  DnsServer& operator=(const DnsServer&) = delete;
  DnsServer(DnsServer&&) = delete;
  DnsServer& operator=(DnsServer&&) = delete;
  ~DnsServer();

  std::string address() const;  // ADDRESS:PORT
  void set(const std::string& name, DnsEntry entry);
  // All so far, such as "udp A db.example" in the letters that came.
  std::vector<std::string> questions() const;

 private:
  void serve();
  void serve_udp();
  void serve_tcp();
  std::vector<std::string> answers_to(const std::string& query, bool udp);

  bool ipv6_;
  std::uint16_t port_ = 0;
  int udp_ = -1;
  int tcp_ = -1;
  int end_ = -1;  // an eventfd
  mutable std::mutex mutex_{};
  DnsZone zone_;
  std::vector<std::string> questions_{};
  std::jthread thread_{};
};

}  // namespace compliance::test
