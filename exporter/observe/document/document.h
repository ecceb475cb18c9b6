// YAML (and so JSON) text as an immutable tree with positions, built from libyaml's events.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/facts/fact.h"
#include "exporter/base/result.h"

namespace compliance::document {

// What a value is. Numbers and booleans are scalars: what their text means depends on who reads it.
enum class Kind : std::uint8_t { null, scalar, sequence, mapping };

// What a hostile document may cost before it is refused, with limit_exceeded. The defaults are far
// above any real manifest. Aliases and merges multiply values without more text, so they are
// counted as expanded.
struct Budget {
  std::size_t max_depth = 100;            // nested collections
  std::size_t max_nodes = 5'000'000;      // written in the text
  std::size_t max_expanded = 10'000'000;  // after all aliases and merges are followed
  // The longest single text; a whole file of a ConfigMap may be one.
  std::size_t max_scalar_bytes = 4U << 20U;
  std::size_t max_documents = 100'000;
  // Not a limit: entries that merge keys bring stay in the mapping behind the one that hides them.
  // Look-ups find the first; for readers to whom tags of hidden entries mean something.
  bool keep_hidden = false;
};

// Why a text is no document; line and column count from 1.
struct DocumentError {
  UnknownReason reason = UnknownReason::unparsable;  // or limit_exceeded
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string message{};
};

struct NodeRecord;
struct EntryRecord;

// A handle to one value of a tree, cheap to copy, valid as long as its Document lives. A default
// constructed one, and the result of looking up what is not there, is absent: it converts to
// false, has kind null and no content. Safe to read from several threads.
class Node {
 public:
  Node() = default;
  // For this folder: other code gets nodes from a Document or another Node.
  explicit Node(const NodeRecord* record) : record_(record) {}

  explicit operator bool() const { return record_ != nullptr; }
  // The same place of the same tree, not the same content.
  bool operator==(const Node&) const = default;

  // `null` when absent.
  Kind kind() const;
  bool is_mapping() const { return kind() == Kind::mapping; }
  bool is_sequence() const { return kind() == Kind::sequence; }
  bool is_scalar() const { return kind() == Kind::scalar; }
  // True for absent ones too. Null are: an empty plain scalar, ~, null, Null, NULL.
  bool is_null() const { return kind() == Kind::null; }

  // The text of a scalar; empty for everything else (null included).
  std::string_view text() const;
  // A scalar without quotes and without block style: only such a one can be a number or boolean.
  bool is_plain() const;
  // The explicit tag as written, such as "!reset" or "tag:yaml.org,2002:str"; empty without one.
  std::string_view tag() const;

  // Of a key: a list of merged mappings brought its entry, at this mapping or at one merged here.
  bool from_merge_list() const;

  // Where the value begins. For an alias that is the place of the value that it stands for. Columns
  // are in characters, as editors count.
  std::uint32_t line() const;    // from 1; 0 when absent
  std::uint32_t column() const;  // from 1; 0 when absent

  // Mappings: keys in the order of the text, merged ones after own ones. Sequences: items.
  // size() is the number of entries or items; 0 for everything else.
  std::size_t size() const;
  // The key of an entry as a node, for its position; absent for sequences and behind the end.
  Node key(std::size_t index) const;
  // The value of an entry or an item; absent behind the end.
  Node at(std::size_t index) const;
  // The value of a key of a mapping; absent when there is none. Large mappings have an index: a
  // look-up takes logarithmic time.
  Node operator[](std::string_view key) const;
  Node operator[](const char* key) const { return (*this)[std::string_view{key}]; }

 private:
  const NodeRecord* record_ = nullptr;
};

// The trees of one text. Owns everything that its nodes refer to; movable, not copyable.
class Document {
 public:
  // Nodes point into the storage, so a copy would have to rewrite them all.
  Document(const Document&) = delete;
  // Nodes stay valid, since the storage itself does not move. The moved-from one may only be
  // destroyed or assigned to.
  Document(Document&& other) noexcept;
  Document& operator=(const Document&) = delete;
  Document& operator=(Document&& other) noexcept;
  // Out of line: Storage is known to this folder only.
  ~Document();

  // One root for each YAML document in the text; empty documents are left out.
  const std::vector<Node>& roots() const;

 private:
  friend class DocumentBuilder;
  struct Storage;
  explicit Document(std::unique_ptr<Storage> storage);
  std::unique_ptr<Storage> storage_;
};

// Parses `text`: anchors and aliases are followed, merge keys (<<: one alias, a list of aliases, a
// mapping, several levels) are applied with own keys winning over merged ones and earlier merged
// ones over later ones. A duplicate key is an error that names both lines. Keys must be scalars.
// A leading byte order mark is accepted; text that is not UTF-8 (or UTF-16 with a mark) is not.
Result<Document, DocumentError> parse_document(std::string_view text, const Budget& budget = {});

// A part of a text that can be read by itself, and where it begins.
struct TextPart {
  std::string_view text{};
  std::uint32_t lines_before = 0;
  std::uint32_t columns_before = 0;  // of its first line, in characters
};

// The parts of `part` that can be read by themselves when it cannot be read as a whole: the
// documents that lines of "---" part or, without such lines, the JSON objects that stand one after
// the other. Empty when there are fewer than two, and when there are more than a budget has
// documents. In the order of the text, whose memory they share.
std::vector<TextPart> parts_of(const TextPart& part);

// `node` as an Origin in the file `place`; without line and column when the node is absent.
Origin origin_of(Source source, const Location& place, const Node& node);

// Booleans as sigs.k8s.io/yaml and compose-go accept them in plain scalars: true, yes, on, y in
// their usual cases, and the opposites. Nothing for any other scalar.
std::optional<bool> as_boolean(const Node& node);

// A plain integer within 64 bits in decimal, 0x, 0o, 0b or with a leading zero for octal, with or
// without a sign; underscores may group digits. Nothing otherwise.
std::optional<std::int64_t> as_integer(const Node& node);

}  // namespace compliance::document
