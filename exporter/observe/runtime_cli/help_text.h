// Parses the help text of the runtime CLI, `caracal --help`, into its list of commands.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "checks/facts/runtime_cli.h"
#include "exporter/observe/source_text.h"

namespace compliance::runtime_cli {

// Reads both shapes of the help text (FACTS.md 11.3), with or without ANSI colours. Only the words
// of commands and headings become facts: summaries name words that are no commands (FACTS.md T84).
// Text that does not hold the line `caracal <command> [options]`, holds an error message or lists
// no command is a fault, unexpected_response (T85).
ParseResult<RuntimeCli> parse_help_text(const SourceText& help);

}  // namespace compliance::runtime_cli
