// Entry point: everything happens in the library, so that tests can link it.
#include <cstdio>
#include <exception>

#include "exporter/commands/command_line.h"

// The one place that catches what nothing below expected: exit code 2, as for wrong usage, since no
// verdict was reached. Pipelines must not take it for a failing check.
int main(int argc, char** argv) {
  try {
    return compliance::run_command_line(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "caracal-compliance-exporter: internal error: %s\n", error.what());
    return 2;
  }
}
