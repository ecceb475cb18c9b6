// Values of the model -> facts: conversions that many keys share.
#include "exporter/observe/compose/services/facts.h"

#include <algorithm>

namespace compliance::compose {

ParseResult<Fact<bool>> boolean_fact(const Value* value, const Origin& absent) {
  if (value == nullptr) {
    return Fact<bool>{.origin = absent};
  }
  if (auto fault = unset_fault(*value)) {
    return Fact<bool>{.origin = value->origin, .fault = std::move(fault)};
  }
  // Only a text that is known whole can be refused.
  const auto boolean = boolean_of(value->text);
  if (!boolean) {
    return refused(value->origin, "true or false was expected");
  }
  return Fact<bool>{.value = boolean, .origin = value->origin};
}

Fact<std::string> text_fact(const Value* value, const Origin& absent) {
  if (value == nullptr || value->is_null()) {
    return {.origin = absent};
  }
  if (auto fault = unset_fault(*value)) {
    return {.origin = value->origin, .fault = std::move(fault)};
  }
  if (value->text.empty()) {
    return {.origin = absent};
  }
  return {.value = value->text, .origin = value->origin};
}

bool undecided_before(const Value& value, std::size_t end) {
  return std::any_of(value.unset.begin(), value.unset.end(),
                     [end](const Unset& unset) { return unset.offset < end; });
}

}  // namespace compliance::compose
