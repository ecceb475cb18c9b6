// Entry point: everything happens in the library, so that tests can link it.
#include <exception>
#include <iostream>

#include "exporter/commands/command_line.h"

// The one place that catches what nothing below expected: exit code 2, as for wrong usage, since no
// verdict was reached. Pipelines must not take it for a failing check.
int main(int argc, char** argv) {
  try {
    return compliance::run_command_line(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "caracal-compliance-exporter: internal error: " << error.what() << '\n';
    return 2;
  }
}
