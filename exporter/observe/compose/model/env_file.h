// Parses env files: those that interpolation uses and those that services name in env_file.
#pragma once

#include "exporter/observe/compose/model/interpolate.h"

namespace compliance::compose {

// Adds the variables of `file` to `earlier` and returns them all; a later line wins. Values that
// are not in single quotes are interpolated with `outer` first, then with what was read before
// them; so are bare names. A broken line is a fault, unparsable, that says the line and never
// what stands there.
ParseResult<Variables> parse_env_file(const SourceText& file, Variables earlier,
                                      const Lookup& outer);

// The same for `format: raw` (Compose specification, env_file): each line is NAME=VALUE as it
// stands, without quotes, comments behind values and interpolation.
ParseResult<Variables> parse_raw_env_file(const SourceText& file, Variables earlier,
                                          const Lookup& outer);

// Looks a name up in `variables`, which must outlive the result. Null for a name that is not there.
Lookup lookup_in(const Variables& variables);

}  // namespace compliance::compose
