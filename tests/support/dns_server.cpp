// A DNS server on loopback, UDP and TCP, that answers as it is told, badly too.
#include "tests/support/dns_server.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <stdexcept>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/dns_message.h"
#include "tests/support/loopback_socket.h"

namespace compliance::test {
namespace {

constexpr std::size_t largest_udp_answer = 512;
constexpr int longest_chain = 16;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// The records of the name in that type, CNAMEs in front; none when the name does not exist.
std::optional<std::vector<DnsRecord>> records_for(const DnsZone& zone, std::string owner,
                                                  std::uint16_t type) {
  std::vector<DnsRecord> records;
  auto entry = zone.find(lower(owner));
  for (int step = 0; entry != zone.end() && !entry->second.alias_of.empty(); ++step) {
    if (step == longest_chain) {
      return records;
    }
    records.push_back(alias_record(owner, entry->second.alias_of));
    owner = entry->second.alias_of;
    entry = zone.find(lower(owner));
  }
  if (entry == zone.end()) {
    return records.empty() ? std::nullopt : std::optional{records};
  }
  for (const auto& text : entry->second.addresses) {
    const auto address = parse_address(text).value();
    if (address.v6 == (type == dns_type_aaaa)) {
      records.push_back(address_record(owner, address));
    }
  }
  return records;
}

std::string sound_answer(const DnsZone& zone, const DnsQuestion& question, bool udp) {
  const auto records = records_for(zone, question.name, question.type);
  const auto answer =
      records ? answer_message(question, 0, *records) : answer_message(question, 3, {});
  return udp && answer.size() > largest_udp_answer ? cut_message(question) : answer;
}

// What is sent, one message after the other.
std::vector<std::string> messages(const DnsZone& zone, const DnsQuestion& question, bool udp) {
  const auto entry = zone.find(lower(question.name));
  const auto manner = entry == zone.end() ? DnsManner::answer : entry->second.manner;
  const auto answer = sound_answer(zone, question, udp);
  auto other = question;
  other.id = static_cast<std::uint16_t>(question.id + 1);
  const bool about_ipv6 = question.type == dns_type_aaaa;
  switch (manner) {
    case DnsManner::answer:
      return {answer};
    case DnsManner::server_failure:
      return {answer_message(question, 2, {})};
    case DnsManner::refusal:
      return {answer_message(question, 5, {})};
    case DnsManner::silence:
      return {};
    case DnsManner::garbage:
      return {std::string(40, '\xff'), "x", ""};
    case DnsManner::broken_answer:
      return {answer.substr(0, answer.size() - 2)};
    case DnsManner::wrong_id:
      return {sound_answer(zone, other, udp)};
    case DnsManner::wrong_id_first:
      return {sound_answer(zone, other, udp), answer};
    case DnsManner::other_question:
      other = {.id = question.id, .name = "other.example", .type = question.type};
      return {answer_message(other, 0, records_for(zone, question.name, question.type).value())};
    case DnsManner::silence_about_ipv6:
      return about_ipv6 ? std::vector<std::string>{} : std::vector{answer};
    case DnsManner::failure_about_ipv6:
      return {about_ipv6 ? answer_message(question, 2, {}) : answer};
  }
  return {};
}

std::string receive_exactly(int socket, std::size_t size) {
  std::string bytes(size, '\0');
  const auto got = ::recv(socket, bytes.data(), size, MSG_WAITALL);
  return got == static_cast<ssize_t>(size) ? bytes : "";
}

}  // namespace

DnsServer::DnsServer(DnsZone zone, bool ipv6)
    : ipv6_(ipv6), end_(::eventfd(0, EFD_CLOEXEC)), zone_(std::move(zone)) {
  // TCP has to have the port that UDP got.
  for (int attempt = 0; attempt < 50 && tcp_ < 0; ++attempt) {
    if (udp_ >= 0) {
      ::close(udp_);
    }
    udp_ = bound_socket(SOCK_DGRAM, ipv6, 0);
    port_ = port_of(udp_);
    tcp_ = bound_socket(SOCK_STREAM, ipv6, port_);
  }
  if (tcp_ < 0 || ::listen(tcp_, 16) != 0) {
    throw std::runtime_error("no port for a DNS server");
  }
  thread_ = std::jthread([this] { serve(); });
}

DnsServer::~DnsServer() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(end_, &one, sizeof one);
  thread_.join();
  for (const int descriptor : {udp_, tcp_, end_}) {
    ::close(descriptor);
  }
}

std::string DnsServer::address() const {
  return (ipv6_ ? "[::1]:" : "127.0.0.1:") + std::to_string(port_);
}

void DnsServer::set(const std::string& name, DnsEntry entry) {
  const std::lock_guard lock(mutex_);
  zone_[name] = std::move(entry);
}

std::vector<std::string> DnsServer::questions() const {
  const std::lock_guard lock(mutex_);
  return questions_;
}

void DnsServer::serve() {
  while (true) {
    std::array<pollfd, 3> entries{pollfd{end_, POLLIN, 0}, {udp_, POLLIN, 0}, {tcp_, POLLIN, 0}};
    ::poll(entries.data(), entries.size(), -1);
    if (entries[0].revents != 0) {
      return;
    }
    if (entries[1].revents != 0) {
      serve_udp();
    }
    if (entries[2].revents != 0) {
      serve_tcp();
    }
  }
}

void DnsServer::serve_udp() {
  std::string query(4096, '\0');
  SocketAddress client;
  const auto size = ::recvfrom(udp_, query.data(), query.size(), 0, client.get(), &client.size);
  query.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  for (const auto& answer : answers_to(query, true)) {
    ::sendto(udp_, answer.data(), answer.size(), 0, client.get(), client.size);
  }
}

// All questions that come over one connection, until the client has had enough of it.
void DnsServer::serve_tcp() {
  const int client = ::accept4(tcp_, nullptr, nullptr, SOCK_CLOEXEC);
  while (true) {
    std::array<pollfd, 2> entries{pollfd{end_, POLLIN, 0}, {client, POLLIN, 0}};
    ::poll(entries.data(), entries.size(), -1);
    const auto length = entries[0].revents != 0 ? "" : receive_exactly(client, 2);
    if (length.empty()) {
      break;
    }
    const auto size = static_cast<std::size_t>((static_cast<unsigned char>(length[0]) << 8U) |
                                               static_cast<unsigned char>(length[1]));
    for (const auto& answer : answers_to(receive_exactly(client, size), false)) {
      std::string framed{static_cast<char>(answer.size() >> 8U),
                         static_cast<char>(answer.size() & 0xffU)};
      framed += answer;
      ::send(client, framed.data(), framed.size(), MSG_NOSIGNAL);
    }
  }
  ::close(client);
}

std::vector<std::string> DnsServer::answers_to(const std::string& query, bool udp) {
  const auto question = parse_question(query);
  if (!question) {
    return {};
  }
  const std::lock_guard lock(mutex_);
  const std::string type = question->type == dns_type_a      ? "A "
                           : question->type == dns_type_aaaa ? "AAAA "
                                                             : "other ";
  questions_.push_back((udp ? "udp " : "tcp ") + type + question->name);
  return messages(zone_, *question, udp);
}

}  // namespace compliance::test
