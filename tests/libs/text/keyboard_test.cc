#include "libs/text/keyboard.h"

#include <gmock/gmock.h>

namespace limpid::text {
namespace {

TEST(Keyboard, KnowsTheNeighboursOfEachLayout) {
  EXPECT_TRUE(AreNeighbourKeys('n', 'm'));
  EXPECT_TRUE(AreNeighbourKeys('l', 'k'));
  EXPECT_TRUE(AreNeighbourKeys('o', '0'));
  EXPECT_TRUE(AreNeighbourKeys('a', 'z')) << "AZERTY";
  EXPECT_TRUE(AreNeighbourKeys('q', 'w')) << "QWERTY";
  EXPECT_TRUE(AreNeighbourKeys('t', 'z')) << "QWERTZ";
}

TEST(Keyboard, IsSymmetricAndLeavesTheRestApart) {
  EXPECT_EQ(AreNeighbourKeys('g', 'h'), AreNeighbourKeys('h', 'g'));
  EXPECT_FALSE(AreNeighbourKeys('q', 'p'));
  EXPECT_FALSE(AreNeighbourKeys('a', 'a'));
  EXPECT_FALSE(AreNeighbourKeys('-', 'p'));
  EXPECT_FALSE(AreNeighbourKeys('\xc3', 'p'));
}

}  // namespace
}  // namespace limpid::text
