// Answers of OpenSSL's server, as they are and changed at random: however they are split, they read
// alike.
#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "exporter/observe/probes/tls/client_hello.h"
#include "exporter/observe/probes/tls/server_hello.h"
#include "tests/support/certificates.h"
#include "tests/support/tls_server.h"

namespace compliance::probes::server_hello_mutation_test {
namespace {

using State = ServerHelloReader::State;

std::string u8(std::size_t number) { return {static_cast<char>(number & 0xffU)}; }

ServerHelloReader read(const std::string& bytes) {
  ServerHelloReader reader;
  reader.feed(bytes);
  return reader;
}

ServerHelloReader read_in_steps(const std::string& bytes, std::size_t step) {
  ServerHelloReader reader;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    reader.feed(std::string_view{bytes}.substr(at, step));
  }
  return reader;
}

std::vector<std::string> real_answers() {
  test::CertificatePlan plan = test::valid_now("DNS:a.example");
  plan.key = "RSA-2048";
  const test::MadeCertificate made = test::make_certificate(plan, nullptr);
  std::vector<std::string> answers{};
  for (const std::string groups : {"X25519", "P-384"}) {
    const auto server =
        test::make_tls_server({.chain_pem = made.pem, .key_pem = made.key_pem, .groups = groups});
    for (const TlsProtocol protocol : tls_protocols) {
      answers.push_back(test::tls_answer(server, offer_protocol(protocol, {}).bytes));
    }
    answers.push_back(test::tls_answer(server, offer_weak_suites(TlsProtocol::tls1_2, {}).bytes));
  }
  return answers;
}

// Changes, removes, repeats or inserts bytes at random.
std::string mutated(std::string bytes, std::mt19937& random) {
  const auto below = [&random](std::size_t limit) {
    return random() % std::max<std::size_t>(limit, 1);
  };
  for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
    const std::size_t at = below(std::min<std::size_t>(bytes.size(), 150));
    switch (below(4)) {
      case 0:
        bytes.replace(at, 1, u8(random()));
        break;
      case 1:
        bytes.erase(at, 1 + below(8));
        break;
      case 2:
        bytes.insert(at, bytes.substr(below(bytes.size()), below(40)));
        break;
      default:
        bytes.insert(at, u8(below(2) * 0xff));
    }
  }
  return bytes;
}

TEST(ServerHelloReader, ReadsRealAnswersWhateverTheirSteps) {
  for (const std::string& bytes : real_answers()) {
    const ServerHelloReader whole = read(bytes);
    EXPECT_NE(whole.state(), State::unfinished);
    EXPECT_NE(whole.state(), State::foreign);
    for (const std::size_t step : {1U, 2U, 7U, 64U}) {
      const ServerHelloReader split = read_in_steps(bytes, step);
      EXPECT_EQ(split.state(), whole.state());
      EXPECT_EQ(split.hello(), whole.hello());
    }
  }
}

TEST(ServerHelloReader, ReadsMutatedAnswersAlikeInOneStepAndInMany) {
  std::mt19937 random{20'261'126};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same inputs always
  const std::vector<std::string> answers = real_answers();
  std::array<std::size_t, 4> seen{};
  for (std::size_t count = 0; count < 20'000; ++count) {
    const std::string bytes = mutated(answers[count % answers.size()], random).substr(0, 400);
    const ServerHelloReader whole = read(bytes);
    const ServerHelloReader split = read_in_steps(bytes, 1 + count % 5);
    ASSERT_EQ(whole.state(), split.state()) << count;
    ASSERT_EQ(whole.hello(), split.hello()) << count;
    ASSERT_TRUE(whole.state() == State::chosen || whole.hello() == ServerHello{}) << count;
    ASSERT_LE(whole.hello().version, 0x0304) << count;
    ++seen.at(static_cast<std::size_t>(whole.state()));
  }
  for (const std::size_t inputs : seen) {
    EXPECT_GT(inputs, 100U);  // the mutations reach every end of a reading
  }
}

}  // namespace
}  // namespace compliance::probes::server_hello_mutation_test
