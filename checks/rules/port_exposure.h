// Who can reach the ports that a Compose service publishes.
#pragma once

#include <set>
#include <string>

#include "checks/facts/installation.h"

namespace compliance {

// postgres and redis.
bool is_data_store(Component component);

// From where a published port can be reached.
enum class PortReach : std::uint8_t {
  loopback,   // processes of the host alone
  open,       // other machines
  undecided,  // a variable without value decides
};

// Host addresses 127.0.0.0/8 and ::1, also as an IPv4-mapped address, are loopback; an empty one
// is every address of the host.
PortReach reach_of(const PublishedPort& port);

// 80 or 443, alone, over tcp or udp: what an edge may publish.
bool is_web_port(const PublishedPort& port);

// The container has the host's network: what it listens on is open without being published.
bool has_host_network(const Container& container);

// "publishes port 3000 on every address", for a verdict.
std::string words_for(const PublishedPort& port);

// The networks that Caracal's own services join: who is a member reaches all of them.
std::set<std::string> caracal_networks(const Installation& installation);

// The networks of the data stores; with stores elsewhere, caracal_networks().
std::set<std::string> data_networks(const Installation& installation);

// True when the container is attached to one of these networks by name.
bool joins_any(const Container& container, const std::set<std::string>& networks);

// True for Caracal's own services, an edge, and other containers on one of these networks.
bool is_member(const Container& container, const std::set<std::string>& networks);

}  // namespace compliance
