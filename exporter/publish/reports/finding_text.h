// What reports say of one finding, alike in all of them.
#pragma once

#include <string>
#include <string_view>

#include "exporter/evaluate/evaluate.h"

namespace compliance {

// True for evidence that answers over a network and has no file.
bool is_remote(Source source);

// Whether a report lists it: failing and unknown ones, and passing ones where it is verbose.
bool is_listed(const Finding& finding, bool verbose);

// file:line:column, as editors and terminals understand it; the endpoint; or nothing.
std::string format_location(const Origin& origin);

// The object, else the component.
std::string subject_of(const Finding& finding);

// The message with the reason, what was expected and seen, and the waiver.
std::string statement_of(const Finding& finding);

// Place, subject and statement. Foreign text in it is as it was found.
std::string line_of(const Finding& finding);

}  // namespace compliance
