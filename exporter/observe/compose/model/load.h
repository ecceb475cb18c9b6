// Compose files -> one merged model: documents, include, extends.
#pragma once

#include <string>
#include <vector>

#include "exporter/observe/compose/model/files.h"

namespace compliance::compose {

// The documents of one file as values; text that is no YAML, and a document that is no mapping,
// are faults.
ParseResult<std::vector<Value>> parse_documents(const SourceText& file, const ScopePointer& scope);

// The model that `texts` give, merged in order, with what they include and extend. `chain` holds
// the normalised paths of the files that led here, so that a circle of includes is noticed.
ParseResult<Value> load_model(Files& files, const std::vector<SourceText>& texts,
                              const ScopePointer& scope, const std::vector<std::string>& chain);

}  // namespace compliance::compose
