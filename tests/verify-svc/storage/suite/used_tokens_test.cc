#include <future>

#include "libs/testing/fake_clock.h"
#include "tests/verify-svc/storage/suite/fixture.h"
#include "verify-svc/storage/sql_used_tokens.h"

namespace limpid::verify {
namespace {

class UsedTokenStorage : public StorageTest {
 protected:
  bool Use(const char* id, sql::Database& database) {
    std::promise<bool> first;
    SqlUsedTokens(database, clock_).Use(id, clock_.Now() + absl::Hours(1), [&](absl::StatusOr<bool> used) {
      first.set_value(*used);
    });
    return first.get_future().get();
  }
  testing::FakeClock clock_;
};

TEST_F(UsedTokenStorage, KnowsAUsedTokenAgainInEveryReplica) {
  EXPECT_TRUE(Use("a", *database_));
  EXPECT_FALSE(Use("a", *database_));
  if (const auto replica = OpenReplica(); replica != nullptr) {
    EXPECT_FALSE(Use("a", *replica));
    EXPECT_TRUE(Use("b", *replica));
  }
}

TEST_F(UsedTokenStorage, ForgetsWhatHasExpired) {
  EXPECT_TRUE(Use("a", *database_));
  clock_.Advance(absl::Hours(2));
  EXPECT_TRUE(Use("b", *database_));
  const absl::Status status = database_->Read(Call(), [](sql::Session& session) {
    const auto rows = session.Query("SELECT id FROM used_callbacks");
    if (!rows.ok()) return rows.status();
    EXPECT_EQ(rows->size(), 1U);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

}  // namespace
}  // namespace limpid::verify
