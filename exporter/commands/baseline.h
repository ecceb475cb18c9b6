// What an earlier JSON report knew: findings that it holds do not count for the exit code of
// `check`.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>

#include "exporter/base/result.h"
#include "exporter/publish/snapshot.h"

namespace compliance {

// The failing and unknown findings of a report by identity, and how often each stood there. Waived
// ones are not among them: they count again when their waiver ends.
using Baseline = std::map<std::string, std::size_t, std::less<>>;

// Reads a JSON report; the error says what is wrong and where, and quotes nothing of the text.
Result<Baseline> parse_baseline(const std::string& text);

// The same of a file; the error names it.
Result<Baseline> read_baseline(const std::string& path);

// How many findings there are, and how many of them the baseline holds.
struct BaselineShare {
  std::size_t failing = 0;
  std::size_t known_failing = 0;
  std::size_t unknown = 0;
  std::size_t known_unknown = 0;

  bool operator==(const BaselineShare&) const = default;
};

struct KnownFindings {
  std::set<const Finding*> findings{};  // of the snapshot
  BaselineShare share{};
};

// Which findings of the snapshot the baseline holds. One that stood there once covers one.
KnownFindings known_findings(const Snapshot& snapshot, Baseline baseline);

// "9 of 11 failing and 2 of 3 unknown findings are in the baseline report.json"
std::string baseline_summary(const BaselineShare& share, const std::string& path);

}  // namespace compliance
