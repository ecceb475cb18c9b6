// Set-Cookie as RFC 6265bis has browsers read it.
#include "checks/formats/set_cookie.h"

#include <array>

#include <gtest/gtest.h>

namespace compliance::test::set_cookie_test {
namespace {

TEST(SetCookie, ReadsWhatTheConsoleSends) {
  EXPECT_EQ(read_set_cookie("__Secure-better-auth.session_token=; Max-Age=0; Path=/; HttpOnly; "
                            "Secure; SameSite=Lax"),
            (SetCookie{.name = "__Secure-better-auth.session_token",
                       .secure = true,
                       .http_only = true,
                       .same_site = SameSite::lax}));
  EXPECT_EQ(
      read_set_cookie("better-auth.session_token=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"),
      (SetCookie{
          .name = "better-auth.session_token", .http_only = true, .same_site = SameSite::lax}));
}

struct CookieRow {
  const char* text = "";
  SetCookie cookie{};
};

TEST(SetCookie, ReadsAttributesInAnyWriting) {
  const std::array rows{
      CookieRow{"a=b", {.name = "a"}},
      CookieRow{" a = b ", {.name = "a"}},
      CookieRow{"a=b=c; secure", {.name = "a", .secure = true}},
      CookieRow{"a=b;SECURE;httponly", {.name = "a", .secure = true, .http_only = true}},
      CookieRow{"a=b; Secure=false", {.name = "a", .secure = true}},
      CookieRow{"a=b;\tSecure\t;;", {.name = "a", .secure = true}},
      CookieRow{"a=b; Secured; HttpOnlyX; XSameSite=Lax", {.name = "a"}},
      CookieRow{"a=Secure", {.name = "a"}},
      CookieRow{"a=b; x=Secure; x=HttpOnly", {.name = "a"}},
      CookieRow{"Secure; HttpOnly", {.name = "", .http_only = true}},
      CookieRow{"=b; Secure", {.name = "", .secure = true}},
      CookieRow{"a=; Secure", {.name = "a", .secure = true}},
      CookieRow{"a=\"b; Secure\"", {.name = "a"}},
  };
  for (const CookieRow& row : rows) {
    EXPECT_EQ(read_set_cookie(row.text), row.cookie) << row.text;
  }
}

struct SiteRow {
  const char* attributes = "";
  SameSite same_site = SameSite::unset;
};

TEST(SetCookie, TheLastSameSiteWins) {
  constexpr auto rows = std::to_array<SiteRow>({
      {"", SameSite::unset},
      {"; SameSite=Lax", SameSite::lax},
      {"; samesite = STRICT ", SameSite::strict},
      {"; SameSite=none", SameSite::none},
      {"; SameSite=Lax; SameSite=None", SameSite::none},
      {"; SameSite=None; SameSite=Strict", SameSite::strict},
      {"; SameSite=Lax; SameSite=nonsense", SameSite::unset},
      {"; SameSite", SameSite::unset},
      {"; SameSite=", SameSite::unset},
      {"; SameSite=\"Lax\"", SameSite::unset},
      {"; SameSite=Lax=x", SameSite::unset},
      {"; SameSite=Lax, Strict", SameSite::unset},
  });
  for (const SiteRow& row : rows) {
    EXPECT_EQ(read_set_cookie(std::string{"a=b"} + row.attributes).value_or(SetCookie{}).same_site,
              row.same_site)
        << row.attributes;
  }
}

TEST(SetCookie, IgnoresAttributesThatAreTooLong) {
  const std::string fits(1024, 'x');
  EXPECT_TRUE(read_set_cookie("a=b; Secure=" + fits).value_or(SetCookie{}).secure);
  EXPECT_FALSE(read_set_cookie("a=b; Secure=" + fits + "x").value_or(SetCookie{}).secure);
  EXPECT_EQ(
      read_set_cookie("a=b; SameSite=Lax; SameSite=" + fits + "x").value_or(SetCookie{}).same_site,
      SameSite::lax);
}

TEST(SetCookie, IsNothingThatABrowserIgnores) {
  for (const std::string& text :
       {std::string{}, std::string{"="}, std::string{" = ; Secure"}, std::string{"; Secure"},
        std::string{"a=b\n; Secure"}, std::string{"a=b; Sec\x7Fure"}, std::string{"a\x01=b"},
        std::string("a=b\0c", 5), std::string{"a\x1F=b"}}) {
    EXPECT_EQ(read_set_cookie(text), std::nullopt) << text;
  }
}

TEST(SetCookie, TakesTabsBlanksAndWhatIsBeyondAsciiForOrdinary) {
  EXPECT_EQ(read_set_cookie("a\tb=c d").value_or(SetCookie{}).name, "a\tb");
  EXPECT_EQ(read_set_cookie("\xc3\xa4=~").value_or(SetCookie{}).name, "\xc3\xa4");
}

TEST(SetCookie, IsNothingBeyondFourKibibytesOfNameAndValue) {
  EXPECT_TRUE(read_set_cookie("a=" + std::string(4095, 'x')).has_value());
  EXPECT_FALSE(read_set_cookie("a=" + std::string(4096, 'x')).has_value());
  EXPECT_TRUE(read_set_cookie("a=b; Path=/" + std::string(8000, 'x')).has_value());
}

}  // namespace
}  // namespace compliance::test::set_cookie_test
