// Reads the web console's own settings as the product does.
#include "checks/caracal/web_console.h"

#include "checks/caracal/settings.h"
#include "checks/formats/ascii.h"

namespace compliance {
namespace {

// True for texts that the product's URL reader refuses, so that it skips them.
bool is_skipped(const WebUrlReading& reading) {
  switch (reading.fault) {
    case WebUrlFault::none:
    case WebUrlFault::other_scheme:  // a URL of the opaque origin "null"
    case WebUrlFault::non_ascii_host:
      return false;
    case WebUrlFault::relative:
    case WebUrlFault::no_host:
    case WebUrlFault::bad_host:
    case WebUrlFault::bad_port:
      return true;
  }
  return true;
}

// A switch of the console: the product's pattern leaves no room for white space.
Fact<bool> switch_of(const Fact<std::string>& text) {
  Fact<bool> on{.origin = text.origin, .fault = text.fault};
  if (text.value) {
    on.value = trimmed(*text.value) == *text.value && truthy_for_web(*text.value);
  }
  return on;
}

// What holds for the release of the console; a fault when that is not known.
Fact<bool> fact_of_release(const Container& console, bool (*holds)(const Release&)) {
  if (console.release) {
    return {.value = holds(*console.release), .origin = console.image.origin};
  }
  return {.origin = console.image.origin,
          .fault = Fault{.reason = UnknownReason::unresolved_reference,
                         .message = "the release of the console is not known"}};
}

}  // namespace

std::vector<const Container*> web_consoles(const Installation& installation) {
  return main_containers_of(installation, Component::web);
}

Fact<StatedUrl> public_url(const Container& console) {
  const Fact<std::string> text = variable_text(console, "CARACAL_AUTH_URL");
  Fact<StatedUrl> url{.origin = text.origin, .fault = text.fault};
  if (text.value && !text.value->empty()) {
    url.value = StatedUrl{.shown = shown_origin(*text.value), .reading = read_web_url(*text.value)};
  }
  return url;
}

Fact<std::vector<StatedUrl>> further_origins(const Container& console) {
  const Fact<std::string> text = variable_text(console, "CARACAL_WEB_ORIGIN");
  Fact<std::vector<StatedUrl>> origins{.origin = text.origin, .fault = text.fault};
  if (!text.value) {
    return origins;
  }
  origins.value.emplace();
  std::string_view list{*text.value};
  // A comma in a password parts it, too, from the @ that gives it away.
  const bool may_hold_password = list.find('@') != std::string_view::npos;
  std::size_t comma = 0;
  while (comma != std::string_view::npos) {
    comma = list.find(',');
    const std::string_view entry = trimmed(list.substr(0, comma));
    const WebUrlReading reading = read_web_url(entry);
    if (!is_skipped(reading)) {
      origins.value->push_back(
          {.shown = may_hold_password ? "a list with an @ in it" : shown_origin(entry),
           .reading = reading});
    }
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return origins;
}

bool needs_idna(const StatedUrl& url) { return url.reading.fault == WebUrlFault::non_ascii_host; }

bool has_origin(const StatedUrl& url, std::string_view origin) {
  return url.reading.sound() && origin_of(url.reading.url) == origin;
}

Fact<bool> runs_production(const Container& console) {
  const Fact<std::string> node = variable_text(console, "NODE_ENV");
  Fact<bool> production{.origin = node.origin, .fault = node.fault};
  if (!node.fault) {
    // The image sets NODE_ENV, so an absent variable is production (FACTS.md 1.1).
    production.value = node.absent() || lower_case(*node.value) == "production";
  }
  return production;
}

Fact<bool> has_secure_cookies(const Container& console) {
  const Fact<std::string> text = variable_text(console, "CARACAL_AUTH_SECURE_COOKIES");
  if (!text.absent()) {
    return switch_of(text);
  }
  // Unset means: in production, or with an https public URL (FACTS.md 6.2). Either alone decides,
  // so an unknown NODE_ENV does not matter with such a URL.
  Fact<bool> production = runs_production(console);
  if (production.is(true)) {
    return production;
  }
  const Fact<std::string> url = variable_text(console, "CARACAL_AUTH_URL");
  // By the text, as the product compares it.
  if (url.value && url.value->rfind("https://", 0) == 0) {
    return {.value = true, .origin = url.origin};
  }
  if (production.is(false) && url.fault) {
    return {.origin = url.origin, .fault = url.fault};
  }
  return production;
}

Fact<bool> has_open_registration(const Container& console) {
  return switch_of(variable_text(console, "CARACAL_OPEN_REGISTRATION"));
}

// By the image's tag or label; a running console shows its release from v0.1.0 on only.
Fact<bool> is_before_v2026_06_25(const Container& console) {
  return fact_of_release(console, static_cast<bool (*)(const Release&)>(&is_before_v2026_06_25));
}

Fact<bool> reads_cookie_same_site(const Container& console) {
  return fact_of_release(console, &is_from_v0_1_0_on);
}

}  // namespace compliance
