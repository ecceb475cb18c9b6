// Values that were never meant to be secrets.
#include <string>

#include <gtest/gtest.h>

#include "checks/formats/secret_properties.h"

namespace compliance::test::secret_placeholder_test {
namespace {

class Placeholders : public testing::TestWithParam<const char*> {};

TEST_P(Placeholders, AreRecognised) { EXPECT_TRUE(is_placeholder(GetParam())) << GetParam(); }

INSTANTIATE_TEST_SUITE_P(
    IsPlaceholder, Placeholders,
    testing::Values(
        "admin", "adminadmin", "administrator", "asdf", "bearer", "caracal", "caracalauth",
        "caracaldev", "changeit", "changeme", "changemenow", "changethis", "dbpassword", "default",
        "demo", "dev", "development", "dummy", "empty", "evaluation", "evaluationplaceholder",
        "example", "examplepassword", "examplesecret", "fakesecret", "fixme", "foobar", "guest",
        "hunter2", "insecure", "insertsecrethere", "key", "letmein", "local", "mypassword",
        "mysecret", "mysecretpassword", "none", "null", "pass", "passw0rd", "passwd", "password",
        "placeholder", "postgres", "postgrespassword", "postgresql", "pwd", "qwerty", "qwertyuiop",
        "redacted", "redis", "redispassword", "replaceit", "replaceme", "replacethis",
        "replacewithsecret", "root", "sample", "secret", "secretkey", "secretpassword", "setme",
        "supersecret", "tbd", "temp", "temporary", "test", "testing", "testpassword", "testsecret",
        "todo", "token", "topsecret", "undefined", "unset", "user", "welcome", "yourkeyhere",
        "yourpassword", "yourpasswordhere", "yoursecret", "yoursecrethere", "yourtokenhere"));

class SpellingsOfPlaceholders : public testing::TestWithParam<const char*> {};

TEST_P(SpellingsOfPlaceholders, AreRecognised) {
  EXPECT_TRUE(is_placeholder(GetParam())) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(IsPlaceholder, SpellingsOfPlaceholders,
                         testing::Values("CHANGEME", "Change-Me", "change_me", "change.me",
                                         "change me!", "<your-secret-here>", "${SECRET}",
                                         "evaluation-placeholder", "changeme1", "changeme12",
                                         "changeme123", "changeme1234", "Admin-2026", "hunter2",
                                         "hunter21234", "x", "xxxxxxxx", "XxXxXx", "xxx-xxx",
                                         "0000000000000000", "--------", "********"));

class NoPlaceholders : public testing::TestWithParam<const char*> {};

TEST_P(NoPlaceholders, AreLeftAlone) { EXPECT_FALSE(is_placeholder(GetParam())) << GetParam(); }

INSTANTIATE_TEST_SUITE_P(IsPlaceholder, NoPlaceholders,
                         testing::Values("", "-.-.", "changeme12345", "changemex", "xchangeme",
                                         "1changeme", "change1me", "12345", "xxxxxxxy",
                                         "passwordless", "changem\xc3\xa9", "secret!1a",
                                         "60303ae22b998861bce3b28f33eec1be"));

}  // namespace
}  // namespace compliance::test::secret_placeholder_test
