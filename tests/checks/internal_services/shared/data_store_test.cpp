// The URLs of Postgres and Redis, wherever they can be seen.
#include "checks/internal_services/shared/data_store.h"

#include <array>

#include <gtest/gtest.h>

#include "tests/checks/internal_services/stores.h"

namespace compliance::test::data_store_test {
namespace {

constexpr std::array<std::string_view, 1> database{"DATABASE_URL"};
constexpr std::array<std::string_view, 2> console_database{"CARACAL_AUTH_DATABASE_URL",
                                                           "DATABASE_URL"};

// What is known of the host, or why nothing is.
std::string host_of(const Installation& installation, std::span<const std::string_view> variables) {
  const auto url = DataStores{installation}.url_of(*installation.containers().begin(), variables);
  if (!url) {
    return "not set";
  }
  EXPECT_NE(url->shape.value.has_value(), url->shape.fault.has_value());
  return url->shape.fault ? url->shape.fault->message : url->shape.value->host;
}

std::string host_of_text(const std::string& text) {
  return host_of(compose_installation({reading(Component::api, "DATABASE_URL", text)}), database);
}

TEST(DataStore, ReadsUrlsThatStandInTheFiles) {
  EXPECT_EQ(host_of_text("postgres://u:60303ae2@db.example.net/x"), "db.example.net");
  EXPECT_EQ(host_of_text("postgres:///x?host=/run/postgresql"), "/run/postgresql");
  EXPECT_EQ(host_of_text("unix:///run/redis.sock"), "/");
  EXPECT_EQ(host_of_text("db.example.net"), "DATABASE_URL is not a URL");
  EXPECT_EQ(host_of_text("postgres:///x"), "the URL in DATABASE_URL has no host");
  EXPECT_EQ(host_of_text(""), "not set");
}

TEST(DataStore, TakesTheFirstVariableThatIsSet) {
  Container console = reading(Component::web, "DATABASE_URL", "postgres://a/x");
  EXPECT_EQ(host_of(compose_installation({console}), console_database), "a");
  set_variable(console, "CARACAL_AUTH_DATABASE_URL", "");
  EXPECT_EQ(host_of(compose_installation({console}), console_database), "a");
  set_variable(console, "CARACAL_AUTH_DATABASE_URL", "postgres://b/x");
  EXPECT_EQ(host_of(compose_installation({console}), console_database), "b");
}

TEST(DataStore, ReadsTheFileOfTheMountedSecret) {
  Container api = hardened_service(Component::api);
  set_variable(api, "DATABASE_URL_FILE", "/run/secrets/databaseUrl");
  api.mounts = {{.kind = MountKind::compose_secret,
                 .source = "apiDatabaseUrl",
                 .target = "/run/secrets/databaseUrl",
                 .read_only = true}};
  Installation installation = compose_installation({api});
  add_secret_file(installation, "databaseUrl", "postgres://wrong/x");
  add_secret_file(installation, "apiDatabaseUrl", "postgres://right/x");
  EXPECT_EQ(host_of(installation, database), "right");
  installation.secrets.files.back().fault =
      Fault{.reason = UnknownReason::unreadable, .message = "cannot be read"};
  EXPECT_EQ(host_of(installation, database), "cannot be read");
}

TEST(DataStore, ReadsTheFileOfTheVariablesNameWhereTheSecretIsCalledOtherwise) {
  Container api = hardened_service(Component::api);
  set_variable(api, "DATABASE_URL_FILE", "/run/secrets/db");
  api.mounts = {{.kind = MountKind::bind, .source = "/srv/db", .target = "/run/secrets/db"}};
  Installation installation = compose_installation({api});
  EXPECT_EQ(host_of(installation, database),
            "no secret files are configured, so the URL in db is unknown");
  add_secret_file(installation, "redisUrl", "redis://wrong");
  EXPECT_EQ(host_of(installation, database), "no secret file db is configured");
  add_secret_file(installation, "databaseUrl", "postgres://right/x");
  EXPECT_EQ(host_of(installation, database), "right");
  add_secret_file(installation, "db", "postgres://nearer/x");
  EXPECT_EQ(host_of(installation, database), "nearer");
}

TEST(DataStore, ReadsSecretsOfTheContainersOwnNamespace) {
  Installation installation =
      kubernetes_installation({reading_secret(Component::api, "DATABASE_URL", "databaseUrl")});
  installation.kubernetes.stored_objects = {secret_holding("databaseUrl", "postgres://right/x")};
  EXPECT_EQ(host_of(installation, database), "right");
  const std::string unseen = "no secret files are configured, so the URL in databaseUrl is unknown";
  const StoredObject stored = installation.kubernetes.stored_objects.front();
  StoredObject& object = installation.kubernetes.stored_objects.front();
  object.object_namespace = "other";
  EXPECT_EQ(host_of(installation, database), unseen);
  object = stored;
  object.name = "other";
  EXPECT_EQ(host_of(installation, database), unseen);
  object = stored;
  object.kind = StoreKind::sealed_secret;
  EXPECT_EQ(host_of(installation, database), unseen);
  object = stored;
  object.values.front().form = StoredForm::encrypted;
  EXPECT_EQ(host_of(installation, database), unseen);
  object = stored;
  object.values.front().key = "redisUrl";
  EXPECT_EQ(host_of(installation, database), unseen);
}

TEST(DataStore, TellsWhyAVariableCannotBeSeen) {
  Container api = hardened_pod_container(Component::api);
  EXPECT_EQ(host_of(kubernetes_installation({api}), database), "not set");
  api.environment.secret_references = {{.value = "settings"}};
  EXPECT_EQ(host_of(kubernetes_installation({api}), database),
            "envFrom takes the whole Secret settings: any variable may come from it");
  set_variable(api, "DATABASE_URL", "");
  EXPECT_EQ(host_of(kubernetes_installation({api}), database), "not set");
  set_unresolved_variable(api, "DATABASE_URL");
  EXPECT_EQ(host_of(kubernetes_installation({api}), database), "X is not set");
  EXPECT_EQ(host_of(kubernetes_installation(
                        {with_unseen_variables(hardened_pod_container(Component::api))}),
                    database),
            "web.env does not exist");
}

TEST(DataStore, StaysInsideOnThisMachineAndInTheProject) {
  const Installation installation = compose_installation(
      {hardened_service(Component::postgres), hardened_pod_container(Component::redis)});
  for (const char* host :
       {"/run/x", "%2frun%2fx", "localhost", "a.localhost", "127.0.0.1", "::1", "postgres"}) {
    EXPECT_TRUE(stays_inside(installation, host)) << host;
  }
  for (const char* host :
       {"", "postgres.", "postgres2", "redis", "10.0.0.1", "db.example.net", "%20frun"}) {
    EXPECT_FALSE(stays_inside(installation, host)) << host;
  }
}

// The reason for which a failure about the host becomes unknown; nothing when it stays one.
std::optional<UnknownReason> doubt(Evidence evidence, const char* host) {
  Installation installation;
  installation.configured = evidence;
  const Verdict verdict =
      unless_inside(fail("leads outside", at(Source::compose, 7)), installation, host, "DB_URL");
  EXPECT_EQ(verdict.origin, at(Source::compose, 7));
  return verdict.outcome == Outcome::unknown ? std::optional{verdict.reason} : std::nullopt;
}

TEST(DataStore, MayLeadInsideByANameWithoutDots) {
  EXPECT_EQ(doubt(Source::secrets, "db"), UnknownReason::not_configured);
  EXPECT_EQ(doubt(Source::compose | Source::secrets, "db"), UnknownReason::not_observable);
  EXPECT_EQ(doubt(Source::compose | Source::kubernetes, "db"), UnknownReason::not_observable);
  EXPECT_EQ(doubt(Source::kubernetes, "db"), std::nullopt);
  for (const Evidence evidence : {Source::secrets, Source::compose}) {
    EXPECT_EQ(doubt(evidence, "db.example.net"), std::nullopt);
  }
}

TEST(DataStore, KeepsVerdictsThatAreNoFailures) {
  Installation installation;
  EXPECT_EQ(unless_inside(pass(), installation, "db", "DB_URL"), pass());
}

}  // namespace
}  // namespace compliance::test::data_store_test
