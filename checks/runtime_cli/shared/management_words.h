// The words of product management, which the runtime CLI must not have. Source: facts 11.4.
#pragma once

#include <string_view>

namespace compliance {

// True for a command that manages the product's content, in singular or plural.
bool is_management_command(std::string_view command);

// True for the headings Admin, Observability and Multi-agent, in any case.
bool is_management_heading(std::string_view heading);

}  // namespace compliance
