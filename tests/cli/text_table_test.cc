#include "cli/text_table.h"

#include <gmock/gmock.h>

namespace limpid::cli {
namespace {

using Align = TextTable::Align;

TEST(TextTable, AlignsItsColumns) {
  TextTable table({Align::kLeft, Align::kRight, Align::kLeft});
  table.AddRow({"valid", "1,234", "yes"});
  table.AddRow({"à côté", "7", ""});
  EXPECT_EQ(table.Render(2), "  valid   1,234  yes\n  à côté      7\n");
}

TEST(TextTable, IsEmptyWithoutRows) { EXPECT_EQ(TextTable({Align::kLeft}).Render(), ""); }

TEST(Numbers, AreReadable) {
  EXPECT_EQ(WithThousands(0), "0");
  EXPECT_EQ(WithThousands(999), "999");
  EXPECT_EQ(WithThousands(1000), "1,000");
  EXPECT_EQ(WithThousands(1234567), "1,234,567");
  EXPECT_EQ(Percent(1, 8), "12.5 %");
  EXPECT_EQ(Percent(1, 0), "");
}

}  // namespace
}  // namespace limpid::cli
