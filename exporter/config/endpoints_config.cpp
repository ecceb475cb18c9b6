// The section `endpoints` of an installation.
#include <utility>

#include "checks/formats/web_url.h"
#include "exporter/base/ascii_host.h"
#include "exporter/config/sections.h"

namespace compliance {
namespace {

// The components that have routes to probe (FACTS.md 6 to 10); each is a key of `endpoints`.
constexpr auto probed_components = {Component::web, Component::sts,         Component::gateway,
                                    Component::api, Component::coordinator, Component::audit};

// Reads the section; problems do not stop it, so that all of them are reported at once.
class EndpointsReader {
 public:
  EndpointsReader(std::string directory, ConfigProblems& problems)
      : directory_(std::move(directory)), problems_(problems) {}

  EndpointsConfig read(const ConfigNode& node);

 private:
  EndpointConfig read_endpoint(Component component, const ConfigNode& node);
  // The keys of every component. The readers refer to `endpoint`, which has to outlive them.
  KeyReaders common_readers(EndpointConfig& endpoint);
  // The keys of the console alone: it redirects, limits rates and has sessions.
  void add_web_readers(EndpointConfig& endpoint, KeyReaders& readers);
  // Hosts are converted to ASCII first, so that the URL is shown and probed as one text.
  void read_url(const ConfigNode& node, EndpointConfig& endpoint);
  // HOST:PORT as text: it is parsed again where it is used, which keeps the configuration
  // printable.
  std::string read_peer(const ConfigNode& node);
  // The path, resolved; empty, with a problem, where it is no text.
  std::string read_path(const ConfigNode& node) {
    const auto path = read_string(node, problems_);
    return path ? resolved_path(directory_, *path) : std::string{};
  }

  std::string directory_;
  ConfigProblems& problems_;
};

EndpointsConfig EndpointsReader::read(const ConfigNode& node) {
  EndpointsConfig endpoints;
  KeyReaders readers;
  for (const Component component : probed_components) {
    readers[std::string{name_of(component)}] = [this, component,
                                                &endpoints](const ConfigNode& value) {
      endpoints.list.push_back(read_endpoint(component, value));
    };
  }
  readers["metrics_bearer_file"] = [&](const ConfigNode& value) {
    endpoints.metrics_bearer_file = read_path(value);
  };
  read_mapping(node, "endpoints", readers, problems_);
  return endpoints;
}

EndpointConfig EndpointsReader::read_endpoint(Component component, const ConfigNode& node) {
  EndpointConfig endpoint{.component = component};
  KeyReaders readers = common_readers(endpoint);
  if (component == Component::web) {
    add_web_readers(endpoint, readers);
  }
  if (component == Component::sts) {
    readers["zone"] = [&](const ConfigNode& value) {
      endpoint.zone = read_string(value, problems_).value_or("");
    };
  }
  const std::string name = "endpoints." + std::string{name_of(component)};
  read_mapping(node, name, readers, problems_);
  if (node.kind == ConfigNode::Kind::mapping && node.find("url") == nullptr) {
    problems_.add(node, name + " needs a url");
  }
  return endpoint;
}

KeyReaders EndpointsReader::common_readers(EndpointConfig& endpoint) {
  return {{"url", [&](const ConfigNode& value) { read_url(value, endpoint); }},
          {"connect_to", [&](const ConfigNode& value) { endpoint.connect_to = read_peer(value); }},
          {"ca_file", [&](const ConfigNode& value) { endpoint.ca_file = read_path(value); }},
          {"http_proxy", [&](const ConfigNode& value) {
             const auto proxy = read_string(value, problems_);
             const WebUrlReading reading = read_web_url(proxy.value_or(""));
             endpoint.http_proxy = proxy.value_or("");
             if (proxy && (!reading.sound() || !is_origin(reading.url))) {
               problems_.add(value,
                             "must be the http or https URL of a proxy, without credentials");
             }
           }}};
}

void EndpointsReader::add_web_readers(EndpointConfig& endpoint, KeyReaders& readers) {
  readers["connect_to_http"] = [&](const ConfigNode& value) {
    endpoint.connect_to_http = read_peer(value);
  };
  readers["replicas"] = [&](const ConfigNode& value) {
    endpoint.replicas = read_count(value, problems_).value_or(1);
  };
  readers["session_cookie_file"] = [&](const ConfigNode& value) {
    endpoint.session_cookie_file = read_path(value);
  };
  readers["headers_file"] = [&](const ConfigNode& value) {
    endpoint.headers_file = read_path(value);
  };
}

void EndpointsReader::read_url(const ConfigNode& node, EndpointConfig& endpoint) {
  if (const auto url = read_string(node, problems_)) {
    endpoint.url = with_ascii_hosts(*url);
    if (const std::string problem = endpoint_url_problem(endpoint.url); !problem.empty()) {
      problems_.add(node, problem);
    }
  }
}

std::string EndpointsReader::read_peer(const ConfigNode& node) {
  const auto peer = read_string(node, problems_);
  if (peer && !read_host_port(*peer)) {
    problems_.add(node, "must be HOST:PORT, an IPv6 address in brackets");
  }
  return peer.value_or("");
}

}  // namespace

std::string endpoint_url_problem(const std::string& url) {
  const WebUrlReading reading = read_web_url(url);
  if (!reading.sound()) {
    return "must be an http or https URL; this " + std::string{words_for(reading.fault)};
  }
  if (reading.url.has_userinfo || reading.url.has_query || reading.url.has_fragment) {
    return "must be a URL without credentials, query and fragment";
  }
  return {};
}

EndpointsConfig read_endpoints(const ConfigNode& node, const std::string& directory,
                               ConfigProblems& problems) {
  return EndpointsReader{directory, problems}.read(node);
}

}  // namespace compliance
