// internal-services-postgres-transport
#include <gtest/gtest.h>

#include "tests/checks/internal_services/stores.h"
#include "tests/support/endpoints.h"

namespace compliance::test::postgres_transport_test {
namespace {

constexpr auto id = "internal-services-postgres-transport";
constexpr auto outside = "leads to an external Postgres without demanding TLS";
constexpr auto web_outside = "the console does not demand verified TLS of an external Postgres";

Container api_reading(const std::string& url) {
  return reading(Component::api, "DATABASE_URL", url);
}

Container web_reading(const Settings& settings,
                      const std::string& url = "postgres://u:60303ae22b99@db.example.net/auth") {
  Container console = console_with(settings);
  set_variable(console, "CARACAL_AUTH_DATABASE_URL", url);
  return console;
}

Container migrating(const Settings& settings) {
  return with_settings(hardened_service(Component::migrate), settings);
}

TEST(InternalServicesPostgresTransport, DoesNotApplyToTheBundledPostgres) {
  Installation installation = packaged_compose();
  add_secret_file(installation, "databaseUrl", "postgres://caracal:60303ae2@postgres:5432/caracal");
  add_secret_file(installation, "authDatabaseUrl",
                  "postgres://caracal:60303ae2@postgres:5432/caracal_auth");
  EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
}

TEST(InternalServicesPostgresTransport, PassesForModesThatDemandTls) {
  for (const char* mode : {"require", "verify-ca", "verify-full"}) {
    EXPECT_EQ(
        status_of(id, api_reading(std::string{"postgres://db.example.net/x?sslmode="} + mode)),
        Outcome::pass)
        << mode;
    EXPECT_EQ(status_of(id, migrating({{"PGHOST", "db.example.net"}, {"PGSSLMODE", mode}})),
              Outcome::pass)
        << mode;
  }
}

TEST(InternalServicesPostgresTransport, FailsForOtherModes) {
  for (const auto& [mode, observed] : Settings{{"disable", "sslmode disable"},
                                               {"allow", "sslmode allow"},
                                               {"prefer", "sslmode prefer"},
                                               {"", "no sslmode"},
                                               {"Require", "another sslmode"},
                                               {"60303ae22b99", "another sslmode"}}) {
    const Finding url =
        first_finding(id, api_reading("postgres://u:60303ae2@db.example.net/x?sslmode=" + mode));
    EXPECT_EQ(url.message, std::string{"DATABASE_URL "} + outside);
    EXPECT_EQ(url.expected, "sslmode require, verify-ca or verify-full");
    EXPECT_EQ(url.observed, observed);
    EXPECT_EQ(url.object, "service api");
    const Finding migration =
        first_finding(id, migrating({{"PGHOST", "db.example.net"}, {"PGSSLMODE", mode}}));
    EXPECT_EQ(migration.message, std::string{"PGHOST "} + outside);
    EXPECT_EQ(migration.observed, observed);
    EXPECT_EQ(migration.object, "service migrate");
  }
}

TEST(InternalServicesPostgresTransport, EvaluatesEveryServiceThatReadsIt) {
  for (const Component component : {Component::sts, Component::api, Component::gateway,
                                    Component::audit, Component::coordinator}) {
    expect_fail(id, reading(component, "DATABASE_URL", "postgres://db.net/x"),
                "DATABASE_URL leads to an external Postgres without demanding TLS",
                at(Source::compose, 10, 7));
  }
  EXPECT_EQ(status_of(id, reading(Component::other, "DATABASE_URL", "postgres://db.net/x")),
            Outcome::not_applicable);
}

TEST(InternalServicesPostgresTransport, EvaluatesTheUrlOfEachServiceWithItsOwnFile) {
  for (const char* name : {"databaseUrl", "stsDatabaseUrl", "apiDatabaseUrl", "gatewayDatabaseUrl",
                           "auditDatabaseUrl", "coordinatorDatabaseUrl"}) {
    EXPECT_EQ(messages_of(result_of(id, with_files_alone(name, "postgres://db.example.net/x"))),
              std::vector<std::string>{std::string{name} + " " + outside});
  }
  EXPECT_EQ(status_of(id, with_files_alone("redisUrl", "postgres://db.example.net/x")),
            Outcome::not_applicable);
}

TEST(InternalServicesPostgresTransport, PassesForAConsoleThatDemandsVerifiedTls) {
  for (const char* value : {"require", "TRUE", "verify"}) {
    EXPECT_EQ(status_of(id, web_reading({{"CARACAL_AUTH_DATABASE_SSL", value}, {"NODE_ENV", ""}})),
              Outcome::pass)
        << value;
  }
}

TEST(InternalServicesPostgresTransport, AConsoleInProductionDemandsItByDefault) {
  EXPECT_EQ(status_of(id, web_reading({})), Outcome::pass);
  for (const char* value : {"", "yes", " disable"}) {
    EXPECT_EQ(status_of(id, web_reading({{"CARACAL_AUTH_DATABASE_SSL", value}})), Outcome::pass)
        << value;
  }
  const Finding finding = first_finding(id, web_reading({{"NODE_ENV", "development"}}));
  EXPECT_EQ(finding.message, web_outside);
  EXPECT_EQ(finding.observed, "not set, and NODE_ENV is not production");
}

TEST(InternalServicesPostgresTransport, FailsForAConsoleThatDoesNot) {
  for (const char* value : {"no-verify", "insecure", "disable", "false", "off"}) {
    const Finding finding = first_finding(id, web_reading({{"CARACAL_AUTH_DATABASE_SSL", value}}));
    EXPECT_EQ(finding.message, web_outside) << value;
    EXPECT_EQ(finding.expected, "CARACAL_AUTH_DATABASE_SSL require");
    EXPECT_EQ(finding.observed, value);
    EXPECT_EQ(finding.object, "service web");
    EXPECT_EQ(finding.origin, at(Source::compose, 10, 7));
  }
  EXPECT_EQ(first_finding(id, web_reading({{"CARACAL_AUTH_DATABASE_SSL", "OFF"}})).observed, "off");
}

TEST(InternalServicesPostgresTransport, EvaluatesTheConsolesMigrationAlike) {
  Container job = web_reading({{"CARACAL_AUTH_DATABASE_SSL", "disable"}});
  job.component = Component::auth_migrate;
  expect_fail(id, job, "the console does not demand verified TLS of an external Postgres",
              at(Source::compose, 10, 7));
  job.component = Component::migrate;
  EXPECT_EQ(status_of(id, job), Outcome::not_applicable);
}

TEST(InternalServicesPostgresTransport, AConsolesDatabaseMayBeTheCommonOne) {
  Container console =
      with_settings(hardened_service(Component::web), {{"CARACAL_AUTH_DATABASE_SSL", "disable"}});
  EXPECT_EQ(status_of(id, console), Outcome::not_applicable);
  set_variable(console, "DATABASE_URL", "postgres://db.example.net/x");
  expect_fail(id, console, "the console does not demand verified TLS of an external Postgres",
              at(Source::compose, 10, 7));
  set_variable(console, "CARACAL_AUTH_DATABASE_URL", "postgres://localhost/x");
  EXPECT_EQ(status_of(id, console), Outcome::not_applicable);
}

TEST(InternalServicesPostgresTransport, AConsoleOfKubernetesHasItsDatabaseOutside) {
  Container console =
      reading_secret(Component::web, "CARACAL_AUTH_DATABASE_URL", "authDatabaseUrl");
  EXPECT_EQ(status_of(id, kubernetes_installation({console})), Outcome::pass);
  set_variable(console, "CARACAL_AUTH_DATABASE_SSL", "disable");
  expect_fail(id, console, "the console does not demand verified TLS of an external Postgres",
              at(Source::compose, 10, 7));
  Installation installation = kubernetes_installation({console});
  installation.kubernetes.stored_objects = {
      secret_holding("authDatabaseUrl", "postgres://127.0.0.1/x")};
  EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
}

TEST(InternalServicesPostgresTransport, IsUnknownForAConsoleWithUndecidedSettings) {
  Installation installation = packaged_compose();
  add_secret_file(installation, "databaseUrl", "postgres://postgres/x");
  EXPECT_EQ(messages_of(result_of(id, installation)),
            std::vector<std::string>{"no secret file authDatabaseUrl is configured"});
  Container console = web_reading({});
  set_unresolved_variable(console, "CARACAL_AUTH_DATABASE_SSL");
  EXPECT_EQ(first_finding(id, console).message, "X is not set");
  console = web_reading({});
  set_unresolved_variable(console, "NODE_ENV");
  EXPECT_EQ(first_finding(id, console).message, "X is not set");
}

TEST(InternalServicesPostgresTransport, IsUnknownForPackagedServicesWithoutSecretFiles) {
  const CheckResult result = result_of(id, packaged_compose());
  EXPECT_EQ(messages_of(result),
            (std::vector<std::string>{
                "no secret files are configured, so the URL in databaseUrl is unknown",
                "no secret files are configured, so the URL in authDatabaseUrl is unknown"}));
  EXPECT_EQ(result.unknown_reasons(), std::vector{UnknownReason::not_configured});
}

TEST(InternalServicesPostgresTransport, DoesNotApplyToAMigrationThatStaysInside) {
  for (const char* host : {"", "localhost", "127.0.0.1", "/run/postgresql"}) {
    EXPECT_EQ(status_of(id, migrating({{"PGHOST", host}})), Outcome::not_applicable) << host;
  }
  EXPECT_EQ(status_of(id, migrating({})), Outcome::not_applicable);
}

TEST(InternalServicesPostgresTransport, IsUnknownForAMigrationWithUndecidedSettings) {
  Container job = migrating({{"PGHOST", "db.example.net"}});
  EXPECT_EQ(first_finding(id, job).observed, "no sslmode");
  set_unresolved_variable(job, "PGSSLMODE");
  EXPECT_EQ(first_finding(id, job).message, "X is not set");
  job = migrating({{"PGSSLMODE", "disable"}});
  set_unresolved_variable(job, "PGHOST");
  EXPECT_EQ(first_finding(id, job).message, "X is not set");
  set_variable(job, "PGSSLMODE", "require");
  EXPECT_EQ(status_of(id, job), Outcome::pass);
}

TEST(InternalServicesPostgresTransport, IsUnknownForANameThatMayBeAnAlias) {
  for (const Container& container :
       {api_reading("postgres://db/x"), migrating({{"PGHOST", "db"}}),
        web_reading({{"CARACAL_AUTH_DATABASE_SSL", "disable"}}, "postgres://db/x")}) {
    const Finding finding = first_finding(id, container);
    EXPECT_EQ(finding.reason, UnknownReason::not_observable) << finding.object;
    EXPECT_EQ(finding.message.find("whether "), 0U);
  }
  Container console = hardened_pod_container(Component::web);
  set_variable(console, "CARACAL_AUTH_DATABASE_SSL", "disable");
  set_variable(console, "CARACAL_AUTH_DATABASE_URL", "postgres://db/x");
  expect_fail(id, console, "the console does not demand verified TLS of an external Postgres",
              at(Source::compose, 10, 7));
}

TEST(InternalServicesPostgresTransport, EvaluatesOnlyMainContainers) {
  for (Container container :
       {web_reading({{"CARACAL_AUTH_DATABASE_SSL", "off"}}),
        migrating({{"PGHOST", "db.example.net"}}), api_reading("postgres://db.example.net/x")}) {
    container.role = ContainerRole::init;
    EXPECT_EQ(status_of(id, container), Outcome::not_applicable);
  }
}

Installation asking(const std::string& host, Fact<PostgresReply> reply,
                    Installation installation = with_endpoints({})) {
  installation.configured = installation.configured | Source::endpoint;
  installation.probed.postgres = PostgresProbe{.host = host, .reply = std::move(reply)};
  return installation;
}

TEST(InternalServicesPostgresTransport, PassesForAServerThatAcceptsTls) {
  const Finding finding =
      only_finding(result_of(id, asking("pg.example.net", seen(PostgresReply::tls))));
  EXPECT_EQ(finding.outcome, Outcome::pass);
  EXPECT_EQ(finding.component, Component::postgres);
  EXPECT_EQ(finding.object, "datastore postgres");
}

TEST(InternalServicesPostgresTransport, FailsForAnExternalServerThatRefusesTls) {
  for (const char* host : {"pg.example.net", "10.0.0.5"}) {
    const Finding finding = only_finding(result_of(id, asking(host, seen(PostgresReply::plain))));
    EXPECT_EQ(finding.outcome, Outcome::fail);
    EXPECT_EQ(finding.message, "refuses TLS");
    EXPECT_EQ(finding.expected, "S to SSLRequest");
    EXPECT_EQ(finding.observed, "N");
    EXPECT_EQ(finding.origin, at_peer());
  }
}

TEST(InternalServicesPostgresTransport, DoesNotApplyToTheBundledServer) {
  const Installation compose = compose_installation({hardened_service(Component::postgres)});
  for (const char* host : {"postgres", "127.0.0.1", "::1", "LocalHost"}) {
    for (const Fact<PostgresReply>& reply : {seen(PostgresReply::plain), unseen<PostgresReply>()}) {
      EXPECT_EQ(status_of(id, asking(host, reply, compose)), Outcome::not_applicable) << host;
    }
  }
}

TEST(InternalServicesPostgresTransport, IsUnknownForAServerThatMayBeBesideIt) {
  const Finding alias = only_finding(
      result_of(id, asking("db", seen(PostgresReply::plain), compose_installation({}))));
  EXPECT_EQ(alias.reason, UnknownReason::not_observable);
  EXPECT_EQ(alias.message.find("whether datastores.postgres leads outside is not visible"), 0U);
  EXPECT_EQ(only_finding(result_of(id, asking("db", seen(PostgresReply::plain)))).reason,
            UnknownReason::not_configured);
  expect_fail(id, asking("db", seen(PostgresReply::plain), kubernetes_installation({})),
              "refuses TLS", at_peer());
}

TEST(InternalServicesPostgresTransport, IsUnknownForAServerWithoutAReply) {
  const Finding fault =
      only_finding(result_of(id, asking("pg.example.net", unseen<PostgresReply>())));
  EXPECT_EQ(fault.reason, UnknownReason::timeout);
  EXPECT_EQ(fault.origin, at_peer());
  EXPECT_EQ(only_finding(result_of(id, asking("pg.example.net", {}))).reason,
            UnknownReason::pending);
}

TEST(InternalServicesPostgresTransport, IsUnknownWhereEndpointsAloneAreConfigured) {
  const Finding finding = only_finding(result_of(id, with_endpoints({})));
  EXPECT_EQ(finding.reason, UnknownReason::not_configured);
  EXPECT_EQ(finding.message, "datastores.postgres is not configured");
  for (const Evidence files : {Source::compose, Source::kubernetes, Source::secrets}) {
    Installation installation = with_endpoints({});
    installation.configured = files | Source::endpoint;
    EXPECT_EQ(status_of(id, installation), Outcome::not_applicable);
  }
}

TEST(InternalServicesPostgresTransport, EvaluatesUrlsAndTheServerTogether) {
  const Installation installation =
      asking("pg.example.net", seen(PostgresReply::tls),
             compose_installation({api_reading("postgres://db.example.net/x")}));
  EXPECT_EQ(messages_of(result_of(id, installation)),
            std::vector<std::string>{std::string{"DATABASE_URL "} + outside});
}

}  // namespace
}  // namespace compliance::test::postgres_transport_test
