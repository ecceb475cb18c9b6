// URLs that may hold a password.
#include "checks/formats/loose_url.h"

#include <gtest/gtest.h>

namespace compliance::test::loose_url_test {
namespace {

struct UrlRow {
  const char* name;
  const char* text;
  LooseUrl shape;
};

class UrlShapes : public testing::TestWithParam<UrlRow> {};

TEST_P(UrlShapes, AreRead) {
  const auto shape = url_shape_of(GetParam().text);
  ASSERT_TRUE(shape);
  EXPECT_EQ(shape->scheme, GetParam().shape.scheme);
  EXPECT_EQ(shape->host, GetParam().shape.host);
  EXPECT_EQ(shape->port, GetParam().shape.port);
  EXPECT_EQ(shape->has_password, GetParam().shape.has_password);
  EXPECT_EQ(shape->placeholder_password, GetParam().shape.placeholder_password);
  EXPECT_EQ(shape->ssl_mode, GetParam().shape.ssl_mode);
}

const LooseUrl redis{.scheme = "redis", .host = "redis", .port = 6379, .has_password = true};
const LooseUrl database{.scheme = "postgres", .host = "db", .has_password = true};

LooseUrl web(std::string scheme, std::string host) {
  return {.scheme = std::move(scheme), .host = std::move(host)};
}

INSTANTIATE_TEST_SUITE_P(
    LooseUrl, UrlShapes,
    testing::Values(
        UrlRow{"PackagedRedis", "redis://:60303ae22b99@redis:6379", redis},
        UrlRow{"PackagedDatabase",
               "postgres://caracal:60303ae22b99@postgres:5432/caracal",
               {.scheme = "postgres", .host = "postgres", .port = 5432, .has_password = true}},
        UrlRow{"NoPassword",
               "redis://redis:6379/0",
               {.scheme = "redis", .host = "redis", .port = 6379}},
        UrlRow{"UserOnly", "postgres://caracal@db/caracal", web("postgres", "db")},
        UrlRow{"EmptyPassword", "postgres://caracal:@db/caracal", web("postgres", "db")},
        UrlRow{"NothingButScheme", "redis://", web("redis", "")},
        UrlRow{"UpperCase",
               "REDISS://Cache.Example.NET:6380",
               {.scheme = "rediss", .host = "cache.example.net", .port = 6380}},
        UrlRow{"SchemeWithPlusAndDigit", "s3+x-y.z://h", web("s3+x-y.z", "h")},
        UrlRow{"AddressOfVersionSix",
               "postgres://u:60303ae@[FD00::1]:5432/x",
               {.scheme = "postgres", .host = "fd00::1", .port = 5432, .has_password = true}},
        UrlRow{"AddressOfVersionSixWithoutPort", "postgres://[fd00::1]/x",
               web("postgres", "fd00::1")},
        UrlRow{"BracketNotClosed", "postgres://[fd00/x", web("postgres", "[fd00")},
        UrlRow{"SeveralHosts",
               "postgres://u:60303ae@db:5433,other:5432/x",
               {.scheme = "postgres", .host = "db", .port = 5433, .has_password = true}},
        UrlRow{"PortBeyondTheRange", "redis://redis:70000", web("redis", "redis")},
        UrlRow{"PortIsNoNumber", "redis://redis:63a", web("redis", "redis")},
        UrlRow{"AtInPassword", "postgres://u:60@30@db/x", database},
        UrlRow{"SlashInPassword", "postgres://u:60/30@db/x", database},
        UrlRow{"SlashBehindDigitsOfThePassword", "postgres://u:123/30@db/x", database},
        UrlRow{"AtAndSlashInPassword", "postgres://u:a@b/c@db/x", database},
        UrlRow{"QuestionMarkInPassword", "postgres://u:6a?30@db/x", database},
        UrlRow{"HashInPassword", "postgres://u:6a#30@db/x", database},
        UrlRow{"QuestionMarkBehindDigitsOfThePassword", "postgres://u:123?30@db/x", database},
        UrlRow{"QuestionMarkBehindDigitsAndNothingElse", "postgres://u:123?30@db", database},
        UrlRow{"QuestionMarkFirstInThePassword", "postgres://u:?30@db/x", database},
        UrlRow{"HashBehindDigitsOfThePassword", "postgres://u:123#30@db/x", database},
        UrlRow{"QuestionMarkBehindASlashInThePassword", "postgres://u:12/3?30@db/x", database},
        UrlRow{"EqualsInThePasswordBeforeAPath", "postgres://u:123?a=30@db/x", database},
        UrlRow{"EqualsInThePasswordBeforeAPort",
               "redis://:123?a=30@redis:6379",
               {.scheme = "redis", .host = "redis", .port = 6379, .has_password = true}},
        UrlRow{"QuestionMarkBehindDigitsOfAPasswordOfHttps",
               "https://u:443?30@h/x",
               {.scheme = "https", .host = "h", .has_password = true}},
        UrlRow{"UserWithQuestionMark", "smtp://mail?me@example.net", web("smtp", "mail")},
        UrlRow{"AtInTheQuery",
               "smtp://mail:587?from=me@example.net",
               {.scheme = "smtp", .host = "mail", .port = 587}},
        UrlRow{"AtInTheQueryBehindAPath", "smtp://mail/x?from=me@example.net", web("smtp", "mail")},
        UrlRow{"AtInThePathOfHttps",
               "https://registry.example.net:4873/@scope/name",
               {.scheme = "https", .host = "registry.example.net", .port = 4873}},
        UrlRow{"AtInThePathOfHttp", "http://h/@s", web("http", "h")},
        UrlRow{"AtInThePathOfWs", "ws://h/@s", web("ws", "h")},
        UrlRow{"AtInThePathOfWss", "wss://h/@s", web("wss", "h")},
        UrlRow{"PasswordInHttps",
               "https://u:60303ae@h/@s",
               {.scheme = "https", .host = "h", .has_password = true}},
        UrlRow{"PlaceholderPassword",
               "postgres://caracal:caracal@db/x",
               {.scheme = "postgres",
                .host = "db",
                .has_password = true,
                .placeholder_password = true}},
        UrlRow{"PlaceholderUserIsNone", "postgres://changeme:60303ae@db/x", database},
        UrlRow{"EncodedPlaceholder",
               "postgres://u:change%2dm%65@db/x",
               {.scheme = "postgres",
                .host = "db",
                .has_password = true,
                .placeholder_password = true}},
        UrlRow{"EncodedInBothCases", "postgres://u:chang%4dang%4D@db/x", database},
        UrlRow{"EncodedPasswordIsDecoded",
               "postgres://u:%78%78%78@db/x",
               {.scheme = "postgres",
                .host = "db",
                .has_password = true,
                .placeholder_password = true}},
        UrlRow{"BrokenEscape", "postgres://u:%zz%4g%@db/x", database},
        UrlRow{"ColonInPassword", "postgres://u:60:303ae@db/x", database},
        UrlRow{"SslMode",
               "postgres://db/x?application_name=a&sslmode=require#sslmode=disable",
               {.scheme = "postgres", .host = "db", .ssl_mode = "require"}},
        UrlRow{"SslModeTwice",
               "postgres://db/x?sslmode=disable&sslmode=verify%2Dfull",
               {.scheme = "postgres", .host = "db", .ssl_mode = "verify-full"}},
        UrlRow{"SslModeWithoutValue", "postgres://db/x?sslmode&xsslmode=require",
               web("postgres", "db")},
        UrlRow{"PasswordInTheQuery", "postgres://db/x?user=u&password=60303ae", database},
        UrlRow{"HostInTheQuery", "postgres:///x?host=DB", web("postgres", "db")},
        UrlRow{"WrittenHostWins", "postgres://db/x?host=other", web("postgres", "db")}),
    [](const auto& row) { return row.param.name; });

class NoUrls : public testing::TestWithParam<const char*> {};

TEST_P(NoUrls, HaveNoShape) { EXPECT_FALSE(url_shape_of(GetParam())); }

INSTANTIATE_TEST_SUITE_P(LooseUrl, NoUrls,
                         testing::Values("", "://", "://host", "host:5432", "redis:/host",
                                         "1redis://host", "re dis://host", "re_dis://host",
                                         "host=db password=x"));

}  // namespace
}  // namespace compliance::test::loose_url_test
