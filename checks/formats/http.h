// What an HTTP peer answered to one request.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace compliance {

// One header of an answer.
struct HttpHeader {
  std::string name{};   // in lower case
  std::string value{};  // without white space at its ends

  // Values are compared as they are; most headers are case-sensitive there.
  bool operator==(const HttpHeader&) const = default;
};

// The value of a member of a JSON object. The contents of objects and arrays are not kept.
struct JsonValue {
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

  Kind kind = Kind::null;
  std::string text{};  // of strings, without escapes

  // Numbers, arrays and objects of one kind compare equal: their content is not kept.
  bool operator==(const JsonValue&) const = default;
};

using JsonObject = std::map<std::string, JsonValue, std::less<>>;

// One whole answer, after a body limit. Redirects were not followed.
struct HttpAnswer {
  int status = 0;
  std::vector<HttpHeader> headers{};  // in wire order; repeated ones stay apart
  std::string body{};                 // its first 64 KiB, decompressed; never shown to anybody
  std::optional<JsonObject> json{};   // the members of the body when it is one JSON object
  bool tls = false;                   // it came over a verified TLS connection

  // By everything, headers that change with each answer (Date) included.
  bool operator==(const HttpAnswer&) const = default;
};

// The values of all headers of that name, which is in lower case, in wire order.
std::vector<std::string_view> header_values(const HttpAnswer& answer, std::string_view name);

// The type of the first Content-Type, in lower case and without parameters; empty when there is
// none. Source: RFC 9110, 8.3.
std::string content_type(const HttpAnswer& answer);

// The member of that name of a body that is a JSON object; null when there is none.
const JsonValue* json_member(const HttpAnswer& answer, std::string_view name);

}  // namespace compliance
