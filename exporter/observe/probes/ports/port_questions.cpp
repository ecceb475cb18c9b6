// Which questions are put to an open port, and in which order.
#include "exporter/observe/probes/ports/port_questions.h"

namespace compliance::probes {
namespace {

constexpr PortQuestion http{.kind = PortQuestion::Kind::http};
constexpr PortQuestion redis{.kind = PortQuestion::Kind::redis};
constexpr PortQuestion postgres{.kind = PortQuestion::Kind::postgres};
constexpr PortQuestion https{.kind = PortQuestion::Kind::http, .tls = true};
constexpr PortQuestion rediss{.kind = PortQuestion::Kind::redis, .tls = true};

constexpr std::uint16_t redis_port = 6379;
constexpr std::uint16_t rediss_port = 6380;
constexpr std::uint16_t postgres_port = 5432;
constexpr std::uint16_t pgbouncer_port = 6432;
constexpr std::uint16_t https_port = 443;
constexpr std::uint16_t other_https_port = 8443;

}  // namespace

std::vector<PortQuestion> questions_for(std::uint16_t port) {
  switch (port) {
    case redis_port:
      return {redis, rediss, http, postgres};
    case rediss_port:
      return {rediss, redis, http, postgres};
    case postgres_port:
    case pgbouncer_port:
      return {postgres, http, redis, rediss};
    case https_port:
    case other_https_port:
      return {https, http, redis, postgres};
    default:
      return {http, redis, postgres, rediss};
  }
}

std::vector<PortQuestion> questions_inside_tls(std::uint16_t port) {
  const bool usual_redis = port == redis_port || port == rediss_port;
  return usual_redis ? std::vector{rediss, https} : std::vector{https, rediss};
}

}  // namespace compliance::probes
