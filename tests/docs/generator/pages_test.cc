#include "docs/generator/pages.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <gmock/gmock.h>

#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::docs {
namespace {

using ::testing::HasSubstr;

std::string Reference(std::string_view file) { return StrCat(LIMPID_SOURCE_DIR, "/docs/reference/", file); }

std::string ReadFile(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TEST(Pages, WhatIsCheckedInIsWhatTheCodeSays) {
  for (const Page& page : Pages()) {
    // Not EXPECT_EQ: two whole pages in a log help nobody.
    EXPECT_TRUE(ReadFile(Reference(page.file)) == page.text())
        << "docs/reference/" << page.file << " differs from the code: run scripts/reference";
  }
}

TEST(Pages, NothingElseLiesInTheFolder) {
  std::set<std::string> made;
  for (const Page& page : Pages()) made.emplace(page.file);
  for (const auto& entry : std::filesystem::directory_iterator(Reference(""))) {
    EXPECT_TRUE(made.contains(entry.path().filename())) << entry.path();
  }
}

TEST(SettingsPage, GivesNamesBoundsAndDefault) {
  EXPECT_THAT(SettingsPage(), HasSubstr("| `gateway.capture_budget`<br>`LIMPID_GATEWAY_CAPTURE_BUDGET`<br>"
                                        "`--gateway-capture-budget` | time, 1ms to 10s | `800ms` | "));
  EXPECT_THAT(SettingsPage(), HasSubstr("| size, 1KiB to 1GiB | `1MiB` |"));
  EXPECT_THAT(SettingsPage(), HasSubstr("| text; secret |"));
}

TEST(ErrorsPage, GivesTheStatusThatTheDoorGives) {
  EXPECT_THAT(ErrorsPage(), HasSubstr("| `ETAG_STALE` | ABORTED | 412 |"));
  EXPECT_THAT(ErrorsPage(), HasSubstr("| `REQUIRED` | INVALID_ARGUMENT | 400 |"));
  for (const reason::Entry& entry : reason::kAll) {
    EXPECT_THAT(ErrorsPage(), HasSubstr(StrCat("| `", entry.reason, "` |")));
  }
}

TEST(VerdictsPage, TellsStatusAndScore) {
  EXPECT_THAT(VerdictsPage(), HasSubstr("| `DISPOSABLE` | RISKY |"));
  EXPECT_THAT(VerdictsPage(), HasSubstr("| `MAILBOX_EXISTS` | +45 |"));
  EXPECT_THAT(VerdictsPage(), HasSubstr("| `DISPOSABLE` | at most 20 |"));
}

}  // namespace
}  // namespace limpid::docs
