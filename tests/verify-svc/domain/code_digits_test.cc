#include "verify-svc/domain/code_digits.h"

#include <array>
#include <vector>

#include <gmock/gmock.h>

namespace limpid::verify {
namespace {

using Bytes = std::vector<uint8_t>;

TEST(CodeDigits, AreSixWhateverTheNumber) {
  EXPECT_EQ(CodeFrom(Bytes{0, 0, 0, 0}), "000000");
  EXPECT_EQ(CodeFrom(Bytes{0, 0, 0, 7}), "000007");
  EXPECT_EQ(CodeFrom(Bytes{0, 0x0f, 0x42, 0x3f}), "999999");
  EXPECT_EQ(CodeFrom(Bytes{0, 0x0f, 0x42, 0x40}), "000000");
}

// 4,294,000,000 is the last whole multiple of a million in 32 bits: 967,296 numbers above it would make the
// codes below 967,296 likelier than the rest.
TEST(CodeDigits, PassOverWhatWouldMakeSomeCodesLikelier) {
  EXPECT_EQ(CodeFrom(Bytes{0xff, 0xf1, 0x3d, 0x7f}), "999999") << "4,293,999,999";
  EXPECT_EQ(CodeFrom(Bytes{0xff, 0xf1, 0x3d, 0x80, 0, 0, 0, 42}), "000042") << "4,294,000,000";
  EXPECT_EQ(CodeFrom(Bytes{0xff, 0xff, 0xff, 0xff, 0, 0, 0, 42}), "000042");
  EXPECT_EQ(CodeFrom(Bytes{0xff, 0xff, 0xff, 0xff, 0, 0, 0}), std::nullopt);
  EXPECT_EQ(CodeFrom(Bytes{}), std::nullopt);
}

}  // namespace
}  // namespace limpid::verify
