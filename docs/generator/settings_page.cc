#include <array>
#include <span>

#include "absl/time/time.h"
#include "docs/generator/markdown_table.h"
#include "docs/generator/pages.h"

#include "contact-svc/settings.h"
#include "enrich-svc/settings.h"
#include "gateway/settings.h"
#include "libs/base/settings.h"
#include "libs/base/strings.h"
#include "verify-svc/settings.h"

namespace limpid::docs {
namespace {

struct Section {
  std::string_view title;
  std::span<const SettingSpec> table;
};

std::string_view Kind(SettingType type) {
  switch (type) {
    case SettingType::kText:
      return "text";
    case SettingType::kInteger:
      return "whole number";
    case SettingType::kBoolean:
      return "`true` or `false`";
    case SettingType::kDuration:
      return "time";
    case SettingType::kBytes:
      return "size";
    case SettingType::kAddress:
      return "host:port";
    case SettingType::kList:
      return "list";
  }
  return "";
}

std::string Value(const SettingSpec& spec) {
  std::string value(Kind(spec.type));
  if (const std::string bounds = SettingBounds(spec); !bounds.empty()) StrAppend(value, ", ", bounds);
  if (spec.secret) value += "; secret";
  if (spec.reloadable) value += "; reloaded";
  return value;
}

void AppendSection(const Section& section, std::string& page) {
  MarkdownTable table({"setting", "value", "default", "meaning"});
  for (const SettingSpec& spec : section.table) {
    table.AddRow(
        {StrCat(Code(spec.name), "<br>", Code(EnvironmentName(spec.name)), "<br>", Code(FlagName(spec.name))),
         Value(spec), spec.default_value.empty() ? "" : Code(spec.default_value),
         std::string(spec.sentence)});
  }
  StrAppend(page, "\n## ", section.title, "\n", table.text());
}

}  // namespace

std::string SettingsPage() {
  std::string page = PageHead("Settings", "CommonSettings() and each service's settings.cc");
  page +=
      R"(Each setting has a key in the YAML file, an environment variable and a flag, given in this order. A flag wins
over the environment, that over the file (`--config FILE` or `LIMPID_CONFIG`), that over the default. A name that is not
in the tables of a process, or a value out of bounds, stops its start and is named; in the environment, names for the
suite's other programs are passed over. `limpid serve` reads all tables; a service on its own reads the first and its
own. `--help` shows a process's tables, `--print-settings` what is in force and where it came from.

- **time** and **size** carry their unit: `800ms`, `4s`, `24h`; `64KiB`, `10MiB`.
- **secret**: masked wherever it is shown, and also read from the file that the name with `_file` (`…_FILE`,
  `--…-file`) gives.
- **reloaded**: the files that it names are read again while the process runs. Values themselves change by a restart
  only.
)";
  for (const Section& section :
       {Section{"Every process", CommonSettings()}, Section{"gateway", gateway::SettingsTable()},
        Section{"contact-svc", contact::SettingsTable()}, Section{"verify-svc", verify::SettingsTable()},
        Section{"enrich-svc", enrich::SettingsTable()}}) {
    AppendSection(section, page);
  }
  return page;
}

}  // namespace limpid::docs
