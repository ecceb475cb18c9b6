// Probes per second against one https URL: each a new client with a verified handshake and one GET.
// usage: probe_rate URL CA_FILE COUNT THREADS
//        probe_rate --through PORT TARGET COUNT THREADS   asks a blackbox exporter for its probes
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include <sys/resource.h>

#include "exporter/observe/probes/http/http_client.h"

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

// Runs the job `count` times on `threads` threads; the number of good answers.
int run(const Job& job, int count, int threads) {
  std::atomic<int> left{count};
  std::atomic<int> good{0};
  std::vector<std::jthread> workers;
  for (int index = 0; index < threads; ++index) {
    workers.emplace_back([&] {
      const probes::Resolver resolver;
      auto client = std::make_unique<probes::HttpClient>(job.route, resolver);
      while (left-- > 0) {
        if (!job.keeps_connection) {
          client = std::make_unique<probes::HttpClient>(job.route, resolver);
        }
        good += succeeds(*client, job) ? 1 : 0;
      }
    });
  }
  workers.clear();
  return good;
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

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words;
  for (const char* word : std::span<char*>{argv, static_cast<std::size_t>(argc)}) {
    words.emplace_back(word);
  }
  const bool other = words.size() == 6 && words[1] == "--through";
  if (!other && words.size() != 5) {
    std::cerr << "usage: probe_rate URL CA_FILE COUNT THREADS\n"
                 "       probe_rate --through PORT TARGET COUNT THREADS\n";
    return 2;
  }
  const Job job = other ? through(words[2], words[3]) : direct(words[1], words[2]);
  const int count = std::atoi(words[words.size() - 2].c_str());
  const auto began = std::chrono::steady_clock::now();
  const int good = run(job, count, std::atoi(words.back().c_str()));
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - began;
  std::cout << good << ' ' << elapsed.count() << ' ' << cpu_seconds() << '\n';
  return good == count ? 0 : 1;
}
