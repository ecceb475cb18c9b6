// Reads Secrets, SealedSecrets, ExternalSecrets and ConfigMaps: which keys they have, in which
// form.
#include "exporter/observe/kubernetes/parse/read_stores.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include <openssl/evp.h>

#include "checks/caracal/secret_inventory.h"
#include "checks/formats/wipe.h"

namespace compliance::kubernetes {
namespace {

// A key that is named like a secret of the inventory (FACTS.md 3.2, 3.4), or like its variable.
bool is_known_key(const std::string& key) {
  return secret_named(key) != nullptr || secret_of_variable(key) != nullptr;
}

// SOPS encrypts value by value; values that it left alone stay readable even in a document that
// carries its metadata.
bool is_sops_value(std::string_view text) {
  return text.substr(0, 4) == "ENC[" && text.back() == ']';
}

// A store without values; it provides what has its own name unless it says otherwise.
UnresolvedStore store_of(StoreKind kind, const Metadata& metadata) {
  UnresolvedStore store{.object = {.kind = kind,
                                   .name = metadata.name,
                                   .object_namespace = metadata.object_namespace,
                                   .object = metadata.kind + " " + metadata.name,
                                   .from_api_server = metadata.from_api_server,
                                   .origin = metadata.origin},
                        .provides = metadata.name};
  return store;
}

// The properties of a value; the text itself is not kept.
StoredValue stored_value(std::string_view key, std::string_view text, const Origin& origin) {
  StoredValue value{.key = std::string{key}, .origin = origin};
  if (text.empty()) {
    value.form = StoredForm::empty;
  } else if (is_sops_value(text)) {
    value.form = StoredForm::encrypted;
  } else {
    value.shape = shape_of(text);
  }
  return value;
}

void add_value(UnresolvedStore& store, StoredValue value) {
  store.holds_known_key = store.holds_known_key || is_known_key(value.key);
  store.object.values.push_back(std::move(value));
}

// A key whose value cannot be read here.
void add_encrypted(ManifestReader& reader, UnresolvedStore& store, const Node& key) {
  add_value(store, {.key = std::string{key.text()},
                    .form = StoredForm::encrypted,
                    .origin = reader.origin_of(key)});
}

// Adds the values of a Secret. A key in `stringData` replaces the same one in `data`. What is no
// base64 is described as it stands: the API server would refuse it.
void add_secret_values(ManifestReader& reader, UnresolvedStore& store, const Node& data,
                       const Node& string_data) {
  for (std::size_t index = 0; index < data.size(); ++index) {
    if (string_data[data.key(index).text()]) {
      continue;
    }
    const std::string_view text = data.at(index).text();
    auto decoded = is_sops_value(text) ? std::nullopt : decode_base64(text);
    add_value(store, stored_value(data.key(index).text(), decoded ? *decoded : text,
                                  reader.origin_of(data.key(index))));
    if (decoded) {
      wipe(*decoded);
    }
  }
  for (std::size_t index = 0; index < string_data.size(); ++index) {
    add_value(store, stored_value(string_data.key(index).text(), string_data.at(index).text(),
                                  reader.origin_of(string_data.key(index))));
  }
}

// A URL is only read where it may hold a password: finding the properties of each text of large
// ConfigMaps would take long.
bool may_hold_password(std::string_view text) {
  return text.find("://") != std::string_view::npos && text.find('@') != std::string_view::npos;
}

// A ConfigMap may hold anything: only known keys and URLs with a password become facts.
void add_config_value(UnresolvedStore& store, const ConfigEntry& entry) {
  const bool known = is_known_key(entry.key);
  if (!known && !may_hold_password(entry.text)) {
    return;
  }
  StoredValue value = stored_value(entry.key, entry.text, entry.origin);
  if (known || (value.shape.url && value.shape.url->has_password)) {
    store.holds_known_key = true;
    store.object.values.push_back(std::move(value));
  }
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  constexpr std::string_view allowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n";
  if (text.find_first_not_of(allowed) != std::string_view::npos) {
    return std::nullopt;  // OpenSSL takes other white space, and "-" for the end
  }
  const std::unique_ptr<EVP_ENCODE_CTX, decltype(&EVP_ENCODE_CTX_free)> context{
      EVP_ENCODE_CTX_new(), &EVP_ENCODE_CTX_free};
  // Never shorter than what is decoded; the decoder writes no more than three bytes for four
  // characters.
  std::string bytes(text.size() + 1, '\0');
  auto* const out = reinterpret_cast<unsigned char*>(bytes.data());            // NOLINT(*-cast)
  const auto* const in = reinterpret_cast<const unsigned char*>(text.data());  // NOLINT(*-cast)
  int size = 0;
  int rest = 0;
  EVP_DecodeInit(context.get());
  if (EVP_DecodeUpdate(context.get(), out, &size, in, static_cast<int>(text.size())) < 0 ||
      EVP_DecodeFinal(context.get(), out + size, &rest) < 0) {  // NOLINT(*-pointer-arithmetic)
    wipe(bytes);
    return std::nullopt;
  }
  bytes.resize(static_cast<std::size_t>(size) + static_cast<std::size_t>(rest));
  return bytes;
}

UnresolvedStore read_secret(ManifestReader& reader, const Node& object, const Metadata& metadata) {
  UnresolvedStore store = store_of(StoreKind::secret, metadata);
  // The whole of `data` is one encrypted text then.
  if (is_sops_value(object["data"].text())) {
    store.keys_known = false;
    return store;
  }
  add_secret_values(reader, store, reader.mapping(object, "data"),
                    reader.mapping(object, "stringData"));
  return store;
}

UnresolvedStore read_config_map(ManifestReader& reader, const Node& object,
                                const Metadata& metadata) {
  UnresolvedStore store = store_of(StoreKind::config_map, metadata);
  const Node data = reader.mapping(object, "data");
  store.entries.reserve(data.size());
  for (std::size_t index = 0; index < data.size(); ++index) {
    store.entries.push_back({.key = std::string{data.key(index).text()},
                             .text = std::string{data.at(index).text()},
                             .valid = data.at(index).is_null() || is_text(data.at(index)),
                             .origin = reader.origin_of(data.key(index))});
    add_config_value(store, store.entries.back());
  }
  // Variables look their keys up by binary search.
  std::sort(store.entries.begin(), store.entries.end(),
            [](const ConfigEntry& left, const ConfigEntry& right) { return left.key < right.key; });
  return store;
}

UnresolvedStore read_sealed_secret(ManifestReader& reader, const Node& object,
                                   const Metadata& metadata) {
  UnresolvedStore store = store_of(StoreKind::sealed_secret, metadata);
  const Node spec = reader.mapping(object, "spec");
  const Node data = reader.mapping(spec, "encryptedData");
  for (std::size_t index = 0; index < data.size(); ++index) {
    add_encrypted(reader, store, data.key(index));
  }
  const Node made = reader.mapping(reader.mapping(spec, "template"), "metadata");
  if (std::string name = reader.text(made, "name"); !name.empty()) {
    store.provides = std::move(name);
  }
  return store;
}

UnresolvedStore read_external_secret(ManifestReader& reader, const Node& object,
                                     const Metadata& metadata) {
  UnresolvedStore store = store_of(StoreKind::external_secret, metadata);
  const Node spec = reader.mapping(object, "spec");
  const Node data = reader.list(spec, "data");
  for (std::size_t index = 0; index < data.size(); ++index) {
    add_encrypted(reader, store, data.at(index)["secretKey"]);
  }
  const Node target = reader.mapping(spec, "target");
  if (std::string name = reader.text(target, "name"); !name.empty()) {
    store.provides = std::move(name);
  }
  // A template makes keys of its own, dataFrom whatever the store holds.
  store.keys_known = reader.list(spec, "dataFrom").size() == 0 && target["template"].is_null();
  return store;
}

}  // namespace compliance::kubernetes
