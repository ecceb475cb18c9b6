// Expands backslash escapes in double-quoted values of env files, and splits commands into words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace compliance::compose {

// \a \b \f \n \r \t \v \\ \" and \0 with three octal digits become what they stand for, \$ becomes
// $$ for the interpolation that follows; any other backslash stays.
std::string expand_escapes(std::string_view text);

// The words of a command that is written as one text: quotes and backslashes as in a shell, nothing
// is expanded. The command ends before an unquoted ; & | < or >. Nothing when a quote is never
// closed. Nothing is run.
std::optional<std::vector<std::string>> split_command(std::string_view text);

}  // namespace compliance::compose
