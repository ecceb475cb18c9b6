// Values of the model -> facts: conversions that many keys share.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "exporter/observe/compose/model/value.h"

namespace compliance::compose {

// The boolean that `value` states; absent, with the origin `absent`, when it is null. A text that
// Compose does not cast to a boolean is refused.
ParseResult<Fact<bool>> boolean_fact(const Value* value, const Origin& absent);

// The text that `value` states; absent, with the origin `absent`, when it is null or holds nothing.
// A variable without value makes it a fault.
Fact<std::string> text_fact(const Value* value, const Origin& absent);

// True when a variable without value takes part before `end`, in bytes, of the text.
bool undecided_before(const Value& value, std::size_t end);

}  // namespace compliance::compose
