// The signing keys: which services read each, how it is set, and which secret file holds it.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checks/caracal/mounts.h"
#include "checks/caracal/settings.h"
#include "checks/facts/installation.h"

namespace compliance {

// A key that services share. Source: FACTS.md 2.3, 3.2, 3.3. JWKS signing keys are others: the STS
// keeps them in its database.
struct SigningKey {
  std::string_view variable{};
  std::string_view former_variable{};  // its name before v0.1.0; empty when it is the same
  std::span<const Component> readers{};
  bool since_v0_1_0 = false;  // older releases do not have it
};

namespace keys {

// By the Compose secret files of each service (FACTS.md 4.4).
inline constexpr std::array audit_readers{Component::sts, Component::api, Component::gateway,
                                          Component::audit};
inline constexpr std::array streams_readers{Component::sts, Component::api, Component::gateway,
                                            Component::coordinator};
inline constexpr std::array gateway_sts_readers{Component::gateway, Component::sts, Component::api};
inline constexpr std::array key_encryption_readers{Component::sts, Component::api};
inline constexpr std::array idempotency_readers{Component::coordinator};

inline constexpr SigningKey audit{.variable = "AUDIT_HMAC_KEY", .readers = audit_readers};
inline constexpr SigningKey streams{.variable = "STREAMS_HMAC_KEY", .readers = streams_readers};
inline constexpr SigningKey gateway_sts{.variable = "GATEWAY_STS_HMAC_KEY",
                                        .readers = gateway_sts_readers};
inline constexpr SigningKey key_encryption{.variable = "SECRET_STORE_KEK",
                                           .former_variable = "ZONE_KEK",
                                           .readers = key_encryption_readers};
inline constexpr SigningKey idempotency{
    .variable = "IDEMPOTENCY_HMAC_KEY", .readers = idempotency_readers, .since_v0_1_0 = true};

inline constexpr std::array all{audit, streams, gateway_sts, key_encryption, idempotency};

}  // namespace keys

// How one container has a key: by which of its variables, and in which form.
struct KeySetting {
  const Container* container = nullptr;
  std::string_view variable{};
  Setting setting{};
};

// The key in each main container of the components that read it, in order of the components. A
// container beside one of the same workload that has the key is a sidecar and left out.
std::vector<KeySetting> key_settings(const Installation& installation, const SigningKey& key);

// Why a setting is undecidable.
Fault fault_of(const KeySetting& setting);

// The source from which a container takes a key; nothing for inline text and for unknown sources.
std::optional<SecretIdentity> identity_of(const KeySetting& setting);

// The secret file that a container reads a key from, by the name that leads to it; null when there
// is no file of that name.
const SecretFile* file_of(const Installation& installation, const KeySetting& setting);

// A secret file that should hold a key. Without `file`, `absence` says why it is not known.
struct KeyContent {
  std::string name{};
  const SecretFile* file = nullptr;
  Fault absence{};
};

// The fault of the file or its absence; nothing when its shape is known.
std::optional<Fault> fault_of(const KeyContent& content);

// The files that the settings lead to, each once. A key that is taken from a Kubernetes Secret
// counts as the file of that key's name. Inline keys have no file. Where no container is known to
// read the key, the inventory's names: all of them that are there and, when neither Compose nor
// Kubernetes is configured, at least one that is missing.
std::vector<KeyContent> key_contents(const Installation& installation, const SigningKey& key);

// Those of all keys, and other key files of the inventory that are there (previous keys).
std::vector<KeyContent> all_key_contents(const Installation& installation);

}  // namespace compliance
