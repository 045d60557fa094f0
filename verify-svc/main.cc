#include "libs/service/service_process.h"
#include "verify-svc/settings.h"
#include "verify-svc/wiring.h"

int main(int argc, char** argv) {
  return limpid::RunService({.name = "verify-svc",
                             .summary = "Verdicts on e-mail addresses and phone numbers.",
                             .services = {"verify"},
                             .tables = {limpid::verify::SettingsTable()},
                             .ops_addr = "verify.ops_addr",
                             .build = limpid::verify::Build},
                            {argv + 1, argv + argc});
}
