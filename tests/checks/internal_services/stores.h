// Services with the URLs of their data stores, for the tests of the rules about transport.
#pragma once

#include "tests/checks/web_edge/consoles.h"
#include "tests/support/packaged.h"

namespace compliance::test {

// A service of the component that has the URL inline.
inline Container reading(Component component, const std::string& variable, const std::string& url) {
  return with_settings(hardened_service(component), {{variable, url}});
}

// A pod container that reads the variable's secret from the Secret caracal-runtime.
inline Container reading_secret(Component component, const std::string& variable,
                                const std::string& key) {
  Container container = hardened_pod_container(component);
  set_secret_reference(container, variable, "caracal-runtime", key);
  return container;
}

// A plaintext Secret among the manifests.
inline StoredObject secret_holding(const std::string& key, const std::string& text) {
  return {.kind = StoreKind::secret,
          .name = "caracal-runtime",
          .object_namespace = "caracal",
          .object = "Secret caracal-runtime",
          .values = {{.key = key, .shape = shape_of(text), .origin = at(Source::kubernetes, 70)}}};
}

// Only secret files are known.
inline Installation with_files_alone(const std::string& name, const std::string& text) {
  Installation installation;
  add_secret_file(installation, name, text);
  return installation;
}

}  // namespace compliance::test
