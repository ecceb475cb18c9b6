// What surrounds every page: head, navigation, foot.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "exporter/base/instant.h"
#include "exporter/publish/pages/html.h"
#include "exporter/publish/pages/page_status.h"

namespace compliance::pages {

enum class PageKind : std::uint8_t {
  overview,
  check,
  history,
  file,  // one document for everything, which leads to no other page
};

struct Frame {
  PageKind kind = PageKind::overview;
  std::string_view title{};
  PageStatus status = PageStatus::pass;  // the icon's
  Instant evaluated_at{};
};

// A whole document around what `add_main` writes into its main part.
std::string framed(const Frame& frame, const std::function<void(Html&)>& add_main);

}  // namespace compliance::pages
