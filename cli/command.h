#pragma once

#include <span>
#include <string>
#include <string_view>

namespace limpid::cli {

/// A subcommand. `words` are the arguments after its name; the answer is an exit code.
struct Command {
  std::string_view name;
  std::string_view usage;
  std::string_view sentence;
  int (*run)(std::span<const std::string> words);
};

/// All subcommands, in the order of the help.
std::span<const Command> Commands();

/// Says what is wrong with the command line, and where the help is. Returns the exit code.
int Misused(std::string_view command, std::string_view fault);

}  // namespace limpid::cli
