// `caracal --help` -> list of commands.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "checks/facts/runtime_cli.h"
#include "exporter/observe/source_text.h"

namespace compliance::runtime_cli {

// Reads both shapes of the help text (facts 11.3), with or without ANSI colours. Text that does
// not hold the line `caracal <command> [options]` is a fault, unexpected_response.
ParseResult<RuntimeCli> parse_help_text(const SourceText& help);

}  // namespace compliance::runtime_cli
