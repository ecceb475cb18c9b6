// The command line: flags and subcommands.
#pragma once

namespace compliance {

// Runs the program and returns its exit code.
int run_command_line(int argc, char** argv);

}  // namespace compliance
