// Recognises placeholders: samples out of documentation and defaults.
#include <algorithm>
#include <array>
#include <string>

#include "checks/formats/ascii.h"
#include "checks/formats/secret_properties.h"
#include "checks/formats/wipe.h"

namespace compliance {
namespace {

// Lower case, without separators. The product's own samples, those of the images it builds on,
// and what people type to get a stack started.
constexpr auto placeholders = std::to_array<std::string_view>({
    "admin",
    "adminadmin",
    "administrator",
    "asdf",
    "bearer",
    "caracal",
    "caracalauth",
    "caracaldev",
    "changeit",
    "changeme",
    "changemenow",
    "changethis",
    "dbpassword",
    "default",
    "demo",
    "dev",
    "development",
    "dummy",
    "empty",
    "evaluation",
    "evaluationplaceholder",
    "example",
    "examplepassword",
    "examplesecret",
    "fakesecret",
    "fixme",
    "foobar",
    "guest",
    "hunter2",
    "insecure",
    "insertsecrethere",
    "key",
    "letmein",
    "local",
    "mypassword",
    "mysecret",
    "mysecretpassword",
    "none",
    "null",
    "pass",
    "passw0rd",
    "passwd",
    "password",
    "placeholder",
    "postgres",
    "postgrespassword",
    "postgresql",
    "pwd",
    "qwerty",
    "qwertyuiop",
    "redacted",
    "redis",
    "redispassword",
    "replaceit",
    "replaceme",
    "replacethis",
    "replacewithsecret",
    "root",
    "sample",
    "secret",
    "secretkey",
    "secretpassword",
    "setme",
    "supersecret",
    "tbd",
    "temp",
    "temporary",
    "test",
    "testing",
    "testpassword",
    "testsecret",
    "todo",
    "token",
    "topsecret",
    "undefined",
    "unset",
    "user",
    "welcome",
    "yourkeyhere",
    "yourpassword",
    "yourpasswordhere",
    "yoursecret",
    "yoursecrethere",
    "yourtokenhere",
});

// password1 and changeme2024 are placeholders still.
constexpr std::size_t max_appended_digits = 4;

// Lower-cased letters and digits of `text`; bytes beyond ASCII are kept.
std::string without_separators(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  for (const char c : text) {
    if (is_upper(c)) {
      kept += static_cast<char>(c - 'A' + 'a');
    } else if (is_lower(c) || is_digit(c) || static_cast<unsigned char>(c) > 0x7f) {
      kept += c;
    }
  }
  return kept;
}

// The list is short enough to be searched in order.
bool is_listed(std::string_view word) {
  return std::find(placeholders.begin(), placeholders.end(), word) != placeholders.end();
}

// xxxx and 00000000, whatever the length.
bool is_one_repeated_character(std::string_view text) {
  return !text.empty() && text.find_first_not_of(text.front()) == std::string_view::npos;
}

// True for a word of the list, alone or with a few digits behind it.
bool is_listed_or_numbered(std::string_view word) {
  for (std::size_t cut = 0; cut < max_appended_digits; ++cut) {
    if (is_listed(word) || word.empty() || !is_digit(word.back())) {
      return is_listed(word);
    }
    word.remove_suffix(1);
  }
  return is_listed(word);
}

}  // namespace

bool is_placeholder(std::string_view text) {
  std::string word = without_separators(text);
  const bool found = is_one_repeated_character(text) || is_one_repeated_character(word) ||
                     is_listed_or_numbered(word);
  wipe(word);
  return found;
}

}  // namespace compliance
