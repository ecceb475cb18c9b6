// The findings of one check as paragraphs of the table.
#pragma once

#include <cstddef>
#include <string_view>

#include "exporter/evaluate/evaluate.h"
#include "exporter/publish/reports/table_text.h"

namespace compliance {

// How the table spells a status; the meaning never depends on a colour.
std::string_view word_for(Outcome outcome);

// Appends the failing and unknown findings, and with `verbose` the passing ones, each with place,
// object, message and what was expected and observed. Without `verbose`, more than five findings
// that say the same are one paragraph with the list of places.
void add_findings(TableText& table, const CheckResult& result, std::size_t indent, bool verbose);

}  // namespace compliance
