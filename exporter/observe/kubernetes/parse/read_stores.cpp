// Reads Secrets, SealedSecrets, ExternalSecrets and ConfigMaps: which keys they have, in which
// form.
#include "exporter/observe/kubernetes/parse/read_stores.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include <openssl/evp.h>

#include "checks/caracal/secret_inventory.h"
#include "checks/formats/ascii.h"
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

bool is_name_character(char c) {
  return c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// A name that a shell could have for a variable.
bool is_variable_name(std::string_view text) {
  return !text.empty() && (text.front() < '0' || text.front() > '9') &&
         std::all_of(text.begin(), text.end(), is_name_character);
}

// Nothing but what a deployment tool replaces: <path:...> of argocd-vault-plugin, ${NAME} of Flux.
// ${NAME:=value} states a value.
bool is_reference(std::string_view text) {
  text = trimmed(text);
  constexpr std::string_view path = "<path:";
  if (text.starts_with(path)) {
    return text.find_first_of(">\n") == text.size() - 1;
  }
  return text.starts_with("${") && text.ends_with('}') &&
         is_variable_name(text.substr(2, text.size() - 3));
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
  } else if (is_reference(text)) {
    value.form = StoredForm::reference;
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

// Of an env file that is one value, each line that sets a secret of the inventory.
void add_env_lines(UnresolvedStore& store, std::string_view text, const Origin& origin) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    constexpr std::string_view exported = "export ";
    line = trimmed(line.starts_with(exported) ? line.substr(exported.size()) : line);
    const std::size_t sign = line.find('=');
    const std::string_view name = trimmed(line.substr(0, sign));
    if (sign == std::string_view::npos || secret_of_variable(name) == nullptr) {
      continue;
    }
    std::string_view value = trimmed(line.substr(sign + 1));
    const bool quoted = value.size() > 1 && value.front() == value.back() &&
                        (value.front() == '"' || value.front() == '\'');
    value = quoted ? value.substr(1, value.size() - 2) : value;
    add_value(store, stored_value(name, value, origin));
  }
}

// What is no Secret may hold anything: only known keys, URLs with a password, private keys and
// variables of env files become facts.
void add_suspicious_value(UnresolvedStore& store, std::string_view key, std::string_view text,
                          const Origin& origin) {
  const bool known = is_known_key(std::string{key});
  if (!known && text.find('\n') != std::string_view::npos) {
    add_env_lines(store, text, origin);
  }
  if (!known && !may_hold_password(text) && !holds_private_key(text)) {
    return;
  }
  StoredValue value = stored_value(key, text, origin);
  if (known || value.shape.private_key || (value.shape.url && value.shape.url->has_password)) {
    store.holds_known_key = true;
    store.object.values.push_back(std::move(value));
  }
}

// The literals of the template of a SealedSecret or an ExternalSecret; what holds an expression of
// the template language is none.
void add_template_values(ManifestReader& reader, UnresolvedStore& store, const Node& data) {
  for (std::size_t index = 0; index < data.size(); ++index) {
    const std::string_view text = data.at(index).text();
    if (text.find("{{") == std::string_view::npos) {
      add_suspicious_value(store, data.key(index).text(), text, reader.origin_of(data.key(index)));
    }
  }
}

// Literals of a generator: NAME=VALUE, the value in quotes or not.
void add_literals(ManifestReader& reader, UnresolvedStore& store, const Node& literals) {
  for (std::size_t index = 0; index < literals.size(); ++index) {
    const Node literal = literals.at(index);
    const std::size_t sign = literal.text().find('=');
    if (sign == std::string_view::npos) {
      continue;
    }
    const std::string_view key = literal.text().substr(0, sign);
    const std::string_view text = literal.text().substr(sign + 1);
    if (store.object.kind == StoreKind::secret) {
      add_value(store, stored_value(key, text, reader.origin_of(literal)));
    } else {
      add_suspicious_value(store, key, text, reader.origin_of(literal));
    }
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
    add_suspicious_value(store, store.entries.back().key, store.entries.back().text,
                         store.entries.back().origin);
  }
  // Variables cannot take these: they are only ever files.
  const Node bytes = reader.mapping(object, "binaryData");
  for (std::size_t index = 0; index < bytes.size(); ++index) {
    auto decoded = decode_base64(bytes.at(index).text());
    add_suspicious_value(store, bytes.key(index).text(), decoded ? *decoded : "",
                         reader.origin_of(bytes.key(index)));
    if (decoded) {
      wipe(*decoded);
    }
  }
  // Variables look their keys up by binary search.
  std::sort(store.entries.begin(), store.entries.end(),
            [](const ConfigEntry& left, const ConfigEntry& right) { return left.key < right.key; });
  return store;
}

std::vector<UnresolvedStore> read_generators(ManifestReader& reader, const Node& object,
                                             const Metadata& metadata) {
  std::vector<UnresolvedStore> stores;
  for (const auto& [list, kind] : {std::pair{"secretGenerator", StoreKind::secret},
                                   std::pair{"configMapGenerator", StoreKind::config_map}}) {
    const Node generators = reader.list(object, list);
    for (std::size_t index = 0; index < generators.size(); ++index) {
      Metadata own = metadata;
      own.kind = list;
      own.name = reader.text(generators.at(index), "name");
      own.object_namespace = reader.text(generators.at(index), "namespace");
      if (own.object_namespace.empty()) {
        own.object_namespace = reader.text(object, "namespace");
      }
      own.origin = reader.origin_of(generators.at(index));
      stores.push_back(store_of(kind, own));
      add_literals(reader, stores.back(), reader.list(generators.at(index), "literals"));
    }
  }
  return stores;
}

UnresolvedStore read_sealed_secret(ManifestReader& reader, const Node& object,
                                   const Metadata& metadata) {
  UnresolvedStore store = store_of(StoreKind::sealed_secret, metadata);
  const Node spec = reader.mapping(object, "spec");
  const Node data = reader.mapping(spec, "encryptedData");
  for (std::size_t index = 0; index < data.size(); ++index) {
    add_encrypted(reader, store, data.key(index));
  }
  const Node made_from = reader.mapping(spec, "template");
  add_template_values(reader, store, reader.mapping(made_from, "data"));
  const Node made = reader.mapping(made_from, "metadata");
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
  if (target["template"].is_mapping()) {
    add_template_values(reader, store, reader.mapping(target["template"], "data"));
  }
  // A template makes keys of its own, dataFrom whatever the store holds.
  store.keys_known = reader.list(spec, "dataFrom").size() == 0 && target["template"].is_null();
  return store;
}

}  // namespace compliance::kubernetes
