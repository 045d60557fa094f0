#include "libs/quality/phone/prefix_table.h"

#include <gmock/gmock.h>

namespace limpid::quality {
namespace {

PrefixTable Table() {
  return PrefixTable::Parse("table",
                            "# comment\n"
                            "1\tAmerica\n"
                            "2\t-\n"
                            "336\tOrange\n"
                            "3361\tSFR\n"
                            "3362\tOrange\n"
                            "337\t-\n"
                            "33701234567\tOne number\n"
                            "33701234568\t-\n")
      .value();
}

TEST(PrefixTable, NamesTheRangeThatHoldsTheNumber) {
  const PrefixTable table = Table();
  EXPECT_EQ(table.Find(33, "612345678"), "SFR");
  EXPECT_EQ(table.Find(33, "622345678"), "Orange");
  EXPECT_EQ(table.Find(33, "600000000"), "Orange");
  EXPECT_EQ(table.Find(33, "699999999"), "Orange");
  EXPECT_EQ(table.Find(33, "701234567"), "One number");
  EXPECT_EQ(table.Find(33, "701234568"), "");
  EXPECT_EQ(table.Find(33, "142685300"), "") << "before the first range of the country";
  EXPECT_EQ(table.Find(1, "4155552671"), "America");
  EXPECT_EQ(table.Find(999, "12345678"), "");
}

TEST(PrefixTable, ReadsAnyLength) {
  const PrefixTable table = Table();
  EXPECT_EQ(table.Find(33, ""), "");
  EXPECT_EQ(table.Find(1, ""), "America");
  EXPECT_EQ(table.Find(33, "612345678901234567"), "SFR");
  EXPECT_EQ(PrefixTable().Find(33, "612345678"), "");
}

TEST(PrefixTable, HoldsEachNameOnce) {
  EXPECT_THAT(Table().Names(), ::testing::UnorderedElementsAre("", "America", "Orange", "SFR", "One number"));
}

TEST(PrefixTable, NamesTheLineThatItCannotRead) {
  for (const char* text :
       {"33\n", "33a\tx\n", "\tx\n", "34\tx\n33\ty\n", "33\tx\n33\ty\n", "1234567890123456\tx\n"}) {
    EXPECT_FALSE(PrefixTable::Parse("table", text).ok()) << text;
  }
}

}  // namespace
}  // namespace limpid::quality
