// Reads URLs that may hold a password, as people write them by hand.
#include "checks/formats/loose_url.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "checks/formats/ascii.h"
#include "checks/formats/wipe.h"

namespace compliance {
namespace {

// Schemes whose paths may well hold an @ (https://registry/@scope/name).
bool has_free_path(std::string_view scheme) {
  return scheme == "http" || scheme == "https" || scheme == "ws" || scheme == "wss";
}

// Views into the text of a URL.
struct HostAndPort {
  std::string_view host{};  // without brackets
  std::string_view port{};
};

// Of several hosts, as libpq takes them, the first.
HostAndPort split_host(std::string_view text) {
  text = text.substr(0, text.find(','));
  const std::size_t bracket = text.rfind(']');
  if (!text.empty() && text.front() == '[' && bracket != std::string_view::npos) {
    const std::string_view after = text.substr(bracket + 1);
    return {.host = text.substr(1, bracket - 1),
            .port = after.empty() || after.front() != ':' ? after : after.substr(1)};
  }
  const std::size_t colon = text.find(':');
  return {.host = text.substr(0, colon),
          .port = colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1)};
}

// Nothing for an empty text and for numbers above 65535.
std::optional<std::uint16_t> port_number(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return port;
}

// Where the authority of `rest` (what follows "://") ends, and where its userinfo does.
struct Authority {
  std::size_t at = std::string_view::npos;  // the @ behind the userinfo
  std::size_t end = 0;
};

// The @ behind a password that has a ? or # behind its first digits (user:123?45@host), so that it
// looks like a port. An @ in a parameter's value (?from=me@host) is none, unless a port or a path
// follows it.
std::size_t at_behind_query(std::string_view written, std::string_view rest, std::size_t query) {
  const std::size_t at = rest.rfind('@');
  if (written.find(':') == std::string_view::npos || at == std::string_view::npos || at < query) {
    return std::string_view::npos;
  }
  const bool parameter = rest.substr(query, at - query).find('=') != std::string_view::npos;
  return parameter && rest.find_first_of(":/", at) == std::string_view::npos
             ? std::string_view::npos
             : at;
}

// People forget to escape passwords. Where RFC 3986 would end the authority too early, what follows
// tells: a broken port or an @ further on means that the password goes on.
Authority find_authority(std::string_view scheme, std::string_view rest) {
  const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
  const std::string_view written = rest.substr(0, end);
  const std::string_view port = split_host(written).port;
  // The authority of the RFC makes sense: it has userinfo, or a port that is a number.
  const bool sound =
      written.find('@') != std::string_view::npos || port.empty() || port_number(port);
  const std::size_t query = std::min(rest.find_first_of("?#", end), rest.size());
  std::size_t at = written.rfind('@');
  if (!sound) {
    at = rest.rfind('@');
  } else if (!has_free_path(scheme) &&
             rest.substr(end, query - end).find('@') != std::string_view::npos) {
    at = rest.substr(0, query).rfind('@');
  } else if (at == std::string_view::npos) {
    at = at_behind_query(written, rest, query);
  }
  if (at == std::string_view::npos || at < end) {
    return {.at = at, .end = end};
  }
  return {.at = at, .end = std::min(rest.find_first_of("/?#", at), rest.size())};
}

// The value of the last parameter `name` of the query in `text`, decoded; empty when there is none.
// libpq takes the last one too.
std::string parameter(std::string_view text, std::string_view name) {
  std::string value;
  text = text.substr(0, text.find('#'));
  std::size_t start = text.find('?');
  while (start != std::string_view::npos) {
    text.remove_prefix(start + 1);
    const std::string_view pair = text.substr(0, text.find('&'));
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      value = percent_decoded(pair.substr(equals + 1));
    }
    start = text.find('&');
  }
  return value;
}

}  // namespace

std::optional<LooseUrl> url_shape_of(std::string_view text) {
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos || !is_scheme(text.substr(0, colon))) {
    return std::nullopt;
  }
  LooseUrl shape{.scheme = lower_case(text.substr(0, colon))};
  const std::string_view rest = text.substr(colon + 3);
  const Authority authority = find_authority(shape.scheme, rest);
  const std::size_t host_start = authority.at == std::string_view::npos ? 0 : authority.at + 1;
  const HostAndPort host = split_host(rest.substr(host_start, authority.end - host_start));
  const std::string_view tail = rest.substr(authority.end);
  shape.host = host.host.empty() ? lower_case(parameter(tail, "host")) : lower_case(host.host);
  shape.port = port_number(host.port);
  shape.ssl_mode = parameter(tail, "sslmode");

  // libpq and some clients take the password from the query; userinfo comes first.
  std::string password = parameter(tail, "password");
  if (authority.at != std::string_view::npos) {
    const std::string_view userinfo = rest.substr(0, authority.at);
    const std::size_t separator = userinfo.find(':');
    if (separator != std::string_view::npos && separator + 1 < userinfo.size()) {
      password = percent_decoded(userinfo.substr(separator + 1));
    }
  }
  shape.has_password = !password.empty();
  shape.placeholder_password = is_placeholder(password);
  wipe(password);
  return shape;
}

}  // namespace compliance
