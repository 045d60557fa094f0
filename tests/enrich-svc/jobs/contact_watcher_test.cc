#include "enrich-svc/jobs/contact_watcher.h"

#include <atomic>
#include <string>

#include <gmock/gmock.h>

#include "tests/enrich-svc/jobs/await.h"
#include "tests/enrich-svc/jobs/fake_contact_events.h"
#include "tests/enrich-svc/storage/suite/fixture.h"

namespace limpid::enrich {
namespace {

using ::testing::ElementsAre;

class ContactWatcherTest : public StorageTest {
 protected:
  std::unique_ptr<ContactWatcher> NewWatcher(std::string replica) {
    return std::make_unique<ContactWatcher>(
        ContactWatcher::Options{.replica = std::move(replica), .retry_delay = absl::Milliseconds(1)}, events_,
        *runs_, metrics_, [this] { ++recorded_; });
  }
  void Happens(std::string id, std::string type = "limpid.contact.created") {
    events_.Add({.id = std::move(id),
                 .type = std::move(type),
                 .time = now_,
                 .tenant = TenantId("acme"),
                 .contact = ContactId("c1")});
  }
  bool CursorBecomes(const std::string& cursor) {
    return Await([&] {
      const auto now = runs_->Cursor(call_);
      return now.ok() && *now == cursor;
    });
  }
  bool HasRun(const std::string& event) {
    return runs_->Get(call_, RunId(event + "-fill-empty-on-create")).ok();
  }

  FakeContactEvents events_;
  MetricsRegistry metrics_;
  std::atomic<int> recorded_ = 0;
};

TEST_F(ContactWatcherTest, MakesRunsOfNewContactsAndRemembersItsPlace) {
  Happens("e1");
  Happens("e2", "limpid.contact.updated");
  Happens("e3");
  const auto watcher = NewWatcher("r1");
  watcher->Start();
  ASSERT_TRUE(CursorBecomes("3"));
  EXPECT_TRUE(HasRun("e1"));
  EXPECT_FALSE(HasRun("e2"));
  EXPECT_TRUE(HasRun("e3"));
  EXPECT_TRUE(Await([&] { return recorded_ > 0; }));
  EXPECT_THAT(events_.opened(), ElementsAre("0")) << "the first time from the oldest event on";
}

TEST_F(ContactWatcherTest, GoesOnFromItsPlaceWhenTheStreamBreaks) {
  Happens("e1");
  const auto watcher = NewWatcher("r1");
  watcher->Start();
  ASSERT_TRUE(CursorBecomes("1"));
  events_.Break();
  Happens("e2");
  ASSERT_TRUE(CursorBecomes("2"));
  EXPECT_TRUE(HasRun("e2"));
  EXPECT_THAT(events_.opened(), ElementsAre("0", "1"));
}

TEST_F(ContactWatcherTest, GoesOnFromItsPlaceAfterARestart) {
  Happens("e1");
  NewWatcher("r0")->Stop();
  {
    const auto watcher = NewWatcher("r1");
    watcher->Start();
    ASSERT_TRUE(CursorBecomes("1"));
  }
  Happens("e2");
  const auto watcher = NewWatcher("r2");
  watcher->Start();
  ASSERT_TRUE(CursorBecomes("2"));
  EXPECT_THAT(events_.opened(), ElementsAre("0", "1"));
}

TEST_F(ContactWatcherTest, BeginsAtTheOldestEventWhenItsPlaceIsGone) {
  Happens("e1");
  Record({}, "1");
  ASSERT_EQ(runs_->ReleaseWatch(call_, "r1"), absl::OkStatus());
  Happens("e2");
  events_.ExpireCursors();
  const auto watcher = NewWatcher("r2");
  watcher->Start();
  ASSERT_TRUE(CursorBecomes("2"));
  EXPECT_TRUE(HasRun("e1"));
  EXPECT_THAT(events_.opened(), ElementsAre("1", "0"));
  EXPECT_THAT(metrics_.Text(), ::testing::HasSubstr("limpid_enrich_watch_gaps_total 1"));
}

TEST_F(ContactWatcherTest, OneReplicaFollowsAndAnotherTakesOver) {
  const auto first = NewWatcher("r1");
  first->Start();
  Happens("e1");
  ASSERT_TRUE(CursorBecomes("1"));
  const auto second = NewWatcher("r2");
  second->Start();
  Happens("e2");
  ASSERT_TRUE(CursorBecomes("2"));
  EXPECT_EQ(events_.opened().size(), 1U) << "the second waits";
  first->Stop();
  Happens("e3");
  ASSERT_TRUE(CursorBecomes("3"));
  EXPECT_THAT(events_.opened(), ElementsAre("0", "2"));
}

TEST_F(ContactWatcherTest, StopsWhileItWaitsAndWhenItNeverBegan) {
  const auto watcher = NewWatcher("r1");
  watcher->Start();
  ASSERT_TRUE(Await([&] { return !events_.opened().empty(); }));
  watcher->Stop();
  watcher->Stop();
  NewWatcher("r2")->Stop();
  EXPECT_TRUE(*runs_->TakeWatch(call_, LeaseOf("r3"))) << "the lease was given back";
}

}  // namespace
}  // namespace limpid::enrich
