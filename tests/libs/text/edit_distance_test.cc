#include "libs/text/edit_distance.h"

#include <gmock/gmock.h>

namespace limpid::text {
namespace {

TEST(EditDistance, CountsEachKindOfSlipOnce) {
  EXPECT_EQ(EditDistance("gmail", "gmail", 2), 0);
  EXPECT_EQ(EditDistance("gmial", "gmail", 2), 1);
  EXPECT_EQ(EditDistance("gmal", "gmail", 2), 1);
  EXPECT_EQ(EditDistance("gmaill", "gmail", 2), 1);
  EXPECT_EQ(EditDistance("gmaik", "gmail", 2), 1);
  EXPECT_EQ(EditDistance("hotamil", "hotmail", 2), 1);
  EXPECT_EQ(EditDistance("homaill", "hotmail", 2), 2);
}

TEST(EditDistance, StopsAboveTheLimit) {
  EXPECT_EQ(EditDistance("jean", "marie", 2), 3);
  EXPECT_EQ(EditDistance("", "marie", 2), 3);
  EXPECT_EQ(EditDistance("", "", 0), 0);
}

TEST(FindEdit, NamesTheEditAndItsPlace) {
  const auto edit = [](std::string_view from, std::string_view to) {
    const Edit found = FindEdit(from, to);
    return std::pair(found.kind, found.position);
  };
  EXPECT_EQ(FindEdit("gmail", "gmail").kind, EditKind::kNone);
  EXPECT_EQ(edit("gmial", "gmail"), std::pair(EditKind::kSwap, std::size_t{2}));
  EXPECT_EQ(edit("gmal", "gmail"), std::pair(EditKind::kInsert, std::size_t{3}));
  EXPECT_EQ(edit("gmaxil", "gmail"), std::pair(EditKind::kDelete, std::size_t{3}));
  EXPECT_EQ(edit("gmaik", "gmail"), std::pair(EditKind::kSubstitute, std::size_t{4}));
  EXPECT_EQ(edit("", "a"), std::pair(EditKind::kInsert, std::size_t{0}));
  EXPECT_EQ(FindEdit("gmial", "hmail").kind, EditKind::kMany);
}

TEST(FindEdit, PointsAtTheFirstOfARun) {
  EXPECT_EQ(FindEdit("yahooo", "yahoo").position, 3u);
  EXPECT_EQ(FindEdit("yaho", "yahoo").position, 3u);
}

}  // namespace
}  // namespace limpid::text
