// Kubernetes objects beside the workloads: Services, and what stores values in manifests.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checks/facts/component.h"
#include "checks/facts/fact.h"
#include "checks/formats/secret_properties.h"

namespace compliance {

// One entry of a Service's `ports`.
struct ServicePort {
  std::string name{};
  std::uint16_t port = 0;
  // Number or name of the container port; absent: the same number as `port`.
  std::optional<std::uint16_t> target_number{};
  std::string target_name{};
  Origin origin{};

  // An absent target differs from one stated with the same number.
  bool operator==(const ServicePort&) const = default;
};

// A Service of the release, as its manifest states it.
struct ServiceObject {
  std::string name{};
  std::string object_namespace{};
  std::string object{};  // "Service caracal-sts"
  Component component = Component::other;
  // The components of the pods that it selects, without sidecars; `component` when none is seen.
  std::vector<Component> leads_to{};
  std::map<std::string, std::string> labels{};
  std::map<std::string, std::string> selector{};
  std::vector<ServicePort> ports{};
  Fact<std::string> type{};  // as stated; absent: ClusterIP
  std::vector<Located<std::string>> external_ips{};
  Fact<std::string> load_balancer_ip{};
  Origin origin{};

  // By the stated type: absent and "ClusterIP" differ here, and mean the same.
  bool operator==(const ServiceObject&) const = default;
};

// How the value of a Secret's or ConfigMap's key is kept in the manifest.
enum class StoredForm : std::uint8_t {
  plaintext,  // data (base64) or stringData
  encrypted,  // SOPS, or an encrypted data block
  reference,  // nothing but a placeholder that a deployment tool fills: <path:...>, ${NAME}
  empty,
};

// One key of a stored object. The value itself is not kept.
struct StoredValue {
  std::string key{};
  StoredForm form = StoredForm::plaintext;
  SecretProperties shape{};  // of plaintext values
  Origin origin{};

  // By the properties of the value: different secrets may compare equal.
  bool operator==(const StoredValue&) const = default;
};

// Sealed and external secrets hold no plaintext by design, but their templates may.
enum class StoreKind : std::uint8_t { secret, config_map, sealed_secret, external_secret };

// A Secret, SealedSecret, ExternalSecret or ConfigMap among the objects.
struct StoredObject {
  StoreKind kind = StoreKind::secret;
  std::string name{};
  std::string object_namespace{};
  std::string object{};          // "Secret caracal-runtime"
  bool from_api_server = false;  // metadata has uid or resourceVersion
  // A Caracal container mounts it or refers to it, its pod pulls images with it, or an Ingress that
  // leads to Caracal names it.
  bool used_by_caracal = false;
  std::vector<StoredValue> values{};
  Origin origin{};

  // By what the manifest holds, wherever it was applied.
  bool operator==(const StoredObject&) const = default;
};

}  // namespace compliance
