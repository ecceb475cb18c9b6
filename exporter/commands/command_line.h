// The command line: flags and subcommands.
#pragma once

namespace compliance {

// Parses the command line, runs the subcommand and returns its exit code; 2, with one line on
// stderr, for arguments that cannot be understood. --help and --version print and return 0.
int run_command_line(int argc, char** argv);

}  // namespace compliance
