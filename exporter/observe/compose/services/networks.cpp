// The networks that a Compose project defines.
#include "exporter/observe/compose/services/networks.h"

#include <algorithm>
#include <utility>

#include "exporter/observe/compose/services/facts.h"

namespace compliance::compose {
namespace {

// A boolean, or in older files a mapping that only external networks have.
Fact<bool> external_fact(const Value& network, const Origin& absent) {
  const Value* external = network.find("external");
  if (external == nullptr || external->is_null()) {
    return {.origin = absent};
  }
  Fact<bool> fact{.origin = external->origin, .fault = unset_fault(*external)};
  if (!fact.fault) {
    fact.value = external->is_mapping() || boolean_of(external->text).value_or(false);
  }
  return fact;
}

// The name that the engine knows it by; older files state that of an external one below it.
std::string engine_name(const Value& network) {
  const Value* older = value_at(network, {"external", "name"});
  const Value* name = older == nullptr ? network.find("name") : older;
  return name != nullptr && name->unset.empty() ? name->text : std::string{};
}

}  // namespace

std::vector<ComposeNetwork> read_project_networks(const Value& model) {
  std::vector<ComposeNetwork> networks;
  const Value* section = model.find("networks");
  for (std::size_t index = 0; section != nullptr && index < section->keys.size(); ++index) {
    const Key& key = section->keys[index];
    const Value& network = section->items[index];
    networks.push_back({.key = key.name,
                        .engine_name = engine_name(network),
                        .driver = text_fact(network.find("driver"), key.origin),
                        .external = external_fact(network, key.origin),
                        .origin = key.origin});
  }
  std::sort(networks.begin(), networks.end(),
            [](const auto& left, const auto& right) { return left.key < right.key; });
  return networks;
}

}  // namespace compliance::compose
