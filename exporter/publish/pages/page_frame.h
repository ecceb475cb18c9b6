// Writes what surrounds every page: head, navigation, foot.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "exporter/base/instant.h"
#include "exporter/publish/pages/html.h"
#include "exporter/publish/pages/page_status.h"

namespace compliance::pages {

// Decides about navigation and the policy in the head.
enum class PageKind : std::uint8_t {
  overview,
  check,
  history,
  file,  // one document for everything, which leads to no other page
};

// What the frame of a page shows. `title` is for the tab, without the program's name.
struct Frame {
  PageKind kind = PageKind::overview;
  std::string_view title{};
  PageStatus status = PageStatus::pass;  // the icon's
  // Of the snapshot that the page shows, which may be older than the request.
  Instant evaluated_at{};
};

// A whole document around what `add_main` writes into its main part. Everything that
// `add_main` opens has to end within it.
std::string framed(const Frame& frame, const std::function<void(Html&)>& add_main);

}  // namespace compliance::pages
