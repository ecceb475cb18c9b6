// What tests of the ordinary handshake share: issuers, and servers that show what they issued.
#pragma once

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "exporter/observe/probes/tls/tls_probe.h"
#include "tests/support/certificates.h"
#include "tests/support/scripted_peer.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/tls_server.h"

namespace compliance::probes {

using test::CertificatePlan;
using test::MadeCertificate;
using test::PeerSocket;
using test::ScriptedPeer;

constexpr std::chrono::seconds ample{20};
constexpr std::chrono::milliseconds scant{300};

inline CertificatePlan authority(const std::string& name) {
  CertificatePlan plan = test::valid_now("");
  plan.name = name;
  plan.authority = true;
  return plan;
}

// A root, an intermediate, and a directory with the root's file.
class ProbeHandshake : public testing::Test {
 protected:
  MadeCertificate leaf(const CertificatePlan& plan) const {
    return test::make_certificate(plan, &intermediate);
  }

  // A server that shows the certificate and the intermediate.
  test::TlsServerOptions showing(const MadeCertificate& certificate) const {
    return {.chain_pem = certificate.pem + intermediate.pem, .key_pem = certificate.key_pem};
  }

  ReadResult<TlsHandshake> probe(std::uint16_t port, const std::string& name = "a.example",
                                 std::chrono::milliseconds time = ample) const {
    const TlsTarget target{
        .peer = {.host = "127.0.0.1", .port = port}, .server_name = name, .ca_file = ca_file};
    return probe_handshake(target, Resolver{}, Deadline::after(time));
  }

  TlsHandshake seen(const test::TlsServerOptions& options,
                    const std::string& name = "a.example") const {
    const test::TlsServerContext server = test::make_tls_server(options);
    const ScriptedPeer peer{[&server](PeerSocket& socket) { test::serve_tls(socket, server); }};
    const auto handshake = probe(peer.port(), name);
    EXPECT_TRUE(handshake) << handshake.error().message;
    return handshake ? handshake.value() : TlsHandshake{};
  }

  Fault fault_of(const ScriptedPeer::Script& script, std::chrono::milliseconds time = ample) const {
    const ScriptedPeer peer{script};
    const auto handshake = probe(peer.port(), "a.example", time);
    EXPECT_FALSE(handshake);
    return handshake ? Fault{} : handshake.error();
  }

  const MadeCertificate root = test::make_certificate(authority("root"), nullptr);
  const MadeCertificate intermediate = test::make_certificate(authority("intermediate"), &root);
  const test::TemporaryDirectory directory{};
  const std::string ca_file = directory.write("ca.pem", root.pem);
};

}  // namespace compliance::probes
