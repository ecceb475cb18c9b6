// Objects: special members, where ParsedManifests is complete.
#include "exporter/observe/kubernetes/model/objects.h"

namespace compliance::kubernetes {

Objects::Objects() : content_(std::make_unique<ParsedManifests>()) {}
Objects::Objects(Objects&& other) noexcept = default;
Objects& Objects::operator=(Objects&& other) noexcept = default;
Objects::~Objects() = default;

}  // namespace compliance::kubernetes
