#include "cli/help.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/text_table.h"

namespace limpid::cli {

int Help(std::span<const std::string> words) {
  if (!words.empty()) {
    const auto it = std::ranges::find(Commands(), words.front(), &Command::name);
    if (it == Commands().end()) return Misused("help", "there is no such subcommand");
    if (it->name != "help") {
      const std::array<std::string, 1> help = {"--help"};
      return it->run(help);
    }
  }
  TextTable table({TextTable::Align::kLeft, TextTable::Align::kLeft});
  for (const Command& command : Commands()) {
    table.AddRow({std::string(command.usage), std::string(command.sentence)});
  }
  std::printf("Limpid keeps customer contact data clean.\n\nusage: limpid COMMAND …\n%s",
              table.Render(2).c_str());
  return kExitOk;
}

}  // namespace limpid::cli
