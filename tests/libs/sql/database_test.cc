#include "libs/sql/database.h"

#include <gmock/gmock.h>

#include "libs/base/error.h"

namespace limpid::sql {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Database, AnUnknownUrlIsRefusedWithoutRepeatingIt) {
  for (const char* url : {"", "sqlite:", "mysql://limpid:hunter2@host/db", "postgres:hunter2"}) {
    const absl::Status status = Database::Open(url, {}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << url;
    EXPECT_THAT(status.ToString(), Not(HasSubstr("hunter2")));
  }
}

TEST(Database, ASchemaIsAPlainName) {
  for (const char* schema : {"", "Contact", "a b", "a\"; DROP", "1a"}) {
    EXPECT_EQ(Database::Open("postgres://h/d", {.schema = schema}).status().code(),
              absl::StatusCode::kInvalidArgument)
        << schema;
  }
}

}  // namespace
}  // namespace limpid::sql
