// Recognises secrets by the names and values of variables and keys.
#include "checks/secrets/shared/suspicious_value.h"

#include <algorithm>
#include <array>

#include "checks/formats/ascii.h"
#include "checks/formats/loose_url.h"
#include "checks/formats/secret_properties.h"

namespace compliance {
namespace {

// Words that stand for a secret wherever they appear between underscores.
constexpr auto secret_words = std::to_array<std::string_view>(
    {"APIKEY", "BEARER", "CREDENTIAL", "HMAC", "KEK", "KEY", "PASS", "PASSPHRASE", "PASSWD",
     "PASSWORD", "PRIVATE", "PWD", "SECRET", "TOKEN"});

// Also without an underscore before them, as in DBPASSWORD.
constexpr auto secret_endings =
    std::to_array<std::string_view>({"APIKEY", "PASSWD", "PASSWORD", "SECRET", "TOKEN"});

// A name that ends so is an address or a place, as in TOKEN_URL and KEY_PATH.
constexpr auto harmless_last_words = std::to_array<std::string_view>(
    {"DIR", "ENDPOINT", "FILE", "HOST", "NAME", "PATH", "URI", "URL"});

bool is_among(std::string_view word, const auto& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Plurals count, except of words that end in S themselves, such as PASS.
bool is_secret_word(std::string_view word) {
  if (word.size() > 1 && word.back() == 'S' && !is_among(word, secret_words)) {
    word.remove_suffix(1);
  }
  return is_among(word, secret_words) ||
         std::any_of(secret_endings.begin(), secret_endings.end(), [word](std::string_view ending) {
           return word.size() > ending.size() && word.substr(word.size() - ending.size()) == ending;
         });
}

}  // namespace

bool looks_secret(std::string_view name) {
  if (is_known_harmless(name)) {
    return false;
  }
  const std::string upper = upper_case(name);
  std::string_view rest = upper;
  bool found = false;
  while (true) {
    const std::size_t end = rest.find('_');
    const std::string_view word = rest.substr(0, end);
    // A public key is no secret, whatever the other words say.
    if (word == "PUBLIC") {
      return false;
    }
    found = found || is_secret_word(word);
    if (end == std::string_view::npos) {
      return found && !is_among(word, harmless_last_words);
    }
    rest.remove_prefix(end + 1);
  }
}

bool holds_password(std::string_view text) {
  if (const auto url = url_shape_of(text); url && url->has_password) {
    return true;
  }
  // Connection strings and query parameters: password=..., with something behind the sign.
  constexpr std::string_view parameter = "password=";
  const auto* const place =
      std::search(text.begin(), text.end(), parameter.begin(), parameter.end(),
                  [](char c, char wanted) { return c == wanted || (c | 0x20) == wanted; });
  const auto behind = static_cast<std::size_t>(place - text.begin()) + parameter.size();
  return behind < text.size() && text[behind] != '&' && text[behind] != ' ';
}

bool is_strong(std::string_view text) {
  // Words and versions stay below both; generated tokens pass both.
  constexpr std::size_t min_characters = 20;
  constexpr double min_bits_of_secret = 80;
  return text.size() >= min_characters && estimated_bits(text) >= min_bits_of_secret;
}

bool is_secret_text(const KnownSecret& secret, std::string_view text) {
  if (secret.kind != SecretKind::url) {
    return !text.empty();
  }
  return !trimmed(text).empty() && (holds_password(text) || !url_shape_of(trimmed(text)));
}

const std::string* inline_text(const Variable& variable) {
  const bool in_files =
      variable.from == ValueFrom::literal || variable.from == ValueFrom::config_map;
  return in_files && variable.value && !variable.value->empty() ? &*variable.value : nullptr;
}

bool is_undecided_inline(const Variable& variable) {
  const bool in_files =
      variable.from == ValueFrom::literal || variable.from == ValueFrom::config_map;
  return in_files && !variable.value && variable.fault.has_value();
}

const KnownSecret* secret_of_key(std::string_view key) {
  const KnownSecret* by_name = secret_named(key);
  return by_name != nullptr ? by_name : secret_of_variable(key);
}

}  // namespace compliance
