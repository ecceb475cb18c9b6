// An earlier JSON report as the baseline of `check`: its findings do not count for the exit code.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>

#include "exporter/base/result.h"
#include "exporter/publish/snapshot.h"

namespace compliance {

// The failing and unknown findings of a report by identity, and how often each occurs. Waived ones
// are left out: they count again once their waiver expires.
using Baseline = std::map<std::string, std::size_t, std::less<>>;

// Parses a JSON report of `check --format=json`. Ignores members that it does not need, so that
// reports of later versions can be read. The error names the fault and its position and quotes
// nothing of the text, which may be any file.
Result<Baseline> parse_baseline(const std::string& text);

// The same for a file of at most 64 MiB, which the error names.
Result<Baseline> read_baseline(const std::string& path);

// How many findings there are, and how many of them the baseline holds.
struct BaselineShare {
  std::size_t failing = 0;
  std::size_t known_failing = 0;
  std::size_t unknown = 0;
  std::size_t known_unknown = 0;

  // Equal in all four counts, whatever the findings are.
  bool operator==(const BaselineShare&) const = default;
};

// The findings of one snapshot that a baseline holds. Valid as long as the snapshot.
struct KnownFindings {
  // Pointers, since two findings of equal content differ in whether the baseline covers them.
  std::set<const Finding*> findings{};  // of the snapshot
  BaselineShare share{};
};

// The findings of the snapshot that are in the baseline. An entry covers as many as it counts: a
// second, new finding of the same identity is not known. Line numbers are no part of the identity.
KnownFindings known_findings(const Snapshot& snapshot, Baseline baseline);

// "9 of 11 failing and 2 of 3 unknown findings are in the baseline report.json"
std::string baseline_summary(const BaselineShare& share, const std::string& path);

}  // namespace compliance
