// Snapshot -> Prometheus text exposition format 0.0.4.
#include "exporter/publish/metrics/exposition.h"

#include <sstream>
#include <utility>
#include <vector>

#include <prometheus/collectable.h>
#include <prometheus/text_serializer.h>

#include "exporter/publish/metrics/verdict_families.h"

namespace compliance {
namespace {

// Series of the families about the program and its waivers, which are never cut.
std::size_t common_series(const Snapshot& snapshot) {
  FamilyBuilder counted;
  // Counted by the functions that render: a second list of what there is could differ.
  for (const VerdictFamily& family : verdict_families()) {
    if (family.add_snapshot != nullptr) {
      family.add_snapshot(counted, {.snapshot = snapshot});
    }
  }
  return counted.size();
}

// Series that the installation adds, counted by adding them without keeping them.
std::size_t series_of(const PublishedInstallation& installation) {
  FamilyBuilder counted;
  for (const VerdictFamily& family : verdict_families()) {
    if (family.add_installation != nullptr) {
      family.add_installation(counted, installation);
    }
  }
  return counted.size();
}

// From the first installation that does not fit all are cut: which ones are missing is then
// predictable.
ShownSnapshot within_limit(const Snapshot& snapshot) {
  ShownSnapshot shown{.snapshot = snapshot};
  std::size_t kept = common_series(snapshot);
  for (const PublishedInstallation& installation : snapshot.installations) {
    const std::size_t series = series_of(installation);
    if (shown.dropped_series > 0 || kept + series > snapshot.max_series) {
      shown.dropped_series += series;
      continue;
    }
    kept += series;
    ++shown.installations;
  }
  return shown;
}

// Collects one verdict family of a snapshot: one at a time, so that never all are in memory. Refers
// to what it is given.
class SnapshotCollector final : public prometheus::Collectable {
 public:
  SnapshotCollector(const ShownSnapshot& shown, const VerdictFamily& family)
      : shown_(shown), family_(family) {}

  // The family, or nothing where it has no series.
  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  const ShownSnapshot& shown_;
  const VerdictFamily& family_;
};

std::vector<prometheus::MetricFamily> SnapshotCollector::Collect() const {
  FamilyBuilder built{family_.name};
  if (family_.add_snapshot != nullptr) {
    family_.add_snapshot(built, shown_);
  }
  for (std::size_t index = 0; family_.add_installation != nullptr && index < shown_.installations;
       ++index) {
    family_.add_installation(built, shown_.snapshot.installations[index]);
  }
  return std::move(built).families();
}

}  // namespace

std::string render_exposition(const Snapshot& snapshot) {
  const ShownSnapshot shown = within_limit(snapshot);
  const prometheus::TextSerializer serializer;
  std::ostringstream text;
  for (const VerdictFamily& family : verdict_families()) {
    serializer.Serialize(text, SnapshotCollector{shown, family}.Collect());
  }
  return std::move(text).str();
}

}  // namespace compliance
