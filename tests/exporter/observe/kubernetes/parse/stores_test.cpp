// Secrets, SealedSecrets, ExternalSecrets and ConfigMaps: which are returned, with which values.
#include <gtest/gtest.h>

#include "exporter/observe/kubernetes/parse/read_stores.h"
#include "tests/exporter/observe/kubernetes/manifests.h"

namespace compliance::test::stores_test {
namespace {

std::vector<StoredObject> stores_in(const std::string& text) {
  return facts_of(text).stored_objects;
}

std::string store(const std::string& kind, const std::string& name, const std::string& rest) {
  return "---\n{apiVersion: v1, kind: " + kind + ", metadata: {name: " + name + "}, " + rest +
         "}\n";
}

const std::string pod = pod_with("image: x");

struct ValueRow {
  const char* name;
  const char* rest;
  StoredForm form;
  std::size_t length;
};

class SecretValues : public testing::TestWithParam<ValueRow> {};

TEST_P(SecretValues, HaveAFormAndAShape) {
  const auto objects = stores_in(pod + store("Secret", "s", GetParam().rest));
  ASSERT_EQ(objects.size(), 1U);
  ASSERT_EQ(objects[0].values.size(), 1U);
  EXPECT_EQ(objects[0].values[0].key, "zoneKek");
  EXPECT_EQ(objects[0].values[0].form, GetParam().form);
  EXPECT_EQ(objects[0].values[0].shape.length, GetParam().length);
  EXPECT_EQ(objects[0].values[0].origin.line, 5U);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SecretValues,
    testing::Values(
        ValueRow{"Base64", "data: {zoneKek: YWJjZA==}", StoredForm::plaintext, 4},
        ValueRow{"NoBase64", "data: {zoneKek: '<vault-path>'}", StoredForm::plaintext, 12},
        ValueRow{"VaultPath", "stringData: {zoneKek: '<path:secret/data/a#b>'}",
                 StoredForm::reference, 0},
        ValueRow{"VaultPathInBase64", "data: {zoneKek: PHBhdGg6YSNiPg==}", StoredForm::reference,
                 0},
        ValueRow{"VaultPathAsData", "data: {zoneKek: '<path:a#b>'}", StoredForm::reference, 0},
        ValueRow{"VaultPathAndMore", "stringData: {zoneKek: '<path:a#b>x'}", StoredForm::plaintext,
                 11},
        ValueRow{"TwoVaultPaths", "stringData: {zoneKek: '<path:a><path:b>'}",
                 StoredForm::plaintext, 16},
        ValueRow{"UnclosedVaultPath", "stringData: {zoneKek: '<path:a'}", StoredForm::plaintext, 7},
        ValueRow{"SubstitutedVariable", "stringData: {zoneKek: '${ZONE_KEK}'}",
                 StoredForm::reference, 0},
        ValueRow{"VariableWithADefault", "stringData: {zoneKek: '${ZONE_KEK:=abc}'}",
                 StoredForm::plaintext, 16},
        ValueRow{"VariableAndMore", "stringData: {zoneKek: 'a${ZONE_KEK}'}", StoredForm::plaintext,
                 12},
        ValueRow{"NoVariable", "stringData: {zoneKek: '${}'}", StoredForm::plaintext, 3},
        ValueRow{"DigitFirst", "stringData: {zoneKek: '${1A}'}", StoredForm::plaintext, 5},
        ValueRow{"Text", "stringData: {zoneKek: YWJjZA==}", StoredForm::plaintext, 8},
        ValueRow{"TextOverBase64", "data: {zoneKek: YWJjZA==}, stringData: {zoneKek: a}",
                 StoredForm::plaintext, 1},
        ValueRow{"EmptyBase64", "data: {zoneKek: ''}", StoredForm::empty, 0},
        ValueRow{"Null", "data: {zoneKek: }", StoredForm::empty, 0},
        ValueRow{"EmptyText", "stringData: {zoneKek: ''}", StoredForm::empty, 0},
        ValueRow{"Sops", "sops: {mac: x}, data: {zoneKek: 'ENC[AES256_GCM,data:x,type:str]'}",
                 StoredForm::encrypted, 0},
        ValueRow{"SopsText", "stringData: {zoneKek: 'ENC[AES256_GCM,data:x,type:str]'}",
                 StoredForm::encrypted, 0},
        ValueRow{"SopsLeftItReadable", "sops: {mac: x}, stringData: {zoneKek: abc}",
                 StoredForm::plaintext, 3},
        ValueRow{"UnclosedSops", "stringData: {zoneKek: 'ENC[AES'}", StoredForm::plaintext, 7}),
    [](const auto& row) { return row.param.name; });

struct KindRow {
  const char* name;
  const char* text;
  StoreKind kind;
  const char* object;
};

class EncryptedStores : public testing::TestWithParam<KindRow> {};

TEST_P(EncryptedStores, KeepNoPlaintext) {
  const auto objects = stores_in(pod + "---\n" + GetParam().text);
  ASSERT_EQ(objects.size(), 1U);
  EXPECT_EQ(objects[0].kind, GetParam().kind);
  EXPECT_EQ(objects[0].object, GetParam().object);
  ASSERT_EQ(objects[0].values.size(), 1U);
  EXPECT_EQ(objects[0].values[0].key, "zoneKek");
  EXPECT_EQ(objects[0].values[0].form, StoredForm::encrypted);
  EXPECT_FALSE(objects[0].used_by_caracal);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, EncryptedStores,
    testing::Values(
        KindRow{"Sealed",
                "{apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: {name: s}, spec: "
                "{encryptedData: {zoneKek: AgB}}}",
                StoreKind::sealed_secret, "SealedSecret s"},
        KindRow{"External",
                "{apiVersion: external-secrets.io/v1beta1, kind: ExternalSecret, metadata: {name: "
                "s}, spec: {data: [{secretKey: zoneKek, remoteRef: {key: k}}]}}",
                StoreKind::external_secret, "ExternalSecret s"},
        KindRow{"OlderExternal",
                "{apiVersion: kubernetes-client.io/v1, kind: ExternalSecret, metadata: {name: s}, "
                "spec: {data: [{secretKey: zoneKek}]}}",
                StoreKind::external_secret, "ExternalSecret s"}),
    [](const auto& row) { return row.param.name; });

struct UseRow {
  const char* name;
  const char* container;
  const char* volumes;
  bool secret_used;
  bool config_map_used;
};

class UsedStores : public testing::TestWithParam<UseRow> {};

TEST_P(UsedStores, AreMountedOrReferredTo) {
  const UseRow& row = GetParam();
  const auto objects =
      stores_in(pod_with(row.container, row.volumes) + store("Secret", "n", "data: {x: YQ==}") +
                store("ConfigMap", "n", "data: {x: y}"));
  bool secret = false;
  bool config_map = false;
  for (const StoredObject& object : objects) {
    EXPECT_TRUE(object.used_by_caracal);
    EXPECT_EQ(object.name, "n");
    (object.kind == StoreKind::secret ? secret : config_map) = true;
  }
  EXPECT_EQ(secret, row.secret_used);
  EXPECT_EQ(config_map, row.config_map_used);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, UsedStores,
    testing::Values(
        UseRow{"ByNothing", "image: x", "", false, false},
        UseRow{"Volume", "volumeMounts: [{name: v, mountPath: /m}]",
               "volumes: [{name: v, secret: {secretName: n}}]", true, false},
        UseRow{"UnmountedVolume", "image: x", "volumes: [{name: v, secret: {secretName: n}}]", true,
               false},
        UseRow{"Projected", "image: x",
               "volumes: [{name: v, projected: {sources: [{secret: {name: n}}]}}]", true, false},
        UseRow{"ConfigVolume", "image: x", "volumes: [{name: v, configMap: {name: n}}]", false,
               true},
        UseRow{"OtherNames", "image: x", "volumes: [{name: n, secret: {secretName: m}}]", false,
               false},
        UseRow{"Csi", "image: x",
               "volumes: [{name: v, csi: {driver: d, volumeAttributes: {secretProviderClass: n}}}]",
               false, false},
        UseRow{"SecretKey", "env: [{name: A, valueFrom: {secretKeyRef: {name: n, key: x}}}]", "",
               true, false},
        UseRow{"ConfigKey", "env: [{name: A, valueFrom: {configMapKeyRef: {name: n, key: x}}}]", "",
               false, true},
        UseRow{"SecretWhole", "envFrom: [{secretRef: {name: n}}]", "", true, false},
        UseRow{"ConfigWhole", "envFrom: [{configMapRef: {name: n}}]", "", false, true},
        UseRow{"PullSecret", "image: x", "imagePullSecrets: [{name: n}]", true, false},
        UseRow{"OtherPullSecret", "image: x", "imagePullSecrets: [{name: m}]", false, false}),
    [](const auto& row) { return row.param.name; });

struct KeyRow {
  const char* name;
  const char* kind;
  const char* data;
  std::size_t values;  // 0: not returned
};

class KnownKeys : public testing::TestWithParam<KeyRow> {};

TEST_P(KnownKeys, BringTheirObjectAlong) {
  const auto objects = stores_in(pod + store(GetParam().kind, "s", GetParam().data));
  ASSERT_EQ(objects.size(), GetParam().values == 0 ? 0U : 1U);
  if (!objects.empty()) {
    EXPECT_EQ(objects[0].values.size(), GetParam().values);
    EXPECT_FALSE(objects[0].used_by_caracal);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, KnownKeys,
    testing::Values(
        KeyRow{"UnknownOnly", "Secret", "data: {tls.key: YQ==}", 0},
        KeyRow{"LogicalName", "Secret", "data: {auditHmacKey: YQ==, x: YQ==}", 2},
        KeyRow{"Variable", "Secret", "stringData: {AUDIT_HMAC_KEY: a}", 1},
        KeyRow{"ConfigUnknownOnly", "ConfigMap", "data: {MODE: a}", 0},
        KeyRow{"ConfigLogicalName", "ConfigMap", "data: {zoneKek: a, MODE: b}", 1},
        KeyRow{"ConfigVariable", "ConfigMap", "data: {ZONE_KEK: a}", 1},
        KeyRow{"ConfigBytes", "ConfigMap", "binaryData: {zoneKek: YQ==, m: YQ==}", 1},
        KeyRow{"ConfigPrivateKey", "ConfigMap",
               "data: {a: \"-----BEGIN EC PRIVATE KEY-----\\nAA\"}", 1},
        KeyRow{"ConfigOpenSshKey", "ConfigMap",
               "data: {a: \"x\\n-----BEGIN OPENSSH PRIVATE KEY-----\\nAA\"}", 1},
        KeyRow{"ConfigPrivateKeyInBytes", "ConfigMap",
               "binaryData: {a: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t}", 1},
        KeyRow{"ConfigCertificate", "ConfigMap", "data: {a: \"-----BEGIN CERTIFICATE-----\\nAA\"}",
               0},
        KeyRow{"ConfigPublicKey", "ConfigMap", "data: {a: \"-----BEGIN PUBLIC KEY-----\\nAA\"}", 0},
        KeyRow{"ConfigEnvFile", "ConfigMap",
               "data: {.env: \"A=b\\nexport ZONE_KEK='x'\\n# C=d\\nMETRICS_BEARER = y\"}", 2},
        KeyRow{"ConfigEnvFileOfSettings", "ConfigMap",
               "data: {.env: \"MODE=a\\nZONE_KEK_FILE=/x\\n#ZONE_KEK=x\"}", 0},
        KeyRow{"ConfigUrlWithPassword", "ConfigMap", "data: {UPSTREAM: 'https://u:p@h/'}", 1},
        KeyRow{"ConfigUrlWithUser", "ConfigMap", "data: {UPSTREAM: 'https://u@h/'}", 0},
        KeyRow{"ConfigUrl", "ConfigMap", "data: {UPSTREAM: 'https://h/'}", 0}),
    [](const auto& row) { return row.param.name; });

// The forms of the values of the only store of a text, by key.
std::map<std::string, StoredForm> forms_in(const std::string& text) {
  std::map<std::string, StoredForm> forms;
  for (const StoredObject& object : stores_in(pod + "---\n" + text)) {
    for (const StoredValue& value : object.values) {
      forms[value.key] = value.form;
    }
  }
  return forms;
}

using Forms = std::map<std::string, StoredForm>;

TEST(StoredObjects, HoldTheLiteralsOfTemplates) {
  const std::string data =
      "data: {zoneKek: abc, url: '{{ .x }}', auditHmacKey: '{{ .a }}', host: h, db: 'a://b:c@d'}";
  const Forms literals{{"zoneKek", StoredForm::plaintext}, {"db", StoredForm::plaintext}};
  EXPECT_EQ(forms_in("{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: "
                     "s}, spec: {target: {template: {" +
                     data + "}}}}"),
            literals);
  EXPECT_EQ(forms_in("{apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: {name: s}, "
                     "spec: {template: {" +
                     data + "}}}"),
            literals);
}

TEST(StoredObjects, AreMadeByGenerators) {
  const std::string text =
      "{apiVersion: kustomize.config.k8s.io/v1beta1, kind: Kustomization, secretGenerator: [{name: "
      "s, literals: ['zoneKek=a=b', 'x=${Y}', noValue]}], configMapGenerator: [{name: c, literals: "
      "[MODE=a, METRICS_BEARER=b]}]}";
  EXPECT_EQ(forms_in(text), (Forms{{"zoneKek", StoredForm::plaintext},
                                   {"x", StoredForm::reference},
                                   {"METRICS_BEARER", StoredForm::plaintext}}));
  const auto objects = stores_in(pod_with("envFrom: [{secretRef: {name: s}}]") + "---\n" + text);
  ASSERT_EQ(objects.size(), 2U);
  EXPECT_EQ(objects[0].object, "secretGenerator s");
  EXPECT_TRUE(objects[0].used_by_caracal);
}

TEST(StoredObjects, AreUsedThroughTheServiceAccount) {
  const std::string account =
      "---\n{apiVersion: v1, kind: ServiceAccount, metadata: {name: default}, imagePullSecrets: "
      "[{name: n}]}\n";
  const std::string secret = store("Secret", "n", "data: {x: YQ==}");
  EXPECT_EQ(stores_in(pod + account + secret).size(), 1U);
  EXPECT_EQ(
      stores_in(pod_with("image: x", "imagePullSecrets: [{name: m}]") + account + secret).size(),
      0U);
  EXPECT_EQ(stores_in(pod_with("image: x", "serviceAccountName: a") + account + secret).size(), 0U);
}

TEST(StoredObjects, AreUsedByAnIngressThatLeadsToTheRelease) {
  const auto used = [](const std::string& service) {
    return stores_in(pod + "---\n{apiVersion: v1, kind: Service, metadata: {name: web}}\n" +
                     store("Secret", "n", "data: {tls.key: YQ==}") +
                     "---\n{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i}, "
                     "spec: {tls: [{secretName: n}], defaultBackend: {service: {name: " +
                     service + "}}}}")
        .size();
  };
  EXPECT_EQ(used("web"), 1U);
  EXPECT_EQ(used("shop"), 0U);
}

TEST(StoredObjects, OfOtherNamespacesAreLeftOut) {
  const std::string in_n =
      "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: n}, spec: {containers: [{name: "
      "c, "
      "envFrom: [{secretRef: {name: s}}]}]}}\n---\n";
  const auto secret_in = [](const std::string& where) {
    return "{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: " + where +
           "}, data: {zoneKek: YQ==}}\n";
  };
  EXPECT_TRUE(stores_in(in_n + secret_in("m")).empty());
  const auto objects = stores_in(in_n + secret_in("n"));
  ASSERT_EQ(objects.size(), 1U);
  EXPECT_TRUE(objects[0].used_by_caracal);
  EXPECT_EQ(objects[0].object_namespace, "n");
}

TEST(StoredObjects, SayWhetherTheyComeFromTheApiServer) {
  const auto from_api_server = [](const std::string& metadata) {
    return stores_in(pod + "---\n{apiVersion: v1, kind: Secret, metadata: {name: s" + metadata +
                     "}, data: {zoneKek: YQ==}}")
        .at(0)
        .from_api_server;
  };
  EXPECT_FALSE(from_api_server(""));
  EXPECT_TRUE(from_api_server(", uid: u"));
  EXPECT_TRUE(from_api_server(", resourceVersion: '1'"));
}

TEST(StoredObjects, OfAnEncryptedDataBlockHaveNoValues) {
  const auto objects = stores_in(pod_with("envFrom: [{secretRef: {name: s}}]") +
                                 store("Secret", "s", "data: 'ENC[AES256_GCM,data:x]'"));
  ASSERT_EQ(objects.size(), 1U);
  EXPECT_TRUE(objects[0].values.empty());
}

struct Base64Row {
  const char* name;
  const char* text;
  const char* bytes;  // null: refused
};

class Base64 : public testing::TestWithParam<Base64Row> {};

TEST_P(Base64, IsDecodedStrictly) {
  const auto decoded = kubernetes::decode_base64(GetParam().text);
  EXPECT_EQ(decoded.has_value(), GetParam().bytes != nullptr);
  EXPECT_EQ(decoded.value_or(""), GetParam().bytes == nullptr ? "" : GetParam().bytes);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Base64,
    testing::Values(Base64Row{"Empty", "", ""}, Base64Row{"OneByte", "YQ==", "a"},
                    Base64Row{"TwoBytes", "YWI=", "ab"}, Base64Row{"ThreeBytes", "YWJj", "abc"},
                    Base64Row{"Digits", "MDk=", "09"}, Base64Row{"Symbols", "+/+/", "\xfb\xff\xbf"},
                    Base64Row{"LineBreaks", "YW\r\nJj\n", "abc"},
                    Base64Row{"LineBreakInPadding", "YQ=\n=", "a"},
                    Base64Row{"Space", "YW Jj", nullptr}, Base64Row{"Hyphen", "YWJj-", nullptr},
                    Base64Row{"OnlyPadding", "====", nullptr},
                    Base64Row{"TextAfterPadding", "YQ==YWJj", nullptr},
                    Base64Row{"OneDigit", "Y===", nullptr}, Base64Row{"NoPadding", "YQ", nullptr},
                    Base64Row{"TooMuchPadding", "YWJj====", nullptr},
                    Base64Row{"PaddingInside", "YQ==YQ==", nullptr},
                    Base64Row{"Spaces", "YW Jj", nullptr}, Base64Row{"UrlSafe", "-_-_", nullptr}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace compliance::test::stores_test
