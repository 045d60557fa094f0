#include "libs/sql/dialect.h"

#include <gmock/gmock.h>

namespace limpid::sql {
namespace {

TEST(Dialect, PostgresCountsArguments) {
  EXPECT_EQ(PostgresDialect().Translate("SELECT a FROM t WHERE b = ? AND c = ?"),
            "SELECT a FROM t WHERE b = $1 AND c = $2");
  EXPECT_EQ(SqliteDialect().Translate("b = ?"), "b = ?");
}

TEST(Dialect, QuotedTextNamesAndCommentsAreLeftAlone) {
  const std::string_view sql = "'it''s ? {blob}' \"? {blob}\" -- why? {blob}\n?";
  EXPECT_EQ(PostgresDialect().Translate(sql), "'it''s ? {blob}' \"? {blob}\" -- why? {blob}\n$1");
}

TEST(Dialect, WordsInBracesAreReplaced) {
  EXPECT_EQ(SqliteDialect().Translate("(id {identity}, b {blob}, t {text}) {without_rowid}"),
            "(id INTEGER PRIMARY KEY AUTOINCREMENT, b BLOB, t TEXT) WITHOUT ROWID");
  EXPECT_EQ(PostgresDialect().Translate("(b {blob}, t {text}) {without_rowid}"),
            "(b BYTEA, t TEXT COLLATE \"C\") ");
  EXPECT_EQ(PostgresDialect().Translate("SELECT 1 {for_update}"), "SELECT 1 FOR UPDATE");
  EXPECT_EQ(PostgresDialect().Translate("SELECT 1 {skip_locked}"), "SELECT 1 FOR UPDATE SKIP LOCKED");
  EXPECT_EQ(SqliteDialect().Translate("SELECT 1 {skip_locked}"), "SELECT 1 ");
}

TEST(Dialect, OtherBracesAndOpenQuotesStay) {
  EXPECT_EQ(SqliteDialect().Translate("{other} {"), "{other} {");
  EXPECT_EQ(PostgresDialect().Translate("'open ?"), "'open ?");
}

}  // namespace
}  // namespace limpid::sql
