// Names that nobody gives to anything by accident, for the tests of what is published.
#pragma once

#include <string>
#include <vector>

namespace compliance::test {

inline const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> texts = {
      R"("quoted" 'twice' \back\)",
      "<script>alert(1)</script>",
      "]]>",
      "<!-- -->&amp;&#0;",
      "first\nsecond\r\n\tthird",
      std::string("nul\0byte", 8),
      "\x1B[31mred\x07",
      "\xFF\xC0\xAF\xED\xA0\x80\xE2\x82",
      "\xE2\x80\xAEtxt.exe\xE2\x80\xAC",
      "\xEF\xBF\xBE\xEF\xBF\xBF",
      "[click](https://evil.test) ![a](b) `code` *bold* @team",
      "{0} ${VARIABLE} {{}} %00%n",
      "../../etc/passwd?a#b",
      "C:\\Windows:12:7",
      " leading and trailing ",
      std::string(5000, 'x'),
  };
  return texts;
}

}  // namespace compliance::test
