// Hosts of routes and listeners: wildcards and what two of them have in common.
#include "exporter/observe/kubernetes/model/route_hosts.h"

#include "checks/formats/ascii.h"

namespace compliance::kubernetes {
namespace {

bool is_wildcard(std::string_view host) { return host.starts_with("*."); }

// True when every host that `host` stands for is one of `wildcard`.
bool is_within(std::string_view host, std::string_view wildcard) {
  // With its dot, so that *.example.com takes neither example.com nor badexample.com.
  const std::string_view suffix = wildcard.substr(1);
  return host.size() > suffix.size() && host.ends_with(suffix);
}

}  // namespace

std::string normal_host(std::string_view host) {
  return host == "*" ? std::string{} : lower_case(host);
}

std::optional<std::string> common_host(const std::string& left, const std::string& right) {
  if (left == right || right.empty()) {
    return left;
  }
  if (left.empty() || (is_wildcard(left) && is_within(right, left))) {
    return right;
  }
  return is_wildcard(right) && is_within(left, right) ? std::optional{left} : std::nullopt;
}

std::string wildcard_of(std::string_view host) {
  const std::size_t dot = host.find('.');
  return dot == std::string_view::npos ? std::string{} : "*" + std::string{host.substr(dot)};
}

}  // namespace compliance::kubernetes
