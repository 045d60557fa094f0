#include "gateway/identity/change_follower.h"

#include <chrono>
#include <future>
#include <memory>
#include <thread>

#include <gmock/gmock.h>

#include "gateway/identity/sha256_secret_mint.h"
#include "tests/gateway/identity_fixture.h"

namespace limpid::gateway {
namespace {

class ChangeFollowerTest : public IdentityTest {
 protected:
  /// Waits until the executor has done what it was given so far.
  void Settle() {
    std::promise<void> done;
    ASSERT_TRUE(executor_->Submit([&done] { done.set_value(); }).ok());
    done.get_future().wait();
  }
  void Remember() {
    CachedKey key;
    key.identity = std::make_shared<const Identity>();
    cache_.Put(secret_, key, cache_.Generation());
  }
  bool Remembers() { return cache_.Find(secret_).has_value(); }

  const SecretHash secret_ = HashSecret("secret");
  KeyCache cache_{{}};
  std::unique_ptr<Executor> executor_ =
      std::make_unique<Executor>(Executor::Options{.name = "identity", .threads = 1});
};

TEST_F(ChangeFollowerTest, EmptiesTheCacheAfterAWriteOfSomebodyElse) {
  ChangeFollower follower(*store_, cache_, *executor_, database_->commits());
  Remember();
  NewKey();  // by a store that does not know this cache
  // The database speaks up once it has answered the writer: the news may still be on its way.
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (Remembers() && std::chrono::steady_clock::now() < give_up) std::this_thread::yield();
  EXPECT_FALSE(Remembers());
  executor_->Shutdown();
}

TEST_F(ChangeFollowerTest, LeavesTheCacheAloneWhenNothingWasWritten) {
  sql::CommitSignal signal;
  ChangeFollower follower(*store_, cache_, *executor_, signal);
  signal.Notify();
  Settle();
  Remember();  // the first look only learnt where the store stands
  signal.Notify();
  Settle();
  EXPECT_TRUE(Remembers());
  executor_->Shutdown();
  signal.Notify();  // refused by the executor, and of no harm
  EXPECT_TRUE(Remembers());
}

TEST_F(ChangeFollowerTest, MayEndWhileItsQuestionWaits) {
  sql::CommitSignal signal;
  Mutex gate;
  gate.lock();
  ASSERT_TRUE(executor_->Submit([&gate] { MutexLock lock(gate); }).ok());
  auto follower = std::make_unique<ChangeFollower>(*store_, cache_, *executor_, signal);
  signal.Notify();
  follower.reset();
  gate.unlock();
  executor_->Shutdown();
  EXPECT_EQ(cache_.Generation(), 0u);
}

}  // namespace
}  // namespace limpid::gateway
