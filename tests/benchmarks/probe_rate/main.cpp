// Probes per second against one https URL: each a new client with a verified handshake and one GET.
// usage: probe_rate URL CA_FILE COUNT THREADS
//        probe_rate --through PORT TARGET COUNT THREADS   asks a blackbox exporter for its probes
//        probe_rate --bare PORT CA_FILE COUNT THREADS     the least that OpenSSL needs for it
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include <sys/resource.h>

#include "exporter/observe/probes/http/http_client.h"
#include "tests/benchmarks/probe_rate/bare_client.h"

namespace {

using compliance::Deadline;
namespace probes = compliance::probes;

struct Job {
  probes::HttpRoute route{};
  probes::HttpRequest request{};
  bool keeps_connection = false;  // to the other exporter, whose own connections are measured
  std::string expected{};         // a part of the body of a good answer; empty: any 200
};

bool succeeds(probes::HttpClient& client, const Job& job) {
  const auto answer = client.send(job.request, Deadline::after(std::chrono::seconds{10}));
  return answer && answer.value().status == 200 &&
         answer.value().body.find(job.expected) != std::string::npos;
}

// Calls what `make_probe` makes for each of the threads `count` times in all; how many succeeded.
int run(const std::function<std::function<bool()>()>& make_probe, int count, int threads) {
  std::atomic<int> left{count};
  std::atomic<int> good{0};
  std::vector<std::jthread> workers;
  for (int index = 0; index < threads; ++index) {
    workers.emplace_back([&, probe = make_probe()] {
      while (left-- > 0) {
        good += probe() ? 1 : 0;
      }
    });
  }
  workers.clear();
  return good;
}

std::function<bool()> make_probe(const Job& job) {
  const probes::Resolver resolver;
  auto client = std::make_shared<probes::HttpClient>(job.route, resolver);
  return [job, resolver, client]() mutable {
    if (!job.keeps_connection) {
      client = std::make_shared<probes::HttpClient>(job.route, resolver);
    }
    return succeeds(*client, job);
  };
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Job direct(const std::string& url, const std::string& ca_file) {
  return {.route = {.url = url, .ca_file = ca_file}, .request = {.target = "/"}};
}

Job through(const std::string& port, const std::string& target) {
  return {.route = {.url = "http://127.0.0.1:" + port},
          .request = {.target = "/probe?module=https_get&target=" + target},
          .keeps_connection = true,
          .expected = "probe_success 1"};
}

// What the words ask for; nothing when they are no usage of this program.
std::function<std::function<bool()>()> probe_of(const std::vector<std::string>& words) {
  if (words.size() == 6 && words[1] == "--bare") {
    const auto port = static_cast<std::uint16_t>(std::atoi(words[2].c_str()));
    const auto client = std::make_shared<compliance::benchmarks::BareClient>(words[3]);
    return [client, port] { return [client, port] { return client->asks(port); }; };
  }
  const bool other = words.size() == 6 && words[1] == "--through";
  if (!other && words.size() != 5) {
    return {};
  }
  const Job job = other ? through(words[2], words[3]) : direct(words[1], words[2]);
  return [job] { return make_probe(job); };
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words;
  for (const char* word : std::span<char*>{argv, static_cast<std::size_t>(argc)}) {
    words.emplace_back(word);
  }
  const auto probe = probe_of(words);
  if (!probe) {
    std::cerr << "usage: probe_rate URL CA_FILE COUNT THREADS\n"
                 "       probe_rate --through PORT TARGET COUNT THREADS\n"
                 "       probe_rate --bare PORT CA_FILE COUNT THREADS\n";
    return 2;
  }
  const int count = std::atoi(words[words.size() - 2].c_str());
  const auto began = std::chrono::steady_clock::now();
  const int good = run(probe, count, std::atoi(words.back().c_str()));
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - began;
  std::cout << good << ' ' << elapsed.count() << ' ' << cpu_seconds() << '\n';
  return good == count ? 0 : 1;
}
