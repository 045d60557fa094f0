#include <cstdint>
#include <limits>
#include <vector>

#include "libs/base/error.h"
#include "tests/libs/sql/suite/fixture.h"

namespace limpid::sql {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Statements : public SqlTest {};

TEST_F(Statements, EveryKindOfValueIsReadBackAsItWasWritten) {
  ASSERT_TRUE(Script("CREATE TABLE kinds (i BIGINT, d DOUBLE PRECISION, t {text}, b {blob})").ok());
  const std::string bytes("\0\xff\x01", 3);
  const absl::Time time = absl::FromUnixMicros(1'700'000'000'123'456);
  ASSERT_TRUE(
      database_
          ->Write(call_,
                  [&](Session& session) {
                    const std::string_view insert = "INSERT INTO kinds (i, d, t, b) VALUES (?, ?, ?, ?)";
                    const std::vector<BoundStatement> rows = {
                        Bind(insert, std::numeric_limits<int64_t>::min(), 0.1, "Zoë 🙂", Blob{bytes}),
                        Bind(insert, time, -1e300, "", Blob{""}),
                        Bind(insert, std::nullopt, std::optional<double>(), std::optional<std::string>(),
                             Value())};
                    return session.Batch(rows).status();
                  })
          .ok());
  ASSERT_TRUE(database_
                  ->Read(call_,
                         [&](Session& session) {
                           const auto rows = session.Query("SELECT i, d, t, b FROM kinds ORDER BY t");
                           if (!rows.ok()) return rows.status();
                           const Row empty = (*rows)[OnSqlite() ? 1 : 0];
                           const Row full = (*rows)[OnSqlite() ? 2 : 1];
                           const Row null = (*rows)[OnSqlite() ? 0 : 2];
                           EXPECT_EQ(full.Int(0), std::numeric_limits<int64_t>::min());
                           EXPECT_EQ(full.Double(1), 0.1);
                           EXPECT_EQ(full.Text(2), "Zoë 🙂");
                           EXPECT_EQ(full.Text(3), bytes);
                           EXPECT_EQ(empty.Time(0), time);
                           EXPECT_EQ(empty.Double(1), -1e300);
                           EXPECT_FALSE(empty.IsNull(2));
                           EXPECT_EQ(empty.Text(2), "");
                           EXPECT_FALSE(empty.IsNull(3));
                           for (size_t column = 0; column < 4; ++column) EXPECT_TRUE(null.IsNull(column));
                           EXPECT_EQ(null.Int(0), 0);
                           EXPECT_EQ(null.Text(2), "");
                           return absl::OkStatus();
                         })
                  .ok());
}

TEST_F(Statements, TextIsOrderedByItsBytes) {
  for (const char* name : {"b", "B", "a", "é"}) ASSERT_TRUE(Put(name, 1).ok());
  std::string order;
  ASSERT_TRUE(database_
                  ->Read(call_,
                         [&](Session& session) {
                           const auto rows = session.Query("SELECT name FROM pairs ORDER BY name");
                           if (!rows.ok()) return rows.status();
                           for (const Row row : *rows) order += row.Text(0);
                           return absl::OkStatus();
                         })
                  .ok());
  EXPECT_EQ(order, "Babé");
}

TEST_F(Statements, ATakenUniqueValueIsToldWithoutTheValue) {
  ASSERT_TRUE(Put("jean@example.org", 1).ok());
  const absl::Status again = Put("jean@example.org", 2);
  EXPECT_EQ(again.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ReasonOf(again), "ALREADY_EXISTS");
  EXPECT_THAT(again.ToString(), Not(HasSubstr("jean")));
}

TEST_F(Statements, ErrorsHoldNoArgument) {
  const absl::Status status = database_->Write(call_, [](Session& session) {
    return session.Execute("INSERT INTO pairs (name, number) VALUES (?, ?)", Value(), "jean@example.org")
        .status();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(status.ToString(), Not(HasSubstr("jean")));
}

TEST_F(Statements, AFaultInTheStatementNamesWhatIsWrong) {
  const absl::Status status = database_->Read(
      call_, [](Session& session) { return session.Query("SELECT * FROM nowhere").status(); });
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(status.message()), HasSubstr("nowhere"));
}

TEST_F(Statements, TooFewArgumentsAreAnError) {
  const absl::Status status = database_->Read(call_, [](Session& session) {
    return session.Query("SELECT number FROM pairs WHERE name = ?").status();
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
}

TEST_F(Statements, AStatementIsPreparedAgainAfterItFailed) {
  const auto count = [&] {
    return database_->Read(call_,
                           [](Session& session) { return session.Query("SELECT 1 FROM later").status(); });
  };
  EXPECT_EQ(count().code(), absl::StatusCode::kInternal);
  ASSERT_TRUE(Script("CREATE TABLE later (x BIGINT)").ok());
  EXPECT_TRUE(count().ok());
}

TEST_F(Statements, ExecuteAnswersHowManyRowsWereTouched) {
  ASSERT_TRUE(Put("a", 1).ok());
  ASSERT_TRUE(Put("b", 2).ok());
  const absl::Status status = database_->Write(call_, [](Session& session) {
    EXPECT_EQ(*session.Execute("UPDATE pairs SET number = 5"), 2);
    EXPECT_EQ(*session.Execute("UPDATE pairs SET number = 6 WHERE name = ?", "c"), 0);
    EXPECT_EQ(*session.Execute("INSERT INTO pairs (name) VALUES (?) ON CONFLICT DO NOTHING", "a"), 0);
    EXPECT_EQ(session.Query("SELECT name FROM pairs")->changed(), 0);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok());
}

TEST_F(Statements, ABatchAnswersInOrder) {
  ASSERT_TRUE(Put("a", 1).ok());
  ASSERT_TRUE(Put("b", 2).ok());
  const absl::Status status = database_->Read(call_, [](Session& session) {
    const std::string_view query = "SELECT number FROM pairs WHERE name = ?";
    const std::vector<BoundStatement> batch = {Bind(query, "b"), Bind(query, "none"), Bind(query, "a")};
    const auto answers = session.Batch(batch);
    if (!answers.ok()) return answers.status();
    EXPECT_EQ(answers->size(), 3u);
    EXPECT_EQ((*answers)[0].front().Int(0), 2);
    EXPECT_TRUE((*answers)[1].empty());
    EXPECT_EQ((*answers)[2].front().Int(0), 1);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(Statements, ABatchLargerThanTheSocketsBuffersEnds) {
  const std::string large(1 << 20, 'x');
  const absl::Status status = database_->Read(call_, [&](Session& session) {
    const std::vector<BoundStatement> batch(16, Bind("SELECT CAST(? AS TEXT)", large));
    const auto answers = session.Batch(batch);
    if (!answers.ok()) return answers.status();
    EXPECT_EQ(answers->back().front().Text(0), large);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(Statements, MoreTextsThanAreKeptPreparedWork) {
  const absl::Status status = database_->Read(call_, [](Session& session) {
    for (int i = 0; i < 1100; ++i) {
      const auto rows = session.Query("SELECT CAST(? AS BIGINT) + " + std::to_string(i), 1);
      if (!rows.ok()) return rows.status();
      EXPECT_EQ(rows->front().Int(0), i + 1);
    }
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

}  // namespace
}  // namespace limpid::sql
