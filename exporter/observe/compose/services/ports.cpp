// Reads `ports` and `expose` of a service.
#include "exporter/observe/compose/services/ports.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstddef>
#include <utility>

#include <arpa/inet.h>

#include "checks/formats/ascii.h"
#include "exporter/observe/compose/services/facts.h"

namespace compliance::compose {
namespace {

// As many as there are ports.
constexpr std::size_t max_declared = 65'536;

// Ports from `first` to `last`, both included.
struct Range {
  std::uint16_t first = 0;
  std::uint16_t last = 0;

  bool operator==(const Range&) const = default;
  // One less than the number of ports: 0 for a single one.
  int length() const { return last - first; }
};

// A decimal number up to 65,535; 0 is let through.
std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

std::optional<Range> parse_range(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = parse_port(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : parse_port(text.substr(dash + 1));
  if (!first || !last || *last < *first) {
    return std::nullopt;
  }
  return Range{.first = *first, .last = *last};
}

bool is_protocol(const std::string& text) {
  return text == "tcp" || text == "udp" || text == "sctp";
}

// An IPv4 or IPv6 address without brackets. Names of hosts are none.
bool is_address(const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

// The three parts of ADDRESS:HOST:CONTAINER/PROTOCOL; the first two may be empty.
struct ShortForm {
  std::string_view address{};
  std::string_view host{};
  std::string_view container{};
  std::string_view protocol{};
  bool has_address = false;
};

// Cuts from the end, since an IPv6 address has colons itself.
ShortForm split(std::string_view text) {
  ShortForm form;
  const std::size_t slash = text.rfind('/');
  if (slash != std::string_view::npos) {
    form.protocol = text.substr(slash + 1);
    text = text.substr(0, slash);
  }
  const std::size_t last = text.rfind(':');
  if (last == std::string_view::npos) {
    form.container = text;
    return form;
  }
  form.container = text.substr(last + 1);
  text = text.substr(0, last);
  const std::size_t before = text.rfind(':');
  if (before == std::string_view::npos) {
    form.host = text;
    return form;
  }
  form.host = text.substr(before + 1);
  form.address = text.substr(0, before);
  form.has_address = true;
  return form;
}

// An address without the brackets that an IPv6 one has; nothing when it is none.
std::optional<std::string> parse_address(std::string_view text) {
  if (text.empty()) {
    return std::string{};
  }
  const bool bracketed = text.front() == '[' && text.back() == ']';
  if (bracketed) {
    text = text.substr(1, text.size() - 2);
  }
  std::string address{text};
  // Without brackets the colons of an IPv6 address cannot be told from those before the ports.
  if (!is_address(address) || (!bracketed && text.find(':') != std::string_view::npos)) {
    return std::nullopt;
  }
  return address;
}

// What an entry says for certain although a variable has no value.
PublishedPort undecided_port(const Value& entry, Fault fault) {
  const ShortForm form = split(entry.text);
  PublishedPort port{.fault = std::move(fault), .origin = entry.origin};
  if (form.has_address && !undecided_before(entry, form.address.size() + 1)) {
    port.host_address = parse_address(form.address).value_or("");
  }
  // The container's ports are certain when every variable without value stands in front of them.
  const auto start = static_cast<std::size_t>(form.container.data() - entry.text.data());
  const auto container = parse_range(form.container);
  if (container && std::all_of(entry.unset.begin(), entry.unset.end(),
                               [start](const Unset& unset) { return unset.offset < start; })) {
    port.container_first = container->first;
    port.container_last = container->last;
  }
  return port;
}

// The ports on the host for those of the container: as many, or a range to choose one from. 0 to 0
// when the text is empty: the engine chooses.
std::optional<Range> host_range(std::string_view text, const Range& container) {
  if (text.empty()) {
    return Range{};
  }
  const auto host = parse_range(text);
  if (!host || (container.length() != 0 && host->length() != container.length())) {
    return std::nullopt;
  }
  return host;
}

// ADDRESS:HOST:CONTAINER/PROTOCOL. Without an address the engine publishes on all interfaces
// (FACTS.md T29).
ParseResult<PublishedPort> read_short(const Value& entry) {
  if (auto fault = unset_fault(entry)) {
    return undecided_port(entry, std::move(*fault));
  }
  const ShortForm form = split(entry.text);
  const auto address = parse_address(form.address);
  const auto container = parse_range(form.container);
  const auto host = container ? host_range(form.host, *container) : std::nullopt;
  const std::string protocol = form.protocol.empty() ? "tcp" : lower_case(form.protocol);
  if (!address || !container || !host || !is_protocol(protocol)) {
    return refused(entry.origin, "an entry of ports is no port mapping");
  }
  return PublishedPort{.host_address = *address,
                       .host_first = host->first,
                       .host_last = host->last,
                       .container_first = container->first,
                       .container_last = container->last,
                       .protocol = protocol,
                       .origin = entry.origin};
}

// The text at `key`, `otherwise` when it is missing or null.
std::string text_at(const Value& entry, std::string_view key, const char* otherwise) {
  const Value* value = entry.find(key);
  return value == nullptr || value->is_null() ? otherwise : value->text;
}

// The first variable without value in one of the entries.
std::optional<Fault> unset_within(const Value& entry) {
  for (const Value& item : entry.items) {
    if (auto fault = unset_fault(item)) {
      return fault;
    }
  }
  return std::nullopt;
}

// The mapping form: target, published, host_ip, protocol. What is certain is set even where a
// variable without value leaves the rest open.
ParseResult<PublishedPort> read_long(const Value& entry) {
  const Value* host_ip = entry.find("host_ip");
  const std::string address = text_at(entry, "host_ip", "");
  PublishedPort port{.protocol = lower_case(text_at(entry, "protocol", "tcp")),
                     .origin = entry.origin};
  port.fault = unset_within(entry);
  const auto container = parse_range(text_at(entry, "target", ""));
  if (container) {
    port.container_first = container->first;
    port.container_last = container->last;
  }
  const auto host = host_range(text_at(entry, "published", ""), container.value_or(Range{}));
  if (host) {
    port.host_first = host->first;
    port.host_last = host->last;
  }
  const bool valid_address = host_ip == nullptr || is_address(address);
  if (valid_address) {
    port.host_address = address;
  }
  if (!port.fault && (!container || !host || !valid_address || !is_protocol(port.protocol))) {
    return refused(entry.origin, "an entry of ports is no port mapping");
  }
  return port;
}

// Of such a pair the later one counts. No address means the same as 0.0.0.0 here. Undecided
// entries are never equal to another.
bool same_port(const PublishedPort& left, const PublishedPort& right) {
  const auto address = [](const PublishedPort& port) {
    return port.host_address.empty() ? std::string{"0.0.0.0"} : port.host_address;
  };
  return !left.fault && !right.fault && address(left) == address(right) &&
         left.host_first == right.host_first && left.host_last == right.host_last &&
         left.container_first == right.container_first &&
         left.container_last == right.container_last && left.protocol == right.protocol;
}

// Adds the ports of one entry, PORT or FIRST-LAST with an optional protocol.
std::optional<LocatedFault> add_declared(std::vector<DeclaredPort>& ports, const Value& entry) {
  if (unset_fault(entry)) {
    return std::nullopt;
  }
  const std::string_view text = entry.text;
  const std::size_t slash = text.find('/');
  std::string protocol =
      slash == std::string_view::npos ? "tcp" : lower_case(text.substr(slash + 1));
  const auto range = parse_range(text.substr(0, slash));
  if (!range || !is_protocol(protocol)) {
    return refused(entry.origin, "an entry of expose is no port");
  }
  // In capitals, as Kubernetes writes protocols.
  std::transform(protocol.begin(), protocol.end(), protocol.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  for (unsigned number = range->first; number <= range->last; ++number) {
    if (ports.size() >= max_declared) {
      return LocatedFault{.origin = entry.origin,
                          .fault = {.reason = UnknownReason::limit_exceeded,
                                    .message = "expose names too many ports"}};
    }
    ports.push_back({.number = static_cast<std::uint16_t>(number),
                     .protocol = protocol,
                     .origin = entry.origin});
  }
  return std::nullopt;
}

}  // namespace

ParseResult<std::vector<PublishedPort>> read_ports(const Value& service) {
  std::vector<PublishedPort> ports;
  for (const Value& entry : items_at(service, "ports")) {
    auto port = entry.is_mapping() ? read_long(entry) : read_short(entry);
    if (!port) {
      return port.error();
    }
    const auto present = std::find_if(
        ports.begin(), ports.end(),
        [&port](const PublishedPort& known) { return same_port(known, port.value()); });
    if (present != ports.end()) {
      *present = std::move(port).value();
    } else {
      ports.push_back(std::move(port).value());
    }
  }
  return ports;
}

ParseResult<std::vector<DeclaredPort>> read_expose(const Value& service) {
  std::vector<DeclaredPort> ports;
  for (const Value& entry : items_at(service, "expose")) {
    if (auto fault = add_declared(ports, entry)) {
      return std::move(*fault);
    }
  }
  return ports;
}

}  // namespace compliance::compose
