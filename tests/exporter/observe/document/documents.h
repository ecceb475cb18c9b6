// Short ways to parse a text in a test.
#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "exporter/observe/document/document.h"

namespace compliance::test {

// The trees of a text that a test knows to be good.
inline document::Document parsed(std::string_view text, const document::Budget& budget = {}) {
  auto result = document::parse_document(text, budget);
  if (!result) {
    ADD_FAILURE() << "line " << result.error().line << ": " << result.error().message;
    return std::move(document::parse_document("")).value();
  }
  return std::move(result).value();
}

// Why a text is refused; a failure of the test when it is not.
inline document::DocumentError refusal(std::string_view text, const document::Budget& budget = {}) {
  const auto result = document::parse_document(text, budget);
  if (result) {
    ADD_FAILURE() << "accepted: " << text.substr(0, 200);
    return {};
  }
  return result.error();
}

// "LINE:COLUMN message"
inline std::string refusal_text(std::string_view text, const document::Budget& budget = {}) {
  const document::DocumentError error = refusal(text, budget);
  return std::to_string(error.line) + ":" + std::to_string(error.column) + " " + error.message;
}

}  // namespace compliance::test
