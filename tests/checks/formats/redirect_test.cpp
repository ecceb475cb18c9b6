// redirect.h
#include "checks/formats/redirect.h"

#include <gtest/gtest.h>

namespace compliance::redirect_test {
namespace {

HttpAnswer redirecting(const std::string& location, int status = 302) {
  return {.status = status, .headers = {{"server", "x"}, {"location", location}}};
}

Redirect redirect_to(const std::string& location) {
  return redirects_of(redirecting(location)).front();
}

TEST(Redirect, IsOneByItsStatus) {
  for (const int status : {301, 302, 303, 307, 308}) {
    EXPECT_TRUE(is_redirect({.status = status})) << status;
    EXPECT_EQ(redirects_of(redirecting("/", status)).size(), 1U) << status;
  }
  for (const int status : {0, 200, 201, 300, 304, 305, 306, 309, 400}) {
    EXPECT_FALSE(is_redirect({.status = status})) << status;
    EXPECT_TRUE(redirects_of(redirecting("/", status)).empty()) << status;
  }
}

TEST(Redirect, HasEachLocationInOrder) {
  HttpAnswer answer = redirecting("https://a/x");
  EXPECT_TRUE(redirects_of({.status = 302}).empty());
  answer.headers.push_back({"location", "/y"});
  const auto redirects = redirects_of(answer);
  ASSERT_EQ(redirects.size(), 2U);
  EXPECT_EQ(redirects.front().reading.url.host, "a");
  EXPECT_EQ(redirects.front().text, "https://a/x");
  EXPECT_EQ(redirects.back().reading.fault, WebUrlFault::relative);
}

struct PathRow {
  const char* location;
  const char* path;
};

TEST(Redirect, HasAPathWithoutQuery) {
  for (const PathRow& row : {PathRow{"", ""},
                             {"/", "/"},
                             {"/Docs/A?b=/c", "/docs/a"},
                             {"docs#/x", "docs"},
                             {"./docs/", "./docs/"},
                             {"//h.example/x", "/x"},
                             {"//h.example", ""},
                             {"https://h.example/X/y?z#w", "/x/y"},
                             {"https://h.example", ""},
                             {"https://h.example?a=/b", ""},
                             {" https://h.example/x ", "/x"},
                             {"/a//b", "/a//b"},
                             {"a//b", "a//b"},
                             {"/a://b/c", "/a://b/c"},
                             {"/x?u=https://h.example/y", "/x"}}) {
    EXPECT_EQ(redirect_to(row.location).path, row.path) << row.location;
  }
}

TEST(Redirect, StaysOnItsHostWhateverThePort) {
  const WebUrl url = read_web_url("https://A.example:8443/x").url;
  for (const char* location : {"", "/", "x", "./x", "http://a.example", "https://a.example/",
                               "https://A.EXAMPLE:9/x", "?x", "/https://b.example"}) {
    EXPECT_TRUE(stays_on(redirect_to(location), url)) << location;
  }
  for (const char* location :
       {"https://b.example", "https://www.a.example", "https://a.example.b", "//a.example",
        " //b.example/", "ftp://a.example/", "https://", "https://a.example:x/", "mailto:x@y",
        "https://a.example.", "https://a.example@b.example/"}) {
    EXPECT_FALSE(stays_on(redirect_to(location), url)) << location;
  }
}

TEST(Redirect, LeadsToASignInByItsWords) {
  for (const char* location : {"/login",
                               "/x/LOGIN/",
                               "login",
                               "/login.php?x",
                               "https://h/oauth2/v1/authorize?client_id=1",
                               "https://accounts.example.com/",
                               "https://login.example.com",
                               "https://auth.example.net/?rd",
                               "https://h.example/cdn-cgi/access/login/h",
                               "/realms/x/protocol/openid-connect/auth",
                               "https://idp/",
                               "/sign-in",
                               "/.pomerium/sign_in",
                               "/signin",
                               "/logon.aspx",
                               "/sso",
                               "/saml",
                               "/saml2/x",
                               "/oauth/x",
                               "/authenticate"}) {
    EXPECT_TRUE(leads_to_sign_in(redirect_to(location))) << location;
  }
  for (const char* location : {"", "/", "/author", "/blogin", "/logins", "/x?to=/login", "/x#login",
                               "https://h.example/authorized", "https://login-x.example",
                               "https://x.login.example/", "/a/b", "https://h.example"}) {
    EXPECT_FALSE(leads_to_sign_in(redirect_to(location))) << location;
  }
}

}  // namespace
}  // namespace compliance::redirect_test
