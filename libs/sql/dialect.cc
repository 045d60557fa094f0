#include "libs/sql/dialect.h"

#include <array>

#include "libs/base/strings.h"

namespace limpid::sql {
namespace {

struct Word {
  std::string_view word;
  std::string_view sqlite;
  std::string_view postgres;
};

constexpr std::array kWords = {
    Word{"{text}", "TEXT", "TEXT COLLATE \"C\""},
    Word{"{blob}", "BLOB", "BYTEA"},
    Word{"{identity}", "INTEGER PRIMARY KEY AUTOINCREMENT",
         "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"},
    Word{"{without_rowid}", "WITHOUT ROWID", ""},
    Word{"{for_update}", "", "FOR UPDATE"},
    Word{"{skip_locked}", "", "FOR UPDATE SKIP LOCKED"},
};

const Word* WordAt(std::string_view sql) {
  for (const Word& word : kWords) {
    if (sql.starts_with(word.word)) return &word;
  }
  return nullptr;
}

// How much of `sql` is quoted text, a quoted name or a comment that begins here; 0 when none does.
size_t QuotedLength(std::string_view sql) {
  size_t end = std::string_view::npos;
  if (sql.starts_with("--")) {
    end = sql.find('\n');
  } else if (sql.front() == '\'' || sql.front() == '"') {
    end = sql.find(sql.front(), 1);
  } else {
    return 0;
  }
  return end == std::string_view::npos ? sql.size() : end + 1;
}

}  // namespace

std::string Dialect::Translate(std::string_view sql) const {
  std::string out;
  out.reserve(sql.size() + 32);
  int arguments = 0;
  while (!sql.empty()) {
    size_t taken = 1;
    if (const size_t quoted = QuotedLength(sql); quoted > 0) {
      out.append(sql.substr(0, quoted));
      taken = quoted;
    } else if (sql.front() == '?' && backend == Backend::kPostgres) {
      StrAppend(out, "$", ++arguments);
    } else if (const Word* word = sql.front() == '{' ? WordAt(sql) : nullptr) {
      out.append(backend == Backend::kSqlite ? word->sqlite : word->postgres);
      taken = word->word.size();
    } else {
      out.push_back(sql.front());
    }
    sql.remove_prefix(taken);
  }
  return out;
}

const Dialect& SqliteDialect() {
  static constexpr Dialect kDialect{Backend::kSqlite, "sqlite"};
  return kDialect;
}

const Dialect& PostgresDialect() {
  static constexpr Dialect kDialect{Backend::kPostgres, "postgres"};
  return kDialect;
}

}  // namespace limpid::sql
