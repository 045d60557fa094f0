#include "libs/base/trim.h"

#include <gtest/gtest.h>

namespace limpid {
namespace {

TEST(Trim, TakesWhiteSpaceOffBothEnds) {
  EXPECT_EQ(Trim(" \t\r\n\v\fjean  dupont\f\v\n\r\t "), "jean  dupont");
  EXPECT_EQ(Trim("jean"), "jean");
  EXPECT_EQ(Trim(" \n "), "");
  EXPECT_EQ(Trim(""), "");
}

TEST(Trim, LeavesANoBreakSpaceWhichIsNoAscii) { EXPECT_EQ(Trim(" \u00a0x "), "\u00a0x"); }

TEST(Trim, TakesWhatTheCallerDoesNotWant) { EXPECT_EQ(Trim("..a.b-", ".-"), "a.b"); }

}  // namespace
}  // namespace limpid
