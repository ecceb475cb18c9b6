// Events -> the JSON of /api/v1/events.
#include "exporter/publish/api/events_json.h"

#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "exporter/base/digest.h"
#include "exporter/base/timestamp.h"

namespace compliance {
namespace {

using Json = nlohmann::ordered_json;

// An empty text stands for what an event does not have.
Json text_or_null(std::string_view text) { return text.empty() ? Json{} : Json(text); }

// The members in this order: people read it, too. Hashes are hexadecimal.
Json event_json(const Event& event) {
  return {{"sequence", event.sequence},
          {"at", rfc3339(event.at)},
          {"installation", event.installation},
          {"check", event.check},
          {"scope", event.scope},
          {"component", event.component},
          {"from", event.from},
          {"to", event.to},
          {"unknown_reason", text_or_null(event.reason)},
          {"object", text_or_null(event.object)},
          {"origin", text_or_null(event.origin)},
          {"message", text_or_null(event.message)},
          {"hash", text_or_null(hex(event.hash))}};
}

}  // namespace

std::string render_events_json(const EventPage& page, bool persistent) {
  Json events = Json::array();
  for (const Event& event : page.events) {
    events.push_back(event_json(event));
  }
  const Json answer = {
      {"events", std::move(events)}, {"more", page.more}, {"persistent", persistent}};
  // A file that another hand changed may hold anything; the default would throw.
  return answer.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace compliance
