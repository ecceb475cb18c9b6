// The subcommand `check`.
#include "exporter/commands/check_command.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>

#include <sys/ioctl.h>
#include <unistd.h>

#include "checks/catalogue.h"
#include "exporter/commands/baseline.h"
#include "exporter/commands/exit_code.h"
#include "exporter/config/read_config.h"
#include "exporter/daemon/service.h"
#include "exporter/publish/metrics/runtime_metrics.h"
#include "exporter/publish/reports/report_formats.h"

namespace compliance {
namespace {

// Columns: the fewest that a report is laid out for, and those where nothing says how many.
constexpr std::size_t min_width = 60;
constexpr std::size_t default_width = 80;

// The configuration of the file or of the flags. Both together are an error: flags would silently
// replace a part of the file, or the file the flags.
Result<Config> config_for(const CheckOptions& options) {
  if (!options.config_file.empty() && options.sources.any()) {
    return Error{
        "--config.file cannot be combined with --compose, --manifests, --secrets, "
        "--runtime-cli-help or endpoint flags"};
  }
  if (options.config_file.empty() && !options.sources.any()) {
    return Error{
        "check needs --config.file or a source: --compose, --manifests, --secrets, "
        "--runtime-cli-help or an endpoint such as --web"};
  }
  return options.config_file.empty() ? config_from_flags(options.sources)
                                     : read_config(options.config_file);
}

// Applies the flags that select installations, checks and probes. Unknown names are errors: a
// misspelt one would evaluate nothing and exit with 0.
std::optional<Error> restrict(const CheckOptions& options, Config& config) {
  if (!options.installation.empty()) {
    std::erase_if(config.installations, [&](const InstallationConfig& installation) {
      return installation.name != options.installation;
    });
    if (config.installations.empty()) {
      return Error{"--installation: unknown installation '" + options.installation + "'"};
    }
  }
  for (const std::string& id : options.checks) {
    const Check* check = find_check(id);
    if (check == nullptr) {
      return Error{"--check: unknown check '" + id + "'; see `list`"};
    }
    if (has_any(check->evidence, Source::process)) {
      return Error{"--check: '" + id + "' is about a running exporter; only `serve` evaluates it"};
    }
  }
  config.evaluation.only = options.checks;
  config.evaluation.each_pass = options.verbose;
  config.evaluation.extended = config.evaluation.extended || options.extended;
  config.probing.offline = options.offline;
  return std::nullopt;
}

// Whether a Compose file, a manifest or the help text is "-". Asked before reading: a terminal
// would block for ever.
bool reads_standard_input(const Config& config) {
  return std::any_of(
      config.installations.begin(), config.installations.end(),
      [](const InstallationConfig& installation) {
        const auto has_dash = [](const std::vector<std::string>& paths) {
          return std::find(paths.begin(), paths.end(), "-") != paths.end();
        };
        return (installation.compose && has_dash(installation.compose->files)) ||
               (installation.kubernetes && has_dash(installation.kubernetes->manifests)) ||
               (installation.runtime_cli && installation.runtime_cli->help_file == "-");
      });
}

// Standard input, read one chunk beyond the limit so that the source reports the excess.
// limits.max_source_bytes applies, since the text is the whole source.
std::string standard_input(const Limits& limits) {
  std::string text;
  std::array<char, 65'536> chunk{};
  while (text.size() <= limits.max_source_bytes && std::cin) {
    std::cin.read(chunk.data(), chunk.size());
    text.append(chunk.data(), static_cast<std::size_t>(std::cin.gcount()));
  }
  return text;
}

// Width and colour for a terminal on standard output; a report into a file or a pipe has no colour,
// and the width of COLUMNS where that is set. NO_COLOR: https://no-color.org.
ReportOptions report_options(const CheckOptions& options, const RuntimeMetrics& metrics) {
  ReportOptions report{.verbose = options.verbose, .width = default_width, .runtime = &metrics};
  if (options.output.empty() && isatty(STDOUT_FILENO) != 0) {
    winsize size{};
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): ioctl has no other form
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
      report.width = size.ws_col;
    }
    const char* terminal = std::getenv("TERM");  // NOLINT(concurrency-mt-unsafe): before threads
    const char* no_color = std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe): likewise
    report.color = (no_color == nullptr || *no_color == '\0') && terminal != nullptr &&
                   std::string_view{terminal} != "dumb";
  } else if (const char* columns =
                 std::getenv("COLUMNS")) {  // NOLINT(concurrency-mt-unsafe): likewise
    report.width = std::strtoul(columns, nullptr, 10);
  }
  report.width = std::max(report.width, min_width);
  return report;
}

// The command line admits known formats only; the first one, the table, stands for any other.
std::string rendered(const Snapshot& snapshot, const CheckOptions& options,
                     const RuntimeMetrics& metrics) {
  const ReportFormat* format = find_report_format(options.format);
  return (format == nullptr ? report_formats().front() : *format)
      .render(snapshot, report_options(options, metrics));
}

// Writes the text to standard output, or to a temporary file beside `path` that it then renames, so
// that readers never see half a report. The error does not say which of the steps failed.
std::optional<Error> write_output(const std::string& path, const std::string& text) {
  if (path.empty()) {
    std::cout << text << std::flush;
    return std::cout ? std::nullopt : std::optional{Error{"standard output cannot be written"}};
  }
  const std::string temporary = path + ".new";
  std::ofstream file{temporary, std::ios::binary | std::ios::trunc};
  file << text << std::flush;
  file.close();
  if (!file || std::rename(temporary.c_str(), path.c_str()) != 0) {
    return Error{"--output: " + path + " cannot be written"};
  }
  return std::nullopt;
}

// Writes the report and the summary of the baseline: below the table, and on stderr for all other
// formats, which programs read.
std::optional<Error> report(const Snapshot& snapshot, const CheckOptions& options,
                            const BaselineShare& share, const RuntimeMetrics& metrics) {
  std::string text = rendered(snapshot, options, metrics);
  if (!options.baseline.empty()) {
    const std::string summary = baseline_summary(share, options.baseline) + "\n";
    if (options.format == report_formats().front().name) {
      text += "  " + summary;
    } else {
      std::cerr << summary;
    }
  }
  return write_output(options.output, text);
}

// Shows progress in one line of a terminal, and removes the line at the end; empty if stderr is not
// a terminal, where the line would fill a log.
std::function<void(std::size_t, std::size_t)> progress_to_terminal() {
  if (isatty(STDERR_FILENO) == 0) {
    return {};
  }
  return [](std::size_t done, std::size_t all) {
    std::cerr << "\rprobed " << done << " of " << all << (done == all ? "\r\033[K" : "")
              << std::flush;
  };
}

}  // namespace

int run_check(const CheckOptions& options) {
  auto config = config_for(options);
  if (!config) {
    return usage_error(config.error());
  }
  Config wanted = std::move(config).value();
  if (const auto error = restrict(options, wanted)) {
    return usage_error(*error);
  }
  auto baseline =
      options.baseline.empty() ? Result<Baseline>{Baseline{}} : read_baseline(options.baseline);
  if (!baseline) {
    return usage_error(baseline.error());
  }
  ServiceEnvironment environment{.now = [] { return std::chrono::system_clock::now(); }};
  if (reads_standard_input(wanted)) {
    environment.standard_input = standard_input(wanted.limits);
  }
  RuntimeMetrics metrics;
  Service service{std::move(wanted), std::move(environment), metrics};
  const auto snapshot = service.evaluate_after_probing(progress_to_terminal());
  // Points into the snapshot, which therefore outlives it.
  KnownFindings known = known_findings(*snapshot, std::move(baseline).value());
  if (const auto error = report(*snapshot, options, known.share, metrics)) {
    return usage_error(*error);
  }
  return exit_code_of(*snapshot, {.fail_on = options.fail_on,
                                  .allow_unknown = options.allow_unknown,
                                  .known = std::move(known.findings)});
}

}  // namespace compliance
