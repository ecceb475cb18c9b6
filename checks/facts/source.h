// The sources of facts: the one list that all others are made from.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace compliance {

// A new source needs its row in all_sources, at the position of its value.
enum class Source : std::uint8_t {
  compose,
  kubernetes,
  secrets,
  runtime_cli,
  endpoint,
  dns,
  exposure,
  datastore,
  process,
};

// Where a source is read: in files, over the network, or in the exporter's own process.
enum class SourceMedium : std::uint8_t { files, network, process };

// How one source is called and read. Labels are a contract, titles are not.
struct SourceDescription {
  Source source;
  std::string_view label;  // value of the label `source` in metrics and reports
  std::string_view title;  // for operators, in lower case where it is no name
  SourceMedium medium;
};

// In the order of the enumerators.
inline constexpr std::array<SourceDescription, 9> all_sources{{
    {Source::compose, "compose", "Compose files", SourceMedium::files},
    {Source::kubernetes, "kubernetes", "Kubernetes manifests", SourceMedium::files},
    {Source::secrets, "secrets", "secret files", SourceMedium::files},
    {Source::runtime_cli, "runtime_cli", "runtime CLI help text", SourceMedium::files},
    {Source::endpoint, "endpoint", "endpoints", SourceMedium::network},
    {Source::dns, "dns", "name resolution", SourceMedium::network},
    {Source::exposure, "exposure", "exposed ports", SourceMedium::network},
    {Source::datastore, "datastore", "data stores", SourceMedium::network},
    {Source::process, "process", "the exporter's own process", SourceMedium::process},
}};

constexpr const SourceDescription& describe(Source source) {
  return all_sources.at(static_cast<std::size_t>(source));
}

// The label; is_file() and is_remote() tell the medium.
constexpr std::string_view name_of(Source source) { return describe(source).label; }
constexpr bool is_file(Source source) { return describe(source).medium == SourceMedium::files; }
constexpr bool is_remote(Source source) { return describe(source).medium == SourceMedium::network; }

// A set of sources, written Source::compose | Source::kubernetes: what is configured, or what a
// check can be evaluated from. Checks name exposed ports and data stores Source::endpoint.
class Evidence {
 public:
  // No source at all.
  constexpr Evidence() = default;
  // Implicit, so that a check may name a single source where a set is wanted.
  constexpr Evidence(Source source) : Evidence(1U << static_cast<unsigned>(source)) {}

  constexpr bool operator==(const Evidence&) const = default;
  constexpr Evidence operator|(Evidence other) const { return Evidence{bits_ | other.bits_}; }
  constexpr Evidence operator&(Evidence other) const { return Evidence{bits_ & other.bits_}; }
  // The sources that are not in `other`.
  constexpr Evidence operator-(Evidence other) const { return Evidence{bits_ & ~other.bits_}; }

 private:
  constexpr explicit Evidence(unsigned bits) : bits_(bits) {}

  unsigned bits_ = 0;
};

constexpr Evidence operator|(Source left, Source right) { return Evidence{left} | Evidence{right}; }

// True when `sources` holds one of `some`.
constexpr bool has_any(Evidence sources, Evidence some) { return (sources & some) != Evidence{}; }

}  // namespace compliance
