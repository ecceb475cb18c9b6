// The fixture of the tests that every check of a single key has to pass: single_keys_test.cpp holds
// the tests, and the test file of each check runs them for its key.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/checks/signing_keys/keys.h"

namespace compliance::test {

struct SingleKey {
  const char* id;
  const char* variable;
  const char* secret;
  std::vector<Component> readers;
  Severity severity;
};

class SingleKeys : public testing::TestWithParam<SingleKey> {
 protected:
  const SingleKey& key_ = GetParam();
  Component reader_ = GetParam().readers.front();

  Installation with_content(const std::string& content) const {
    return installation_with_key(key_.readers, key_.variable, key_.secret, content);
  }
  Container reader() const { return service_with_key(reader_, key_.variable, key_.secret); }
  // A reader of a release that needs every key, without this one.
  Container without_key() const {
    Container container = hardened_service(reader_);
    container.release = parse_release("v1.0.0");
    return container;
  }
  CheckResult result(const Installation& installation) const {
    return result_of(key_.id, installation);
  }
  Outcome status(const Installation& installation) const { return result(installation).status; }
  bool is_key_encryption_key() const { return key_.readers.size() == 2; }
  // The summaries of a file without a good key, and of a reader without the key.
  std::string bad_content(const std::string& file) const {
    return std::string{"fail: the key is not hex of "} +
           (is_key_encryption_key() ? "exactly" : "at least") + " 32 bytes [secrets/" + file + "]";
  }
  std::string not_set(const Container& container) const {
    return "fail: " +
           (is_key_encryption_key() ? "neither SECRET_STORE_KEK nor ZONE_KEK"
                                    : std::string{key_.variable}) +
           (is_key_encryption_key() ? " is set [" : " is not set [") +
           std::string{container.origin.place.text()} + ":5:3]";
  }
  std::vector<UnknownReason> reasons(const Installation& installation) const {
    return result(installation).unknown_reasons();
  }
};

// A key of at least 32 bytes that no release lacks.
class HmacKeys : public SingleKeys {};

}  // namespace compliance::test
