// Annotations by which controllers are told that an Ingress has TLS. Source: facts 5.6, trap 33.
#pragma once

#include <map>
#include <string>

#include "checks/facts/fact.h"

namespace compliance::kubernetes {

using Annotations = std::map<std::string, std::string>;

// The annotation that states TLS for all hosts of an Ingress of this class ("" when it names
// none); absent when there is none, or when it is for another controller than that of the class.
// A fault when it cannot be read. `at` is the origin of the fact.
Fact<std::string> tls_by_annotation(const Annotations& annotations, const std::string& class_name,
                                    const Origin& at);

}  // namespace compliance::kubernetes
