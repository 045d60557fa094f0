#include "libs/base/outstanding.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

namespace limpid {
namespace {

TEST(Outstanding, EndsAfterTheLastToken) {
  std::atomic<bool> called_back = false;
  std::thread other;
  {
    Outstanding outstanding;
    Outstanding::Token token = outstanding.Begin();
    other = std::thread([&called_back, token = std::move(token)]() mutable {
      called_back = true;
      token.reset();
    });
  }
  EXPECT_TRUE(called_back);
  other.join();
}

TEST(Outstanding, EndsAtOnceWhenNothingIsUnderWay) {
  Outstanding outstanding;
  outstanding.Begin().reset();
}

}  // namespace
}  // namespace limpid
