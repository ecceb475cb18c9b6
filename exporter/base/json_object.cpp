// Reads JSON objects, and keeps only the members of the outermost one.
#include "exporter/base/json_object.h"

#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace compliance {
namespace {

using Json = nlohmann::json;

// Far beyond any answer of the product; a hostile one costs neither stack nor memory.
constexpr std::size_t max_depth = 32;
constexpr std::size_t max_members = 256;

// Receives the values of a document in order; false ends the reading. The names and parameters are
// those that the library demands of a SAX handler.
class MemberCollector {
 public:
  JsonObject take() { return std::move(members_); }

  bool null() { return add({.kind = JsonValue::Kind::null}); }
  bool boolean(bool /*value*/) { return add({.kind = JsonValue::Kind::boolean}); }
  bool number_integer(Json::number_integer_t /*value*/) { return add_number(); }
  bool number_unsigned(Json::number_unsigned_t /*value*/) { return add_number(); }
  bool number_float(Json::number_float_t /*value*/, const std::string& /*text*/) {
    return add_number();
  }
  bool string(std::string& text) {
    return add({.kind = JsonValue::Kind::string, .text = std::move(text)});
  }
  bool start_object(std::size_t /*size*/) {
    return add({.kind = JsonValue::Kind::object}) && ++depth_ <= max_depth;
  }
  bool end_object() { return leave(); }
  bool start_array(std::size_t /*size*/) {
    return add({.kind = JsonValue::Kind::array}) && ++depth_ <= max_depth;
  }
  bool end_array() { return leave(); }
  bool key(std::string& name) {
    if (depth_ == 1) {
      name_ = std::move(name);
    }
    return true;
  }
  static bool binary(Json::binary_t& /*bytes*/) { return false; }
  static bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                          const Json::exception& /*error*/) {
    return false;
  }

 private:
  // Keeps values of the outermost object; those inside are parsed and forgotten. False past the
  // limit.
  bool add(JsonValue value) {
    if (depth_ == 1) {
      members_.insert_or_assign(name_, std::move(value));
    }
    return members_.size() <= max_members;
  }

  bool add_number() { return add({.kind = JsonValue::Kind::number}); }

  bool leave() {
    --depth_;
    return true;
  }

  JsonObject members_{};
  std::string name_{};
  std::size_t depth_ = 0;
};

// The library passes over a byte order mark and takes a zero byte for the end of its input.
bool may_be_object(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin != std::string_view::npos && text[begin] == '{' &&
         text.find('\0') == std::string_view::npos;
}

}  // namespace

std::optional<JsonObject> read_json_object(std::string_view text) {
  if (!may_be_object(text)) {
    return std::nullopt;
  }
  MemberCollector collector;
  return Json::sax_parse(text, &collector) ? std::optional{collector.take()} : std::nullopt;
}

}  // namespace compliance
