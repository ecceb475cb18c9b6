// ClientHellos: their bytes, and what OpenSSL's server makes of them.
#include "exporter/observe/probes/tls/client_hello.h"

#include <map>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporter/observe/probes/tls/server_hello.h"
#include "exporter/observe/probes/tls/weak_suites.h"
#include "tests/support/certificates.h"
#include "tests/support/tls_server.h"

namespace compliance::probes::client_hello_test {
namespace {

HelloSeed seed(const std::string& server_name = "a.example") {
  HelloSeed result{.server_name = server_name};
  result.random.fill(0x11);
  result.session_id.fill(0x22);
  result.x25519.fill(0x09);
  return result;
}

std::size_t number(const std::string& bytes) {
  std::size_t result = 0;
  for (const char byte : bytes) {
    result = result * 256 + static_cast<unsigned char>(byte);
  }
  return result;
}

// Takes the bytes apart again; a length that does not fit fails the test.
struct Reading {
  explicit Reading(std::string bytes) : rest(std::move(bytes)) {}

  std::string take(std::size_t count) {
    EXPECT_LE(count, rest.size());
    std::string part = rest.substr(0, count);
    rest.erase(0, count);
    return part;
  }
  std::size_t take_number(std::size_t width) { return number(take(width)); }
  std::string take_vector(std::size_t width) { return take(take_number(width)); }

  std::string rest;
};

struct ParsedHello {
  std::size_t record_version = 0;
  std::size_t version = 0;
  std::string session_id{};
  std::vector<std::uint16_t> suites{};
  std::map<std::size_t, std::string> extensions{};
  std::size_t length = 0;  // of the handshake message
};

std::vector<std::uint16_t> numbers(Reading bytes) {
  std::vector<std::uint16_t> result;
  while (!bytes.rest.empty()) {
    result.push_back(static_cast<std::uint16_t>(bytes.take_number(2)));
  }
  return result;
}

ParsedHello parse(const std::string& bytes) {
  ParsedHello hello;
  Reading record{bytes};
  EXPECT_EQ(record.take(1), "\x16");
  hello.record_version = record.take_number(2);
  Reading message{record.take_vector(2)};
  EXPECT_EQ(record.rest, "");
  hello.length = message.rest.size();
  EXPECT_EQ(message.take(1), "\x01");
  Reading body{message.take_vector(3)};
  EXPECT_EQ(message.rest, "");
  hello.version = body.take_number(2);
  EXPECT_EQ(body.take(32), std::string(32, '\x11'));
  hello.session_id = body.take_vector(1);
  hello.suites = numbers(Reading{body.take_vector(2)});
  EXPECT_EQ(body.take_vector(1), std::string(1, '\0'));
  Reading extensions{body.rest.empty() ? "" : body.take_vector(2)};
  EXPECT_EQ(body.rest, "");
  while (!extensions.rest.empty()) {
    const std::size_t type = extensions.take_number(2);
    EXPECT_TRUE(hello.extensions.emplace(type, extensions.take_vector(2)).second) << type;
  }
  return hello;
}

ParsedHello offer_of(TlsProtocol protocol) { return parse(offer_protocol(protocol, seed()).bytes); }

TEST(ClientHelloOfferOfAProtocol, NamesThatVersionAlone) {
  EXPECT_EQ(offer_of(TlsProtocol::ssl3).version, 0x0300U);
  EXPECT_EQ(offer_of(TlsProtocol::ssl3).record_version, 0x0300U);
  EXPECT_EQ(offer_of(TlsProtocol::tls1_0).version, 0x0301U);
  EXPECT_EQ(offer_of(TlsProtocol::tls1_1).version, 0x0302U);
  EXPECT_EQ(offer_of(TlsProtocol::tls1_2).version, 0x0303U);
  EXPECT_EQ(offer_of(TlsProtocol::tls1_2).record_version, 0x0301U);
  EXPECT_FALSE(offer_of(TlsProtocol::tls1_2).extensions.contains(43));
  const ParsedHello newest = offer_of(TlsProtocol::tls1_3);
  EXPECT_EQ(newest.version, 0x0303U);
  EXPECT_EQ(newest.extensions.at(43), "\x02\x03\x04");
  EXPECT_EQ(offer_protocol(TlsProtocol::tls1_3, seed()).version, 0x0304U);
}

TEST(ClientHelloOfferOfAProtocol, ListsWhatItSaysAndNoSuiteTwice) {
  for (const TlsProtocol protocol : tls_protocols) {
    const ClientHello offer = offer_protocol(protocol, seed());
    EXPECT_EQ(parse(offer.bytes).suites, offer.suites);
    const std::set<std::uint16_t> once{offer.suites.begin(), offer.suites.end()};
    EXPECT_EQ(once.size(), offer.suites.size()) << name_of(protocol);
    EXPECT_LE(offer.suites.size(), 128U) << name_of(protocol);
    EXPECT_FALSE(once.contains(0)) << name_of(protocol);
  }
}

TEST(ClientHelloOfferOfAProtocol, HasNoLengthThatLoadBalancersChokeOn) {
  for (const TlsProtocol protocol : tls_protocols) {
    for (std::size_t length = 0; length <= 253; ++length) {
      const ClientHello offer = offer_protocol(protocol, seed(std::string(length, 'a')));
      const std::size_t bytes = parse(offer.bytes).length;
      EXPECT_TRUE(bytes < 256 || bytes >= 512) << name_of(protocol) << " " << bytes;
    }
  }
}

TEST(ClientHelloOfferOfAProtocol, SendsTheNameWhereThereIsOne) {
  const std::string sent{
      "\x00\x0c\x00\x00\x09"
      "a.example",
      14};
  EXPECT_EQ(offer_of(TlsProtocol::tls1_0).extensions.at(0), sent);
  EXPECT_EQ(offer_of(TlsProtocol::tls1_3).extensions.at(0), sent);
  for (const TlsProtocol protocol : tls_protocols) {
    EXPECT_FALSE(parse(offer_protocol(protocol, seed("")).bytes).extensions.contains(0));
  }
}

TEST(ClientHelloOfferOfAProtocol, HasNoExtensionInSsl3) {
  EXPECT_TRUE(offer_of(TlsProtocol::ssl3).extensions.empty());
}

TEST(ClientHelloOfferOfAProtocol, BringsTwoKeySharesOfTls13) {
  const ParsedHello hello = offer_of(TlsProtocol::tls1_3);
  EXPECT_EQ(hello.session_id, std::string(32, '\x22'));
  Reading shares{Reading{hello.extensions.at(51)}.take_vector(2)};
  EXPECT_EQ(shares.take_number(2), 0x001dU);
  EXPECT_EQ(shares.take_vector(2), std::string(32, '\x09'));
  EXPECT_EQ(shares.take_number(2), 0x0017U);
  EXPECT_EQ(shares.take_vector(2).size(), 65U);
  EXPECT_EQ(shares.rest, "");
}

TEST(ClientHelloOfferOfWeakSuites, ListsThemAllAndNoOther) {
  const ClientHello offer = offer_weak_suites(TlsProtocol::tls1_2, seed());
  std::vector<std::uint16_t> expected;
  for (const WeakSuite& suite : weak_suites()) {
    expected.push_back(suite.number);
  }
  expected.push_back(0x00ff);
  EXPECT_EQ(parse(offer.bytes).suites, expected);
  EXPECT_EQ(parse(offer.bytes).version, 0x0303U);
  EXPECT_LE(expected.size(), 128U);
  EXPECT_EQ(parse(offer_weak_suites(TlsProtocol::tls1_0, seed()).bytes).version, 0x0301U);
}

// What OpenSSL's server answers.
ServerHelloReader answer(const test::TlsServerOptions& options, const ClientHello& hello) {
  ServerHelloReader reader;
  reader.feed(test::tls_answer(test::make_tls_server(options), hello.bytes));
  return reader;
}

// Keys are made once: those of RSA take their time.
test::TlsServerOptions server_with(const std::string& key) {
  static std::map<std::string, test::MadeCertificate> made;
  if (!made.contains(key)) {
    test::CertificatePlan plan = test::valid_now("DNS:a.example");
    plan.key = key;
    made[key] = test::make_certificate(plan, nullptr);
  }
  return {.chain_pem = made[key].pem, .key_pem = made[key].key_pem};
}

TEST(ClientHelloAtAServer, IsTakenByOneThatHasTheProtocolAlone) {
  for (const std::string key : {"P-256", "RSA-2048"}) {
    for (const TlsProtocol protocol :
         {TlsProtocol::tls1_0, TlsProtocol::tls1_1, TlsProtocol::tls1_2, TlsProtocol::tls1_3}) {
      test::TlsServerOptions options = server_with(key);
      options.min_version = wire_version(protocol);
      options.max_version = wire_version(protocol);
      const ServerHelloReader reader = answer(options, offer_protocol(protocol, seed()));
      EXPECT_EQ(reader.state(), ServerHelloReader::State::chosen) << name_of(protocol) << key;
      EXPECT_EQ(reader.hello().version, wire_version(protocol));
    }
  }
}

TEST(ClientHelloAtAServer, IsRefusedByOneThatHasOnlyOthers) {
  const test::TlsServerOptions any = server_with("P-256");
  for (const TlsProtocol offered : tls_protocols) {
    for (const TlsProtocol served :
         {TlsProtocol::tls1_0, TlsProtocol::tls1_1, TlsProtocol::tls1_2, TlsProtocol::tls1_3}) {
      test::TlsServerOptions options = any;
      options.min_version = wire_version(served);
      options.max_version = wire_version(served);
      const ServerHelloReader reader = answer(options, offer_protocol(offered, seed()));
      const bool taken = reader.state() == ServerHelloReader::State::chosen &&
                         reader.hello().version == wire_version(offered);
      EXPECT_EQ(taken, offered == served) << name_of(offered) << " " << name_of(served);
    }
  }
}

TEST(ClientHelloAtAServer, IsTakenWithWhateverGroupTheServerHas) {
  for (const std::string group : {"X25519", "P-256", "P-384", "P-521", "X448", "ffdhe2048"}) {
    test::TlsServerOptions options = server_with("RSA-2048");
    options.groups = group;
    const ServerHelloReader reader = answer(options, offer_protocol(TlsProtocol::tls1_3, seed()));
    EXPECT_EQ(reader.hello().version, 0x0304) << group;
  }
}

TEST(ClientHelloAtAServer, FindsItsWeakSuites) {
  for (const auto& [suites, name] : std::map<std::string, std::string>{
           {"NULL-SHA256", "TLS_RSA_WITH_NULL_SHA256"},
           {"ECDHE-RSA-NULL-SHA", "TLS_ECDHE_RSA_WITH_NULL_SHA"},
           {"AECDH-AES128-SHA", "TLS_ECDH_anon_WITH_AES_128_CBC_SHA"},
           {"ADH-AES256-GCM-SHA384", "TLS_DH_anon_WITH_AES_256_GCM_SHA384"}}) {
    test::TlsServerOptions options = server_with("RSA-2048");
    options.suites = suites + ":ECDHE-RSA-AES128-GCM-SHA256";
    const ServerHelloReader reader =
        answer(options, offer_weak_suites(TlsProtocol::tls1_2, seed()));
    EXPECT_EQ(weak_suite_name(reader.hello().suite), name);
  }
}

TEST(ClientHelloAtAServer, FindsNoWeakSuiteWhereThereIsNone) {
  test::TlsServerOptions options = server_with("RSA-2048");
  options.suites = "DEFAULT";
  EXPECT_EQ(answer(options, offer_weak_suites(TlsProtocol::tls1_2, seed())).state(),
            ServerHelloReader::State::refused);
}

}  // namespace
}  // namespace compliance::probes::client_hello_test
