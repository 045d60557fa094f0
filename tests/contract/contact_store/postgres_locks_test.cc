#include <thread>

#include "libs/sql/database.h"
#include "tests/contract/contact_store/fixture.h"

namespace limpid::contact {
namespace {

using ::testing::SizeIs;

// What several writes of one PostgreSQL wait for. SQLite has one writer.
class Locks : public ContactStoreTest {
 protected:
  Locks() {
    auto opened = sql::Database::Open(place_->url(), {.schema = place_->schema()});
    EXPECT_TRUE(opened.ok()) << opened.status();
    looking_on_ = *std::move(opened);
  }

  // Until that many sessions wait for locks of others.
  void AwaitWaiters(int64_t wanted) {
    for (int64_t waiters = 0; waiters < wanted;) {
      const absl::Status status = looking_on_->Read(call_, [&](sql::Session& session) {
        const auto rows = session.Query(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0");
        if (rows.ok()) waiters = rows->front().Int(0);
        return rows.status();
      });
      ASSERT_TRUE(status.ok()) << status;
    }
  }

  std::unique_ptr<sql::Database> looking_on_;
};

TEST_F(Locks, ACaptureTakesTheContactsThatItFindsInOneOrderAndWaitsForTheFirstHoldingNone) {
  const Contact jean = Create(Person("Jean", "Dupont", "jean@example.org", "0612345678"));
  Create(Person("Anne", "Martin", "anne@example.org", "0698765432"));
  std::jthread capture;
  const absl::Status status = store_->Write(call_, [&](ContactWriter& writer) {
    if (const auto found = writer.Find(jean.id); !found.ok()) return found.status();
    capture = std::jthread([this] {
      // Its address leads to Anne, its number to Jean.
      const auto recorded = Capture(Person("Paul", "Petit", "anne@example.org", "0612345678"));
      EXPECT_TRUE(recorded.ok()) << recorded.status();
    });
    AwaitWaiters(1);
    // Anne is free: whoever has Jean may have her, too.
    return looking_on_->Write(call_, [&](sql::Session& session) {
      return session.Execute("SELECT 1 FROM contacts WHERE id <> ? FOR UPDATE NOWAIT", jean.id.value())
          .status();
    });
  });
  EXPECT_TRUE(status.ok()) << status;
  capture.join();
  EXPECT_THAT(Held(), SizeIs(1));
}

TEST_F(Locks, ARepeatUnderOneKeyThatAnotherReplicaGetsMeanwhileWaitsAndGetsTheSameAnswer) {
  auto replica = SqlContactStore::Open(place_->url(), {.schema = place_->schema()});
  ASSERT_TRUE(replica.ok()) << replica.status();
  ContactCases its_cases(Parts{**replica, TestForms(), clock_, SecureRandom()});
  const auto capture = [this](ContactCases& cases, std::string check) {
    return cases.record_capture.Run(
        Keyed("key"), {.contact = Person("Jean", "Dupont", "jean@example.org"), .check = std::move(check)});
  };
  // Whom the first finds by his address is held fast, until the repeat waits for the first.
  Contact jean = Create(Person("Jean", "Dupont", "jean@example.org"));
  absl::StatusOr<RecordedCapture> first;
  absl::StatusOr<RecordedCapture> repeat;
  std::jthread first_call;
  std::jthread repeated_call;
  const absl::Status status = store_->Write(call_, [&](ContactWriter& writer) {
    if (const auto found = writer.Find(jean.id); !found.ok()) return found.status();
    first_call = std::jthread([&] { first = capture(*cases_, "first"); });
    AwaitWaiters(1);
    repeated_call = std::jthread([&] { repeat = capture(its_cases, "repeat"); });
    AwaitWaiters(2);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  first_call.join();
  repeated_call.join();
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_TRUE(repeat.ok()) << repeat.status();
  EXPECT_EQ(first->check, "first");
  EXPECT_EQ(repeat->check, "first");
  EXPECT_EQ(repeat->contact, first->contact);
  EXPECT_THAT(All(), SizeIs(1));
}

TEST_F(Locks, ACaptureThatWaitedForAContactDoesNotFindItUnderAKeyThatItHasLost) {
  const Contact jean = Create(Person("Jean", "Dupont", "jean@example.org", "0612345678"));
  std::jthread capture;
  const absl::Status status = store_->Write(call_, [&](ContactWriter& writer) {
    const auto found = writer.Find(jean.id);
    if (!found.ok()) return found.status();
    capture = std::jthread([this] {
      const auto recorded = Capture(Person("Jean", "Dupont", "jean@example.org"));
      ASSERT_TRUE(recorded.ok()) << recorded.status();
      EXPECT_EQ(recorded->outcome, CaptureOutcome::kCreated);
    });
    AwaitWaiters(1);
    Contact changed = **found;
    changed.emails.clear();
    ++changed.version;
    return writer.Replace(**found, changed);
  });
  EXPECT_TRUE(status.ok()) << status;
  capture.join();
  EXPECT_THAT(All(), SizeIs(2));
}

}  // namespace
}  // namespace limpid::contact
