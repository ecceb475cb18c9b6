// Requests for pages -> answers with the headers that pages need.
#pragma once

#include <string_view>

#include "exporter/publish/http/http_message.h"
#include "exporter/publish/pages/pages.h"

namespace compliance::pages {

inline constexpr std::string_view overview_path = "/";
inline constexpr std::string_view history_path = "/history";
inline constexpr std::string_view checks_path = "/checks";  // and below it

// The one of these three that the path belongs to; empty: it is no page's.
std::string_view page_of(std::string_view path);

// Answers an authenticated GET or HEAD of a path that is a page's; 404 for what is not there.
ServerResponse answer_page(const ServerRequest& request, const Snapshot& snapshot,
                           const EventSource& events);

// Adds the headers that HTML is sent with: no script, no frame, no referrer.
void add_page_headers(ServerResponse& response);

}  // namespace compliance::pages
