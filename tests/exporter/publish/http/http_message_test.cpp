// Which values of Accept-Encoding ask for gzip.
#include "exporter/publish/http/http_message.h"

#include <gtest/gtest.h>

namespace compliance::http_message_test {
namespace {

TEST(AcceptEncoding, AsksForGzip) {
  for (const char* value : {"gzip", "deflate, GZIP;q=0.5, br", "br,gzip ; q=1.0", "gzip;q=0.01"}) {
    EXPECT_TRUE(lists_gzip(value)) << value;
  }
}

TEST(AcceptEncoding, DoesNotAskForGzip) {
  for (const char* value :
       {"gzip;q=0", "gzip; Q=0.000", "identity", "xgzip, gzipx", "", "*", ",", ";"}) {
    EXPECT_FALSE(lists_gzip(value)) << value;
  }
}

}  // namespace
}  // namespace compliance::http_message_test
