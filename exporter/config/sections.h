// Readers of the sections of the configuration file, one file each. Errors go to the problems.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exporter/config/config.h"
#include "exporter/config/yaml_reader.h"

namespace compliance {

// One entry of `installations`. Its paths are relative to `directory`. Names of installations are
// validated, except that they are unique.
InstallationConfig read_installation(const ConfigNode& node, const std::string& directory,
                                     ConfigProblems& problems);

// `allowed_ingress`: each entry names pods of a namespace or an address block, never both.
std::vector<AllowedIngress> read_allowed_ingress(const ConfigNode& node, ConfigProblems& problems);

// `endpoints`. Its paths are relative to `directory`.
EndpointsConfig read_endpoints(const ConfigNode& node, const std::string& directory,
                               ConfigProblems& problems);

// `exposure`: hosts without ports, and ports without hosts. Nothing is resolved or connected to.
ExposureConfig read_exposure(const ConfigNode& node, ConfigProblems& problems);
// `datastores`: each key is optional.
DatastoresConfig read_datastores(const ConfigNode& node, ConfigProblems& problems);
// `dns`: servers as ADDRESS:PORT; search domains as they are written.
DnsConfig read_dns(const ConfigNode& node, ConfigProblems& problems);

// Adds the keys of `policy` that are about probes to the other readers of that section. They refer
// to `settings` and `problems`, which have to outlive them.
void add_probe_readers(KeyReaders& readers, ProbeSettings& settings, ConfigProblems& problems);

// The names of all components but `installation`.
std::vector<std::string_view> component_choices();

// Why `name` cannot name an installation; empty if it can. "exporter" is reserved.
std::string installation_name_problem(const std::string& name);

// True for 1 to 63 characters of a-z, 0-9 and -, as names of installations and namespaces have.
bool is_lower_case_name(std::string_view name);

}  // namespace compliance
