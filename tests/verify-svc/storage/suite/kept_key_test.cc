#include "verify-svc/storage/kept_key.h"

#include "tests/verify-svc/storage/suite/fixture.h"

namespace limpid::verify {
namespace {

using KeptKeys = StorageTest;

TEST_F(KeptKeys, AreMadeOnceAndStayTheSame) {
  const auto first = KeptKey(*database_, call_, "numbers", SecureRandom());
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_GE(first->size(), 40U);
  EXPECT_EQ(KeptKey(*database_, call_, "numbers", SecureRandom()).value(), *first);
  EXPECT_NE(KeptKey(*database_, call_, "other", SecureRandom()).value(), *first);
}

}  // namespace
}  // namespace limpid::verify
