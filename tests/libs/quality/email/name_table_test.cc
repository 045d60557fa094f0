#include "libs/quality/email/name_table.h"

#include <gmock/gmock.h>

#include "libs/base/strings.h"

namespace limpid::quality {
namespace {

constexpr uint16_t kOne = 1;
constexpr uint16_t kTwo = 2;

TEST(NameTable, FindsWhatWasMarkedAndNothingElse) {
  NameTableBuilder builder(2);
  for (int i = 0; i < 1000; ++i) builder.Mark(StrCat("d", i, ".example.org"), kOne);
  builder.Mark("d7.example.org", kTwo);
  EXPECT_EQ(builder.size(), 1000u);
  EXPECT_EQ(builder.View().Find("d7.example.org"), kOne | kTwo);
  EXPECT_EQ(builder.View().Find("d999.example.org"), kOne);
  EXPECT_EQ(builder.View().Find("d1000.example.org"), 0);
  EXPECT_EQ(builder.View().Find("example.org"), 0);
  EXPECT_EQ(builder.View().Find(""), 0);
  builder.Unmark("d7.example.org", kTwo);
  builder.Unmark("absent.org", kTwo);
  EXPECT_EQ(builder.View().Find("d7.example.org"), kOne);
}

TEST(NameTable, LeavesOutWhatIsNoName) {
  NameTableBuilder builder;
  builder.Mark("", kOne);
  builder.Mark(std::string(254, 'a'), kOne);
  EXPECT_EQ(builder.size(), 0u);
  builder.Mark(std::string(253, 'a'), kOne);
  EXPECT_EQ(builder.View().Find(std::string(253, 'a')), kOne);
}

TEST(NameTable, KnowsNothingWhenItIsEmpty) { EXPECT_EQ(NameTable().Find("a.fr"), 0); }

TEST(NameTable, IsSoundOnlyWhenEverySearchEndsInsideIt) {
  const std::string_view names = "abcdef";
  std::vector<NameTable::Slot> slots(8);
  EXPECT_TRUE(NameTable::IsSound(slots, names));
  slots[3] = {.hash = 1, .offset = 4, .size = 2, .marks = 1};
  EXPECT_TRUE(NameTable::IsSound(slots, names));
  slots[3].size = 3;
  EXPECT_FALSE(NameTable::IsSound(slots, names)) << "beyond the names";
  slots[3] = {.hash = 1, .offset = 0xFFFFFFFF, .size = 2, .marks = 1};
  EXPECT_FALSE(NameTable::IsSound(slots, names)) << "far beyond";
  slots.assign(8, {.hash = 1, .offset = 0, .size = 1, .marks = 1});
  EXPECT_FALSE(NameTable::IsSound(slots, names)) << "no free slot";
  slots.back() = {};
  EXPECT_TRUE(NameTable::IsSound(slots, names));
  slots.resize(6);
  EXPECT_FALSE(NameTable::IsSound(slots, names)) << "not a power of two";
  EXPECT_FALSE(NameTable::IsSound({}, names));
}

}  // namespace
}  // namespace limpid::quality
