// Merges Compose files and extended services by the rules of the Compose specification.
#pragma once

#include "exporter/observe/compose/model/value.h"

namespace compliance::compose {

// `base` with what a later document says over it: mappings merged, lists appended without
// repetition, commands replaced; null changes nothing. Fails, located in the later document, where
// a list or mapping meets something else.
ParseResult<Value> merge_documents(Value base, const Value& later);

// The services, volumes, networks, secrets and configs of an included model below those of the
// document that includes it.
ParseResult<Value> merge_included(Value included, const Value& document);

// A service over the one that it extends. Merged by the rules for services, not by those for
// documents. Broken where they cannot be merged, as services are within documents.
Value extend_service(Value extended, const Value& service);

// KEY=VALUE entries as a mapping: the later of two entries with one key counts. Anything but a
// list comes back as it is.
Value entries_as_mapping(const Value& value);

}  // namespace compliance::compose
