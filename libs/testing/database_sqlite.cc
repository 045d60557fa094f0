#include "libs/testing/database.h"

namespace limpid::testing {

std::unique_ptr<TestDatabase> FreshDatabase() { return FreshSqlite(); }

}  // namespace limpid::testing
