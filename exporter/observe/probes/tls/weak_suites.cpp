// The table of weak cipher suites, and which of them are widespread.
#include "exporter/observe/probes/tls/weak_suites.h"

#include <algorithm>
#include <array>

namespace compliance::probes {
namespace {

// All of IANA's registry with NULL, anon, EXPORT, RC4, DES or 3DES in their names, and those that
// servers used without registration (0x0060 to 0x0066, 0xfefe, 0xfeff).
constexpr std::array suites{
    WeakSuite{0x0000, "TLS_NULL_WITH_NULL_NULL"},
    WeakSuite{0x0001, "TLS_RSA_WITH_NULL_MD5"},
    WeakSuite{0x0002, "TLS_RSA_WITH_NULL_SHA"},
    WeakSuite{0x0003, "TLS_RSA_EXPORT_WITH_RC4_40_MD5"},
    WeakSuite{0x0004, "TLS_RSA_WITH_RC4_128_MD5"},
    WeakSuite{0x0005, "TLS_RSA_WITH_RC4_128_SHA"},
    WeakSuite{0x0006, "TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5"},
    WeakSuite{0x0008, "TLS_RSA_EXPORT_WITH_DES40_CBC_SHA"},
    WeakSuite{0x0009, "TLS_RSA_WITH_DES_CBC_SHA"},
    WeakSuite{0x000a, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0x000b, "TLS_DH_DSS_EXPORT_WITH_DES40_CBC_SHA"},
    WeakSuite{0x000c, "TLS_DH_DSS_WITH_DES_CBC_SHA"},
    WeakSuite{0x000d, "TLS_DH_DSS_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0x000e, "TLS_DH_RSA_EXPORT_WITH_DES40_CBC_SHA"},
    WeakSuite{0x000f, "TLS_DH_RSA_WITH_DES_CBC_SHA"},
    WeakSuite{0x0010, "TLS_DH_RSA_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0x0011, "TLS_DHE_DSS_EXPORT_WITH_DES40_CBC_SHA"},
    WeakSuite{0x0012, "TLS_DHE_DSS_WITH_DES_CBC_SHA"},
    WeakSuite{0x0013, "TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0x0014, "TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA"},
    WeakSuite{0x0015, "TLS_DHE_RSA_WITH_DES_CBC_SHA"},
    WeakSuite{0x0016, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0x0017, "TLS_DH_anon_EXPORT_WITH_RC4_40_MD5"},
    WeakSuite{0x0018, "TLS_DH_anon_WITH_RC4_128_MD5"},
    WeakSuite{0x0019, "TLS_DH_anon_EXPORT_WITH_DES40_CBC_SHA"},
    WeakSuite{0x001a, "TLS_DH_anon_WITH_DES_CBC_SHA"},
    WeakSuite{0x001b, "TLS_DH_anon_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0x001e, "TLS_KRB5_WITH_DES_CBC_SHA"},
    WeakSuite{0x001f, "TLS_KRB5_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0x0020, "TLS_KRB5_WITH_RC4_128_SHA"},
    WeakSuite{0x0022, "TLS_KRB5_WITH_DES_CBC_MD5"},
    WeakSuite{0x0023, "TLS_KRB5_WITH_3DES_EDE_CBC_MD5"},
    WeakSuite{0x0024, "TLS_KRB5_WITH_RC4_128_MD5"},
    WeakSuite{0x0026, "TLS_KRB5_EXPORT_WITH_DES_CBC_40_SHA"},
    WeakSuite{0x0027, "TLS_KRB5_EXPORT_WITH_RC2_CBC_40_SHA"},
    WeakSuite{0x0028, "TLS_KRB5_EXPORT_WITH_RC4_40_SHA"},
    WeakSuite{0x0029, "TLS_KRB5_EXPORT_WITH_DES_CBC_40_MD5"},
    WeakSuite{0x002a, "TLS_KRB5_EXPORT_WITH_RC2_CBC_40_MD5"},
    WeakSuite{0x002b, "TLS_KRB5_EXPORT_WITH_RC4_40_MD5"},
    WeakSuite{0x002c, "TLS_PSK_WITH_NULL_SHA"},
    WeakSuite{0x002d, "TLS_DHE_PSK_WITH_NULL_SHA"},
    WeakSuite{0x002e, "TLS_RSA_PSK_WITH_NULL_SHA"},
    WeakSuite{0x0034, "TLS_DH_anon_WITH_AES_128_CBC_SHA"},
    WeakSuite{0x003a, "TLS_DH_anon_WITH_AES_256_CBC_SHA"},
    WeakSuite{0x003b, "TLS_RSA_WITH_NULL_SHA256"},
    WeakSuite{0x0046, "TLS_DH_anon_WITH_CAMELLIA_128_CBC_SHA"},
    WeakSuite{0x0060, "TLS_RSA_EXPORT1024_WITH_RC4_56_MD5"},
    WeakSuite{0x0061, "TLS_RSA_EXPORT1024_WITH_RC2_56_MD5"},
    WeakSuite{0x0062, "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA"},
    WeakSuite{0x0063, "TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA"},
    WeakSuite{0x0064, "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA"},
    WeakSuite{0x0065, "TLS_DHE_DSS_EXPORT1024_WITH_RC4_56_SHA"},
    WeakSuite{0x0066, "TLS_DHE_DSS_WITH_RC4_128_SHA"},
    WeakSuite{0x006c, "TLS_DH_anon_WITH_AES_128_CBC_SHA256"},
    WeakSuite{0x006d, "TLS_DH_anon_WITH_AES_256_CBC_SHA256"},
    WeakSuite{0x0089, "TLS_DH_anon_WITH_CAMELLIA_256_CBC_SHA"},
    WeakSuite{0x008a, "TLS_PSK_WITH_RC4_128_SHA"},
    WeakSuite{0x008b, "TLS_PSK_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0x008e, "TLS_DHE_PSK_WITH_RC4_128_SHA"},
    WeakSuite{0x008f, "TLS_DHE_PSK_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0x0092, "TLS_RSA_PSK_WITH_RC4_128_SHA"},
    WeakSuite{0x0093, "TLS_RSA_PSK_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0x009b, "TLS_DH_anon_WITH_SEED_CBC_SHA"},
    WeakSuite{0x00a6, "TLS_DH_anon_WITH_AES_128_GCM_SHA256"},
    WeakSuite{0x00a7, "TLS_DH_anon_WITH_AES_256_GCM_SHA384"},
    WeakSuite{0x00b0, "TLS_PSK_WITH_NULL_SHA256"},
    WeakSuite{0x00b1, "TLS_PSK_WITH_NULL_SHA384"},
    WeakSuite{0x00b4, "TLS_DHE_PSK_WITH_NULL_SHA256"},
    WeakSuite{0x00b5, "TLS_DHE_PSK_WITH_NULL_SHA384"},
    WeakSuite{0x00b8, "TLS_RSA_PSK_WITH_NULL_SHA256"},
    WeakSuite{0x00b9, "TLS_RSA_PSK_WITH_NULL_SHA384"},
    WeakSuite{0x00bf, "TLS_DH_anon_WITH_CAMELLIA_128_CBC_SHA256"},
    WeakSuite{0x00c5, "TLS_DH_anon_WITH_CAMELLIA_256_CBC_SHA256"},
    WeakSuite{0xc001, "TLS_ECDH_ECDSA_WITH_NULL_SHA"},
    WeakSuite{0xc002, "TLS_ECDH_ECDSA_WITH_RC4_128_SHA"},
    WeakSuite{0xc003, "TLS_ECDH_ECDSA_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0xc006, "TLS_ECDHE_ECDSA_WITH_NULL_SHA"},
    WeakSuite{0xc007, "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA"},
    WeakSuite{0xc008, "TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0xc00b, "TLS_ECDH_RSA_WITH_NULL_SHA"},
    WeakSuite{0xc00c, "TLS_ECDH_RSA_WITH_RC4_128_SHA"},
    WeakSuite{0xc00d, "TLS_ECDH_RSA_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0xc010, "TLS_ECDHE_RSA_WITH_NULL_SHA"},
    WeakSuite{0xc011, "TLS_ECDHE_RSA_WITH_RC4_128_SHA"},
    WeakSuite{0xc012, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0xc015, "TLS_ECDH_anon_WITH_NULL_SHA"},
    WeakSuite{0xc016, "TLS_ECDH_anon_WITH_RC4_128_SHA"},
    WeakSuite{0xc017, "TLS_ECDH_anon_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0xc018, "TLS_ECDH_anon_WITH_AES_128_CBC_SHA"},
    WeakSuite{0xc019, "TLS_ECDH_anon_WITH_AES_256_CBC_SHA"},
    WeakSuite{0xc01a, "TLS_SRP_SHA_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0xc01b, "TLS_SRP_SHA_RSA_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0xc01c, "TLS_SRP_SHA_DSS_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0xc033, "TLS_ECDHE_PSK_WITH_RC4_128_SHA"},
    WeakSuite{0xc034, "TLS_ECDHE_PSK_WITH_3DES_EDE_CBC_SHA"},
    WeakSuite{0xc039, "TLS_ECDHE_PSK_WITH_NULL_SHA"},
    WeakSuite{0xc03a, "TLS_ECDHE_PSK_WITH_NULL_SHA256"},
    WeakSuite{0xc03b, "TLS_ECDHE_PSK_WITH_NULL_SHA384"},
    WeakSuite{0xc046, "TLS_DH_anon_WITH_ARIA_128_CBC_SHA256"},
    WeakSuite{0xc047, "TLS_DH_anon_WITH_ARIA_256_CBC_SHA384"},
    WeakSuite{0xc05a, "TLS_DH_anon_WITH_ARIA_128_GCM_SHA256"},
    WeakSuite{0xc05b, "TLS_DH_anon_WITH_ARIA_256_GCM_SHA384"},
    WeakSuite{0xc084, "TLS_DH_anon_WITH_CAMELLIA_128_GCM_SHA256"},
    WeakSuite{0xc085, "TLS_DH_anon_WITH_CAMELLIA_256_GCM_SHA384"},
    WeakSuite{0xfefe, "SSL_RSA_FIPS_WITH_DES_CBC_SHA"},
    WeakSuite{0xfeff, "SSL_RSA_FIPS_WITH_3DES_EDE_CBC_SHA"},
};

// Parts of the names of suites that hardly any server ever had.
constexpr std::array rare_parts{"KRB5", "PSK",        "SRP",           "EXPORT1024",
                                "FIPS", "TLS_DH_DSS", "TLS_DH_RSA",    "CAMELLIA",
                                "ARIA", "SEED",       "NULL_WITH_NULL"};

}  // namespace

std::span<const WeakSuite> weak_suites() { return suites; }

bool is_widespread(const WeakSuite& suite) {
  return std::none_of(rare_parts.begin(), rare_parts.end(), [&suite](std::string_view part) {
    return suite.name.find(part) != std::string_view::npos;
  });
}

std::string_view weak_suite_name(std::uint16_t number) {
  const auto* const found =
      std::find_if(suites.begin(), suites.end(),
                   [number](const WeakSuite& suite) { return suite.number == number; });
  return found == suites.end() ? std::string_view{} : found->name;
}

}  // namespace compliance::probes
