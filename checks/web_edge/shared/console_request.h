// What answers to single requests below /api/console show. Source: facts 6.5, 6.6, 18; T19 to T21.
#pragma once

#include "checks/check.h"

namespace compliance {

// A write with a foreign Origin and no cookie: refused, as long as not the session test alone does
// it, which comes after the test of origins.
Verdict judge_foreign_write(const Endpoint& endpoint);

// The same with the console's own Origin: the session test refuses it.
Verdict judge_own_write(const Endpoint& endpoint);

// A path that tries to leave its part of the API, asked with a session that works: 404 by the
// console itself.
Verdict judge_path(const PathAnswer& path, const Endpoint& endpoint);

}  // namespace compliance
