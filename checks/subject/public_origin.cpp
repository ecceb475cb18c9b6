// What makes a URL unfit as the console's public origin.
#include "checks/subject/public_origin.h"

#include <string_view>

namespace compliance {
namespace {

// The chart's default host, kept for documentation by RFC 2606.
bool is_example(std::string_view host) {
  constexpr std::string_view domain = "example.com";
  constexpr std::string_view below = ".example.com";
  host = without_final_dot(host);
  return host == domain ||
         (host.size() > below.size() && host.substr(host.size() - below.size()) == below);
}

bool differs_from_endpoint(const WebUrl& url, const Installation& installation) {
  const Endpoint* endpoint = endpoint_of(installation, Component::web);
  return endpoint != nullptr && origin_of(read_web_url(endpoint->url).url) != origin_of(url);
}

void add_shape_faults(const WebUrl& url, std::vector<std::string>& faults) {
  if (url.has_userinfo) {
    faults.emplace_back("has credentials");
  }
  if (url.has_path) {
    faults.emplace_back("has a path, which moves all of /api/auth");
  }
  if (url.has_query || url.has_fragment) {
    faults.emplace_back("has a query or a fragment");
  }
}

}  // namespace

std::vector<std::string> public_origin_faults(const WebUrlReading& reading,
                                              const Installation& installation) {
  if (!reading.sound()) {
    return {std::string{words_for(reading.fault)}};
  }
  std::vector<std::string> faults;
  add_shape_faults(reading.url, faults);
  if (is_local_host(reading.url)) {
    faults.emplace_back("names this machine, not a public host");
  }
  if (installation.stage == DeploymentStage::production && is_example(reading.url.host)) {
    faults.emplace_back("is the example host of the packaged files");
  }
  if (differs_from_endpoint(reading.url, installation)) {
    faults.emplace_back("is another origin than the configured web endpoint");
  }
  return faults;
}

}  // namespace compliance
