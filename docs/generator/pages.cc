#include "docs/generator/pages.h"

#include "libs/base/strings.h"

namespace limpid::docs {

const std::vector<Page>& Pages() {
  static const auto& pages = *new std::vector<Page>{
      {"errors.md", ErrorsPage}, {"settings.md", SettingsPage}, {"verdicts.md", VerdictsPage}};
  return pages;
}

std::string PageHead(std::string_view title, std::string_view source) {
  return StrCat("# ", title, "\n<!-- Made by scripts/reference from ", source, ": change it there. -->\n");
}

}  // namespace limpid::docs
