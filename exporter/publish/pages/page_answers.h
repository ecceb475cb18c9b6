// Answers requests for pages, with the headers that pages need.
#pragma once

#include <string_view>

#include "exporter/publish/http/http_message.h"
#include "exporter/publish/pages/pages.h"

namespace compliance::pages {

// Paths of the pages. A check's page is below checks_path, under its id.
inline constexpr std::string_view overview_path = "/";
inline constexpr std::string_view history_path = "/history";
inline constexpr std::string_view checks_path = "/checks";  // and below it

// The one of these three that the path belongs to; empty for a path that is no page's. A
// path below /checks/ belongs to it whether or not there is such a check.
std::string_view page_of(std::string_view path);

// Answers an authenticated GET or HEAD. The path must be a page's by page_of(). 404 for a
// check or an installation that is not there.
ServerResponse answer_page(const ServerRequest& request, const Snapshot& snapshot,
                           const EventSource& events);

// Adds the headers that HTML is sent with: no script, no frame, no referrer. HTML that is
// no page, such as the report, needs them as well.
void add_page_headers(ServerResponse& response);

}  // namespace compliance::pages
