// Log lines.
#include "exporter/base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace compliance::test::log_test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

const std::chrono::system_clock::time_point moment{std::chrono::milliseconds{1'782'345'678'009}};
const std::string hostile = "a\"b\\c\nlevel=error msg=forged\r\x1B[31m\xFF\t=";

std::string line_of(LogFormat format, LogEvent event) {
  event.time = moment;
  return log_line(format, event);
}

TEST(LogLine, IsLogfmtWithQuotesWhereNeeded) {
  EXPECT_EQ(line_of(LogFormat::logfmt,
                    {.level = LogLevel::warn,
                     .message = "tls probe failed",
                     .fields = {{"endpoint", "a:443"}, {"err", "no route"}, {"empty", ""}}}),
            "ts=2026-06-25T00:01:18.009Z level=warn msg=\"tls probe failed\" endpoint=a:443 "
            "err=\"no route\" empty=\"\"");
}

TEST(LogLine, IsOneJsonObject) {
  EXPECT_EQ(line_of(LogFormat::json,
                    {.level = LogLevel::error, .message = "stopped", .fields = {{"signal", "15"}}}),
            R"({"ts":"2026-06-25T00:01:18.009Z","level":"error","msg":"stopped","signal":"15"})");
}

TEST(LogLine, CannotBeForgedInLogfmt) {
  EXPECT_EQ(line_of(LogFormat::logfmt,
                    {.level = LogLevel::debug, .message = "m", .fields = {{"v", hostile}}}),
            "ts=2026-06-25T00:01:18.009Z level=debug msg=m "
            "v=\"a\\\"b\\\\c\\nlevel=error msg=forged\\r\\u001b[31m\xEF\xBF\xBD\\t=\"");
}

TEST(LogLine, CannotBeForgedInJson) {
  const std::string line =
      line_of(LogFormat::json, {.level = LogLevel::info, .message = hostile, .fields = {}});
  EXPECT_THAT(line, Not(HasSubstr("\n")));
  EXPECT_EQ(nlohmann::json::parse(line).at("msg").get<std::string>(),
            "a\"b\\c\nlevel=error msg=forged\r\x1B[31m\xEF\xBF\xBD\t=");
}

struct QuotedCase {
  std::string name;
  std::string value;
};

class LogfmtQuotes : public testing::TestWithParam<QuotedCase> {};

TEST_P(LogfmtQuotes, ValuesThatAreNotPlain) {
  EXPECT_THAT(
      line_of(LogFormat::logfmt,
              {.level = LogLevel::info, .message = "m", .fields = {{"v", GetParam().value}}}),
      EndsWith("\""));
}

INSTANTIATE_TEST_SUITE_P(Values, LogfmtQuotes,
                         testing::Values(QuotedCase{"Space", "a b"}, QuotedCase{"Equals", "a=b"},
                                         QuotedCase{"Quote", "a\"b"},
                                         QuotedCase{"Backslash", "a\\b"},
                                         QuotedCase{"Delete", "a\x7F"},
                                         QuotedCase{"NotAscii", "caf\xC3\xA9"}),
                         [](const auto& row) { return row.param.name; });

TEST(LogLevelNamed, KnowsTheFourLevels) {
  EXPECT_EQ(log_level_named("debug"), LogLevel::debug);
  EXPECT_EQ(log_level_named("info"), LogLevel::info);
  EXPECT_EQ(log_level_named("warn"), LogLevel::warn);
  EXPECT_EQ(log_level_named("error"), LogLevel::error);
  EXPECT_EQ(log_level_named("verbose"), std::nullopt);
}

TEST(LogFormatNamed, KnowsTheTwoFormats) {
  EXPECT_EQ(log_format_named("logfmt"), LogFormat::logfmt);
  EXPECT_EQ(log_format_named("json"), LogFormat::json);
  EXPECT_EQ(log_format_named("text"), std::nullopt);
}

std::string captured(const LogOptions& options, LogLevel level) {
  testing::internal::CaptureStderr();
  set_log_options(options);
  log_event(level, "100 %s {} done", {{"k", "{} %v"}});
  set_log_options({});
  return testing::internal::GetCapturedStderr();
}

TEST(LogEvent, WritesOneLineToStderrAndInterpretsNothing) {
  const std::string line = captured({.level = LogLevel::debug}, LogLevel::debug);
  EXPECT_THAT(line, EndsWith(" level=debug msg=\"100 %s {} done\" k=\"{} %v\"\n"));
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
}

TEST(LogEvent, WritesJsonWhenChosen) {
  const std::string line = captured({.format = LogFormat::json}, LogLevel::info);
  EXPECT_EQ(nlohmann::json::parse(line).at("k"), "{} %v");
}

TEST(LogEvent, DropsWhatIsBelowTheLevel) {
  EXPECT_EQ(captured({.level = LogLevel::info}, LogLevel::debug), "");
  EXPECT_EQ(captured({.level = LogLevel::warn}, LogLevel::info), "");
  EXPECT_EQ(captured({.level = LogLevel::error}, LogLevel::warn), "");
  EXPECT_NE(captured({.level = LogLevel::warn}, LogLevel::warn), "");
  EXPECT_NE(captured({.level = LogLevel::error}, LogLevel::error), "");
}

}  // namespace
}  // namespace compliance::test::log_test
