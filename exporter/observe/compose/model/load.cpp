// Loads Compose files into one merged model: documents, include, extends.
#include "exporter/observe/compose/model/load.h"

#include <algorithm>
#include <utility>

#include "exporter/observe/compose/model/inclusion.h"
#include "exporter/observe/compose/model/merge.h"

namespace compliance::compose {
namespace {

// Values of one file, aliases followed. Twice what Compose itself visits.
constexpr std::size_t max_nodes = 200'000;

// Where faults of a whole file point to.
Origin start_of(const ParsedFile& file) {
  return {.source = Source::compose, .place = Location{file.path}, .line = 1, .column = 1};
}

// One spelling for each path, so that a circle of includes shows.
std::string normal(const std::string& path) {
  return std::filesystem::path{path}.lexically_normal().string();
}

// The model with the documents of one file merged into it, in order. Include and extends are
// resolved document by document before the merge: a later file changes a service that is extended
// already.
ParseResult<Value> with_documents(Files& files, Value model,
                                  const std::vector<SourceDocument>& documents,
                                  const std::vector<std::string>& chain) {
  for (const SourceDocument& document : documents) {
    auto whole = with_includes(files, document, chain);
    if (!whole) {
      return whole;
    }
    const Value extended = with_extends(files, std::move(whole).value(), document.tags);
    auto merged = merge_documents(without_tagged(std::move(model), document.tags), extended);
    if (!merged) {
      return merged;
    }
    model = std::move(merged).value();
  }
  return model;
}

}  // namespace

ParsedFile parse_file(const SourceText& file) {
  document::Budget budget;
  budget.max_nodes = max_nodes;
  budget.max_expanded = max_nodes;
  budget.keep_hidden = true;
  return {.path = file.path, .document = document::parse_document(file.text, budget)};
}

ParseResult<std::vector<SourceDocument>> documents_of(const ParsedFile& file,
                                                      const ScopePointer& scope) {
  if (!file.document) {
    const document::DocumentError& error = file.document.error();
    Origin origin = start_of(file);
    origin.line = error.line;
    origin.column = error.column;
    return LocatedFault{.origin = origin,
                        .fault = {.reason = error.reason, .message = error.message}};
  }
  const Location place{file.path};
  std::vector<SourceDocument> documents;
  for (const document::Node& root : file.document.value().roots()) {
    // Empty documents have no root, so an empty file is a file without documents.
    if (!root.is_mapping()) {
      return refused(document::origin_of(Source::compose, place, root),
                     "a Compose file is a mapping");
    }
    auto value = document_value(root, scope, place);
    if (!value) {
      return value.error();
    }
    documents.push_back({.value = std::move(value).value(), .tags = tags_of(root)});
  }
  return documents;
}

ParseResult<Value> load_model(Files& files, const std::vector<ParsedFile>& parsed,
                              const ScopePointer& scope, const std::vector<std::string>& chain) {
  Value model;
  model.kind = document::Kind::mapping;
  for (const ParsedFile& file : parsed) {
    // Faults of the whole model point to the first file.
    if (model.origin.place.text().empty()) {
      model.origin = start_of(file);
    }
    auto documents = documents_of(file, scope);
    if (!documents) {
      return documents.error();
    }
    std::vector<std::string> longer_chain = chain;
    longer_chain.push_back(normal(file.path));
    auto merged = with_documents(files, std::move(model), documents.value(), longer_chain);
    if (!merged) {
      return merged;
    }
    model = std::move(merged).value();
  }
  return model;
}

}  // namespace compliance::compose
