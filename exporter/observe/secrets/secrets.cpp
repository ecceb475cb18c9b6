// Reads secret directories and files into properties and fingerprints. No secret value leaves this
// folder.
#include "exporter/observe/secrets/secrets.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <sys/stat.h>

#include "checks/caracal/secret_inventory.h"
#include "checks/facts/secret_file.h"
#include "exporter/base/read_file.h"
#include "exporter/observe/secrets/shielded_path.h"

namespace compliance::secrets {
namespace {

// 256 bits, as long as the digest.
using Key = std::array<unsigned char, 32>;

// A new key for each process: fingerprints of two runs cannot be compared, and none can be looked
// up in a table of known secrets.
const Key& process_key() {
  static const Key key = [] {
    Key random{};
    if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
      std::abort();  // a key that others know would make fingerprints worth stealing
    }
    return random;
  }();
  return key;
}

// HMAC-SHA256 of `text`, cut to 16 bytes, with a random key that is made at the first call and
// never leaves memory. Safe from all threads.
Fingerprint fingerprint_of(std::string_view text) {
  const std::basic_string_view<unsigned char> bytes{
      reinterpret_cast<const unsigned char*>(text.data()),  // NOLINT(*-reinterpret-cast): C bytes
      text.size()};
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  const Key& key = process_key();
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes.data(), bytes.size(),
       digest.data(), &size);
  Fingerprint fingerprint{};
  std::copy_n(digest.begin(), fingerprint.size(), fingerprint.begin());
  return fingerprint;
}

// The same for hex digits: texts that decode to the same bytes have the same fingerprint.
Fingerprint fingerprint_of_hex(std::string_view digits) {
  // Lower-case digits stand for the bytes: equal bytes, equal digits.
  std::string lower{digits};
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const Fingerprint fingerprint = fingerprint_of(lower);
  OPENSSL_cleanse(lower.data(), lower.size());
  return fingerprint;
}

namespace fs = std::filesystem;

// The link that Kubernetes swaps when a projected volume changes.
constexpr auto projection = "..data";

// More than any installation has; what is beyond is an accident or an attack.
constexpr std::size_t max_entries = 10'000;

// The characters that the services cut (FACTS.md 3.1).
std::string_view without_trailing_space(std::string_view bytes) {
  return bytes.substr(0, bytes.find_last_not_of(" \t\r\n\v\f") + 1);
}

fs::path directory_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path{"."};
}

// True for a volume of Kubernetes.
bool is_projected(const fs::path& directory) {
  std::error_code failed;
  return fs::is_symlink(fs::symlink_status(directory / projection, failed));
}

// Adds owner, mode and time of change of a file that could be read. Left out when the file vanishes
// meanwhile.
void add_status(SecretFile& file, const fs::path& path) {
  struct stat status {};
  struct stat directory {};
  if (::stat(path.c_str(), &status) != 0 || ::stat(directory_of(path).c_str(), &directory) != 0) {
    return;
  }
  file.permissions = FilePermissions{.mode = status.st_mode & 07777U,
                                     .owner = status.st_uid,
                                     .directory_owner = directory.st_uid,
                                     .shielded_by_directory = parents_deny_others(path)};
  file.changed_at = std::chrono::sys_seconds{std::chrono::seconds{status.st_mtim.tv_sec}};
}

// The configured name, the inventory's for a file named as a variable, or the file's own.
std::string logical_name_of(const std::string& name,
                            const std::map<std::string, std::string>& names) {
  const auto configured = names.find(name);
  if (configured != names.end()) {
    return configured->second;
  }
  const KnownSecret* known = secret_of_variable(name);
  return known != nullptr ? std::string{known->logical_name} : name;
}

// Kubernetes keeps its own entries behind "..", and these two are never secrets.
bool is_no_secret(const std::string& name) {
  return name.compare(0, 2, "..") == 0 || name == ".gitignore" || name == ".gitkeep";
}

}  // namespace

SecretFile parse_secret(std::string_view bytes, const std::string& logical_name,
                        const Origin& origin) {
  const std::string_view text = without_trailing_space(bytes);
  SecretFile file{.logical_name = logical_name, .origin = origin, .shape = shape_of(text)};
  file.text_fingerprint = fingerprint_of(text);
  file.decoded_fingerprint =
      file.shape.hexadecimal ? fingerprint_of_hex(text) : file.text_fingerprint;
  return file;
}

SecretFile observe_secret_file(const fs::path& path, const std::string& logical_name,
                               std::size_t max_bytes) {
  const Origin origin{.source = Source::secrets, .place = Location{path.string()}};
  auto content = read_file(path, max_bytes);
  if (!content) {
    return {.logical_name = logical_name, .origin = origin, .fault = content.error()};
  }
  std::string&& bytes = std::move(content).value();
  SecretFile file = parse_secret(bytes, logical_name, origin);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  add_status(file, path);
  file.projected = is_projected(directory_of(path));
  return file;
}

SecretDirectoryContent observe_secret_directory(const fs::path& directory,
                                                const std::map<std::string, std::string>& names,
                                                std::size_t max_bytes) {
  SecretDirectoryContent content;
  std::vector<fs::path> paths;
  std::error_code failed;
  for (fs::directory_iterator entry{directory, failed};
       !failed && entry != fs::directory_iterator{}; entry.increment(failed)) {
    std::error_code ignored;
    if (is_no_secret(entry->path().filename().string()) || entry->is_directory(ignored)) {
      continue;
    }
    if (paths.size() == max_entries) {
      content.fault = Fault{.reason = UnknownReason::limit_exceeded,
                            .message = directory.string() + " holds more than " +
                                       std::to_string(max_entries) + " files"};
      return content;
    }
    paths.push_back(entry->path());
  }
  if (failed) {
    content.fault = access_fault(directory, failed.value());
    return content;
  }
  // Directories list their entries in any order; the same content has to give the same facts.
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    content.files.push_back(
        observe_secret_file(path, logical_name_of(path.filename().string(), names), max_bytes));
  }
  return content;
}

}  // namespace compliance::secrets
