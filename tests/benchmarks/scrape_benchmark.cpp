// A scrape of 3,000 series, against the same bytes served as a constant through the same server.
#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>

#include <arpa/inet.h>
#include <benchmark/benchmark.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "checks/catalogue.h"
#include "exporter/publish/api/router.h"
#include "tests/benchmarks/measures.h"
#include "tests/support/loopback_server.h"

namespace compliance::benchmarks {
namespace {

constexpr std::size_t wanted_series = 3'000;
constexpr const char* token = "benchmark-benchmark-benchmark";

std::size_t series_in(const std::string& exposition) {
  std::size_t series = 0;
  for (std::size_t start = 0; start < exposition.size();) {
    series += exposition[start] == '#' ? 0U : 1U;
    start = std::min(exposition.find('\n', start), exposition.size() - 1) + 1;
  }
  return series;
}

PublishedInstallation installation(std::size_t number) {
  PublishedInstallation published;
  published.result.name = "installation-" + std::to_string(number);
  for (const Check* check : catalogue()) {
    published.result.checks.push_back({.check = check, .status = Outcome::pass});
    published.past[std::string{check->id}].last_evaluated = Instant{std::chrono::hours(1)};
  }
  return published;
}

// As many installations as give the wanted number of series.
RenderedSnapshot large_snapshot() {
  auto snapshot = std::make_shared<Snapshot>();
  RenderedSnapshot rendered = render(snapshot);
  while (series_in(*rendered.exposition) < wanted_series) {
    auto next = std::make_shared<Snapshot>(*rendered.snapshot);
    next->installations.push_back(installation(next->installations.size()));
    rendered = render(std::move(next));
  }
  return rendered;
}

std::unique_ptr<BearerTokens> tokens() {
  const auto file = std::filesystem::temp_directory_path() /
                    ("compliance-benchmark-" + std::to_string(::getpid()));
  std::ofstream(file) << token;
  auto loaded = BearerTokens::load({file.string()});
  std::filesystem::remove(file);
  return std::move(loaded).value();
}

// One request on a connection of its own; the number of bytes that came back.
std::size_t fetch(std::uint16_t port, const std::string& request) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket interface of POSIX
  const bool connected =
      ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  std::size_t total = 0;
  if (connected && ::send(socket, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
    std::array<char, 65536> buffer{};
    for (ssize_t count = 1; count > 0;) {
      count = ::recv(socket, buffer.data(), buffer.size(), 0);
      total += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
  }
  ::close(socket);
  return total;
}

// Processor time of both ends, since other processes would disturb any other.
double seconds_of_fetch(std::uint16_t port, const std::string& request) {
  return seconds_of([port, &request] { benchmark::DoNotOptimize(fetch(port, request)); });
}

std::unique_ptr<HttpServer> serve(RequestHandler handler) {
  return test::start_server(std::move(handler)).value();
}

// Counter ratio_to_constant: time against the constant, both fetched in turn.
void scrape(benchmark::State& state, const std::string& header) {
  Latest<RenderedSnapshot> latest;
  latest.set(std::make_shared<const RenderedSnapshot>(large_snapshot()));
  const auto accepted = tokens();
  RuntimeMetrics metrics;
  Router router({.latest = &latest, .tokens = accepted.get(), .metrics = &metrics});
  const std::string request = "GET /metrics HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
                              std::string(token) + "\r\n" + header + "\r\n";
  const auto scraped =
      serve([&router](const ServerRequest& asked) { return router.handle(asked); });
  const auto constant = std::make_shared<const std::string>(fetch(scraped->port(), request), 'x');
  const auto fixed =
      serve([&constant](const ServerRequest&) { return ServerResponse{.body = constant}; });
  double scrapes = 0;
  double constants = 0;
  for (auto round : state) {
    static_cast<void>(round);
    constants += seconds_of_fetch(fixed->port(), request);
    const double seconds = seconds_of_fetch(scraped->port(), request);
    scrapes += seconds;
    state.SetIterationTime(seconds);
  }
  state.counters["series"] = static_cast<double>(series_in(*latest.get()->exposition));
  state.counters["bytes"] = static_cast<double>(constant->size());
  state.counters["ratio_to_constant"] = scrapes / constants;
}

void scrape_plain(benchmark::State& state) { scrape(state, ""); }
BENCHMARK(scrape_plain)->Unit(benchmark::kMicrosecond)->UseManualTime();

void scrape_gzip(benchmark::State& state) { scrape(state, "Accept-Encoding: gzip\r\n"); }
BENCHMARK(scrape_gzip)->Unit(benchmark::kMicrosecond)->UseManualTime();

}  // namespace
}  // namespace compliance::benchmarks
