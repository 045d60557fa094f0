#include "libs/sql/outbox.h"

#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "libs/base/error.h"
#include "libs/sql/migration.h"
#include "tests/libs/sql/suite/fixture.h"

namespace limpid::sql {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr Migration kOutbox{
    .version = 1, .name = "outbox", .sql = Outbox::kSchema, .postgres_sql = Outbox::kPostgresSchema};

class OutboxOrder : public SqlTest {
 protected:
  OutboxOrder() {
    EXPECT_EQ(Migrate(*database_, call_, {&kOutbox, 1}), absl::OkStatus());
    OpenOutbox();
  }

  void OpenOutbox() {
    auto opened = Outbox::Open(*database_, call_);
    EXPECT_TRUE(opened.ok()) << opened.status();
    outbox_.emplace(*std::move(opened));
  }
  void Append(std::string_view subject, std::string_view tenant = "t", absl::Time time = absl::UnixEpoch()) {
    const OutboxEvent event{.tenant = TenantId(std::string(tenant)),
                            .type = "made",
                            .subject = std::string(subject),
                            .payload = std::string("\0p", 2),
                            .time = time};
    EXPECT_TRUE(
        database_->Write(call_, [&](Session& session) { return outbox_->Append(session, event); }).ok());
  }
  absl::StatusOr<Outbox::Page> Read(std::string_view cursor, Outbox::ReadOptions options = {}) {
    absl::StatusOr<Outbox::Page> page;
    const absl::Status status = database_->Read(call_, [&](Session& session) {
      page = outbox_->Read(session, cursor, options);
      return page.status();
    });
    EXPECT_EQ(status, page.status());
    return page;
  }
  std::vector<std::string> Subjects(std::string_view cursor, Outbox::ReadOptions options = {}) {
    const auto page = Read(cursor, options);
    EXPECT_TRUE(page.ok()) << page.status();
    std::vector<std::string> subjects;
    for (const Outbox::Record& record : page->records) subjects.push_back(record.event.subject);
    return subjects;
  }
  std::string End() {
    std::string cursor;
    const absl::Status status = database_->Read(call_, [&](Session& session) {
      const auto end = outbox_->End(session);
      if (end.ok()) cursor = *end;
      return end.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return cursor;
  }

  std::optional<Outbox> outbox_;
};

TEST_F(OutboxOrder, EventsComeInOrderAndTheCursorResumes) {
  for (const char* subject : {"1", "2", "3"}) Append(subject);
  EXPECT_THAT(Subjects(""), ElementsAre("1", "2", "3"));
  const auto page = Read("", {.limit = 2});
  ASSERT_THAT(page->records, SizeIs(2));
  EXPECT_TRUE(page->more);
  EXPECT_EQ(page->records[0].event.payload, std::string("\0p", 2));
  EXPECT_THAT(Subjects(page->records[0].cursor), ElementsAre("2", "3"));
  EXPECT_THAT(Subjects(page->cursor), ElementsAre("3"));
  const auto rest = Read(page->cursor, {.limit = 2});
  EXPECT_FALSE(rest->more);
  EXPECT_THAT(Subjects(rest->cursor), IsEmpty());
  EXPECT_EQ(Read(rest->cursor)->cursor, rest->cursor);
}

TEST_F(OutboxOrder, ATenantSeesItsOwnAndTheCursorPassesTheOthers) {
  Append("1", "mine");
  Append("2", "theirs");
  const auto page = Read("", {.tenant = TenantId("mine")});
  EXPECT_THAT(page->records, SizeIs(1));
  Append("3", "mine");
  EXPECT_THAT(Subjects(page->cursor), ElementsAre("3"));
}

TEST_F(OutboxOrder, TheEndComesBeforeWhatIsWrittenNext) {
  Append("1");
  const std::string end = End();
  EXPECT_THAT(Subjects(end), IsEmpty());
  Append("2");
  EXPECT_THAT(Subjects(end), ElementsAre("2"));
}

TEST_F(OutboxOrder, TheEndOfAnEmptyOutboxComesBeforeTheFirstEvent) {
  const std::string end = End();
  Append("1");
  EXPECT_THAT(Subjects(end), ElementsAre("1"));
}

TEST_F(OutboxOrder, AnUndoneWriteLeavesNoEvent) {
  const absl::Status status = database_->Write(call_, [&](Session& session) {
    EXPECT_TRUE(outbox_->Append(session, {.tenant = TenantId("t"), .type = "x", .subject = "s"}).ok());
    return Cancelled();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
  EXPECT_THAT(Subjects(""), IsEmpty());
}

TEST_F(OutboxOrder, CursorsOfTrimmedEventsHaveExpired) {
  const absl::Time start = absl::UnixEpoch();
  Append("1", "t", start);
  Append("2", "t", start + absl::Hours(1));
  Append("3", "t", start + absl::Hours(2));
  const auto page = Read("");
  ASSERT_TRUE(database_
                  ->Write(call_,
                          [&](Session& session) {
                            const auto dropped = outbox_->Trim(session, start + absl::Hours(2));
                            EXPECT_EQ(*dropped, 2);
                            return dropped.status();
                          })
                  .ok());
  EXPECT_EQ(ReasonOf(Read(page->records[0].cursor).status()), "CURSOR_EXPIRED");
  EXPECT_THAT(Subjects(page->records[1].cursor), ElementsAre("3"));
  EXPECT_THAT(Subjects(""), ElementsAre("3"));
}

TEST_F(OutboxOrder, WhatIsNoCursorIsRefused) {
  for (const char* cursor : {"x", "--", "a-b-c", "a-1-", "a-1-2x", "a--1-2"}) {
    EXPECT_EQ(Read(cursor).status().code(), absl::StatusCode::kInvalidArgument) << cursor;
  }
  EXPECT_EQ(ReasonOf(Read("0123-1-1").status()), "CURSOR_EXPIRED");
}

TEST_F(OutboxOrder, ACursorFromTheFutureHasExpired) {
  const std::string end = End();
  const std::string epoch = end.substr(0, end.find('-'));
  EXPECT_EQ(ReasonOf(Read(epoch + "-9000000000-9000000000").status()), "CURSOR_EXPIRED");
}

TEST_F(OutboxOrder, CursorsOutliveARestart) {
  Append("1");
  const std::string end = End();
  Append("2");
  Reopen();
  OpenOutbox();
  EXPECT_THAT(Subjects(end), ElementsAre("2"));
}

TEST_F(OutboxOrder, AFollowerMissesNothingOfManyWritersAndSeesNothingTwice) {
  constexpr int kWriters = 4;
  constexpr int kEach = 50;
  std::vector<std::jthread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([this, writer] {
      for (int i = 0; i < kEach; ++i) Append(std::to_string(writer * kEach + i));
    });
  }
  std::set<std::string> seen;
  std::string cursor;
  while (seen.size() < kWriters * kEach) {
    const auto page = Read(cursor, {.limit = 7});
    ASSERT_TRUE(page.ok()) << page.status();
    for (const Outbox::Record& record : page->records) EXPECT_TRUE(seen.insert(record.event.subject).second);
    cursor = page->cursor;
  }
  writers.clear();
  EXPECT_THAT(Subjects(cursor), IsEmpty());
}

}  // namespace
}  // namespace limpid::sql
