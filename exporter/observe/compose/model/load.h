// Loads Compose files into one merged model: documents, include, extends.
#pragma once

#include <string>
#include <vector>

#include "exporter/observe/compose/model/files.h"
#include "exporter/observe/compose/model/tags.h"
#include "exporter/observe/document/document.h"

namespace compliance::compose {

// A Compose file as a tree, or why it has none; parsed once, within the limits of Compose.
struct ParsedFile {
  std::string path{};
  Result<document::Document, document::DocumentError> document;
};

// Never fails: a text that is not YAML has its error in `document`. That lets the project's name be
// looked for in the files that can be read.
ParsedFile parse_file(const SourceText& file);

// One document: its values, and where it removes what earlier ones say.
struct SourceDocument {
  Value value{};
  Tags tags{};
};

// The documents of one file, interpolated with `scope`. Text that is not YAML and documents that
// are not mappings are faults.
ParseResult<std::vector<SourceDocument>> documents_of(const ParsedFile& file,
                                                      const ScopePointer& scope);

// Merges the files in order, with what they include and extend, into one model. `chain` holds the
// normalised paths of the files that led here, so that a cycle of includes is detected.
ParseResult<Value> load_model(Files& files, const std::vector<ParsedFile>& parsed,
                              const ScopePointer& scope, const std::vector<std::string>& chain);

}  // namespace compliance::compose
