#include "docs/generator/markdown_table.h"

#include <gmock/gmock.h>

namespace limpid::docs {
namespace {

TEST(MarkdownTable, HasAHeadAndALineForEachRow) {
  MarkdownTable table({"word", "meaning"});
  table.AddRow({Code("ROLE"), "A function."});
  EXPECT_EQ(table.text(),
            "| word | meaning |\n"
            "|---|---|\n"
            "| `ROLE` | A function. |\n");
}

TEST(MarkdownTable, EscapesWhatWouldEndACell) {
  MarkdownTable table({"a|b"});
  EXPECT_EQ(table.text(), "| a\\|b |\n|---|\n");
}

}  // namespace
}  // namespace limpid::docs
