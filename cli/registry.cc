#include <array>

#include "cli/call.h"
#include "cli/check.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/keys.h"
#include "cli/serve.h"
#include "cli/version.h"

namespace limpid::cli {
namespace {

constexpr std::array kCommands = {
    Command{"serve", "serve [FLAGS]", "Runs the whole suite in this one process.",
            [](std::span<const std::string> words) {
              return Serve({words.begin(), words.end()});
            }},
    Command{"check", "check FILE.csv | check [--email …] [--phone …]",
            "Puts a file, or one person, through the capture check.", &Check},
    Command{"keys", "keys create | list | get | revoke | rotate", "Hands out and takes back API keys.",
            &Keys},
    Command{"call", "call SERVICE/METHOD ['JSON']", "Calls any method of the API.", &CallAnyMethod},
    Command{"version", "version", "Says which release this is.", &PrintVersion},
    Command{"help", "help [COMMAND]", "Explains a subcommand.", &Help},
};

}  // namespace

std::span<const Command> Commands() { return kCommands; }

}  // namespace limpid::cli
