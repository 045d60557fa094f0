#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The pages of docs/reference: what the code holds as a table is told there, and made from it. Each function
/// gives the whole page as Markdown, and the same text for the same code.
namespace limpid::docs {

/// Every setting of every process.
std::string SettingsPage();
/// Every reason of an error, with its code and HTTP status.
std::string ErrorsPage();
/// Every word of a verdict on an e-mail or a phone number, and how an e-mail's score is made.
std::string VerdictsPage();

struct Page {
  std::string_view file;  ///< Within docs/reference.
  std::string (*text)();
};
const std::vector<Page>& Pages();

/// What each page begins with: its title, and that it is made.
std::string PageHead(std::string_view title, std::string_view source);

}  // namespace limpid::docs
