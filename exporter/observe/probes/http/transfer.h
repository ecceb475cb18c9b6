// Transfer: one request as libcurl is told of it, and what it needs while it runs.
#pragma once

#include <array>
#include <memory>
#include <string>

#include <curl/curl.h>

#include "exporter/observe/probes/http/answer_reader.h"
#include "exporter/observe/probes/http/http_client.h"
#include "exporter/observe/probes/http/http_route.h"

namespace compliance::probes {

// Strings that libcurl reads while a transfer runs. libcurl does not copy the list.
class StringList {
 public:
  StringList() = default;
  // No copies: the list has one owner.
  StringList(const StringList&) = delete;
  StringList& operator=(const StringList&) = delete;
  // Not moved: libcurl holds a pointer to the list.
  StringList(StringList&&) = delete;
  StringList& operator=(StringList&&) = delete;
  ~StringList() { curl_slist_free_all(list_); }

  void add(const std::string& text) { list_ = curl_slist_append(list_, text.c_str()); }
  curl_slist* get() const { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

// What a transfer needs until it has ended; it outlives the handle and is not moved.
struct Transfer {
  RoutePlan plan{};
  std::string ca_file{};    // empty: the system's store
  std::string addresses{};  // of plan.next(), as libcurl lists them: "127.0.0.1,[::1]"
  AnswerReader reader{};
  std::array<char, CURL_ERROR_SIZE> words{};  // libcurl's, about its end
  StringList header_lines{};
  StringList resolved{};
  StringList connect_to{};
};

// Tells libcurl everything about `request`, which goes the way that `transfer` says.
// Sets no time limit: the client does.
void prepare(CURL* handle, Transfer& transfer, const HttpRequest& request);

}  // namespace compliance::probes
