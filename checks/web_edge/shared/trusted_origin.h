// Evaluates the browser origins that the console trusts besides its own.
#pragma once

#include "checks/caracal/web_console.h"
#include "checks/check.h"

namespace compliance {

// Whether an entry of CARACAL_WEB_ORIGIN is the public origin, which is trusted anyway. `origin` is
// the place of the variable.
Verdict trusted_entry_verdict(const StatedUrl& entry, const Container& console,
                              const Origin& origin);

// Whether http://localhost:3001 is trusted, where CARACAL_WEB_ORIGIN lists it or is not set.
Verdict development_origin_verdict(const Container& console);

// Without a declared split: whether CARACAL_WEB_ORIGIN lists no origin but the public one.
Verdicts evaluate_further_origins(const Container& console);

// Without a declared split: whether one origin serves the console's page and its API.
Verdict one_origin_verdict(const Endpoint& endpoint);

// Of a declared split deployment: whether CARACAL_WEB_ORIGIN lists exactly the declared origins,
// all of https. The public origin may stand there too.
Verdicts evaluate_declared_split(const Container& console, const Installation& installation);

}  // namespace compliance
