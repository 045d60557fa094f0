#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/help.h"

int main(int argc, char** argv) {
  using namespace limpid::cli;
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) {
    Help({});
    return kExitUsage;
  }
  const std::string name = words.front() == "--help"      ? "help"
                           : words.front() == "--version" ? "version"
                                                          : words.front();
  const auto it = std::ranges::find(Commands(), name, &Command::name);
  if (it == Commands().end()) return Misused("", "there is no such subcommand");
  return it->run(std::span(words).subspan(1));
}
