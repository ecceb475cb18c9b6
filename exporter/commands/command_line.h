// Flags, subcommands and exit codes.
#pragma once

namespace compliance {

// Runs the program; the result is its exit code (interface.md, command line).
int run_command_line(int argc, char** argv);

}  // namespace compliance
