// No part of a secret that stands in a URL reaches a verdict, whatever variable it is in.
#include <gtest/gtest.h>

#include "tests/checks/web_edge/consoles.h"
#include "tests/support/packaged.h"

namespace compliance::test::url_secrets_test {
namespace {

constexpr auto variables = std::to_array<const char*>({
    "ALLOW_PRIVATE_UPSTREAMS",
    "CARACAL_API_URL",
    "CARACAL_AUTH_COOKIE_SAME_SITE",
    "CARACAL_AUTH_DATABASE_SSL",
    "CARACAL_AUTH_DATABASE_URL",
    "CARACAL_AUTH_SECURE_COOKIES",
    "CARACAL_AUTH_URL",
    "CARACAL_CONTROL_ENABLED",
    "CARACAL_COORDINATOR_URL",
    "CARACAL_OPEN_REGISTRATION",
    "CARACAL_WEB_ORIGIN",
    "DATABASE_URL",
    "ISSUER_URL",
    "NODE_ENV",
    "PGHOST",
    "PGSSLMODE",
    "REDIS_URL",
    "STS_ISSUER_URL",
    "STS_JWKS_URL",
    "STS_URL",
    "TLS_CERT_FILE",
    "TLS_KEY_FILE",
    "TRUST_PROXY",
    "UPSTREAM_HOST_ALLOWLIST",
});

constexpr auto services = std::to_array<Component>(
    {Component::web, Component::api, Component::sts, Component::gateway, Component::audit,
     Component::coordinator, Component::migrate, Component::auth_migrate});

// The secret is 31337 together with hunter2hunter2; the digits alone could be a port.
constexpr auto texts = std::to_array<const char*>({
    "https://user:31337hunter2hunter2@a.example.net",
    "https://user:31337?hunter2hunter2@a.example.net",
    "https://user:31337/hunter2hunter2@a.example.net",
    "https://user:31337#hunter2hunter2@a.example.net",
    "https://user:31337\\hunter2hunter2@a.example.net",
    "https://user:31337,hunter2hunter2@a.example.net",
    "https://user:31337, https://hunter2hunter2@a.example.net",
    "http://31337hunter2hunter2@a.example.net/31337hunter2hunter2",
    "https://a.example.net/31337hunter2hunter2?token=31337hunter2hunter2#31337hunter2hunter2",
    "https://user:31337hunter2hunter2",
    "https://user:31337%40hunter2hunter2",
    "https:31337hunter2hunter2 ",
    "31337hunter2hunter2",
    "31337,hunter2hunter2@",
    "redis://user:31337hunter2hunter2@cache.example.net",
    "redis://:31337?hunter2hunter2@cache.example.net",
    "postgres://user:31337/hunter2hunter2@db.example.net/x?sslmode=31337hunter2hunter2",
    "postgres://user@db.example.net/x?password=31337hunter2hunter2",
    "smtp://user:31337hunter2hunter2@mail.example.net",
});

Container with_text(Component component, bool compose, const std::string& text) {
  Container container = compose ? hardened_service(component) : hardened_pod_container(component);
  for (const char* variable : variables) {
    set_variable(container, variable, text);
  }
  return container;
}

Installation with_text(bool compose, const std::string& text) {
  std::vector<Container> containers;
  containers.reserve(services.size());
  for (const Component component : services) {
    containers.push_back(with_text(component, compose, text));
  }
  Installation installation =
      compose ? compose_installation(containers) : kubernetes_installation(containers);
  installation.public_components = {Component::web, Component::sts};
  installation.probed.endpoints = {{.component = Component::sts, .url = "https://sts.example.net"},
                                   {.component = Component::web, .url = "https://web.example.net"}};
  for (const char* name : {"redisUrl", "databaseUrl", "authDatabaseUrl"}) {
    add_secret_file(installation, name, text);
  }
  return installation;
}

// Every text of every finding, each in brackets.
std::string all_texts(const Installation& installation) {
  EvaluationSettings settings;
  settings.extended = true;
  settings.each_pass = true;
  std::string all;
  for (const CheckResult& check : evaluate(installation, settings).checks) {
    for (const Finding& finding : check.findings) {
      all += "[" + std::string{check.check->id} + ": " + finding.object + ": " + finding.message +
             "; " + finding.expected + "; " + finding.observed + "]\n";
    }
  }
  return all;
}

class UrlSecrets : public testing::TestWithParam<const char*> {};

TEST_P(UrlSecrets, AppearInNoVerdict) {
  for (const bool compose : {true, false}) {
    for (const bool split : {true, false}) {
      Installation installation = with_text(compose, GetParam());
      if (split) {
        installation.split_origins = {"https://b.example.net"};
      }
      const std::string all = all_texts(installation);
      EXPECT_GT(all.size(), 5000U);
      for (const char* part : {"hunter2", "31337"}) {
        const std::size_t place = all.find(part);
        EXPECT_EQ(place, std::string::npos) << all.substr(all.rfind('[', place), 400);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Texts, UrlSecrets, testing::ValuesIn(texts));

}  // namespace
}  // namespace compliance::test::url_secrets_test
