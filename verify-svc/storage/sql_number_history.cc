#include "verify-svc/storage/sql_number_history.h"

#include <memory>
#include <utility>

#include "verify-svc/domain/number_record.h"

namespace limpid::verify {
namespace {

constexpr int kMaxEntries = 50;  // Of one number, when they are listed.

bool SameAssignment(const NumberFacts& a, const NumberFacts& b) {
  return a.ported == b.ported && a.carrier_original == b.carrier_original &&
         a.carrier_current == b.carrier_current;
}

absl::Status Put(sql::Session& session, const TenantId& tenant, const std::string& key,
                 const NumberFacts& facts, absl::Time now) {
  const auto latest = session.Query(
      "SELECT since_time, record FROM number_history WHERE tenant = ? AND number = ? "
      "ORDER BY since_time DESC LIMIT 1",
      tenant.value(), key);
  if (!latest.ok()) return latest.status();
  const std::string record = WriteRecord(facts);
  if (!latest->empty()) {
    const sql::Row row = latest->front();
    const std::optional<NumberFacts> known = ReadRecord(row.Text(1));
    if (!known || SameAssignment(*known, facts) || row.Time(0) >= now) {
      return session
          .Execute(
              "UPDATE number_history SET seen_time = ?, record = ? "
              "WHERE tenant = ? AND number = ? AND since_time = ?",
              now, sql::Blob{record}, tenant.value(), key, row.Int(0))
          .status();
    }
  }
  return session
      .Execute(
          "INSERT INTO number_history (tenant, number, since_time, seen_time, record) "
          "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
          tenant.value(), key, now, now, sql::Blob{record})
      .status();
}

}  // namespace

std::string SqlNumberHistory::KeyOf(const TenantId& tenant, std::string_view e164) const {
  return hasher_.Key("number-history", {tenant.value(), e164}).text();
}

absl::StatusOr<std::vector<std::optional<NumberFacts>>> SqlNumberHistory::Read(
    const Call& call, const std::vector<std::string>& e164) {
  std::vector<std::string> keys;
  keys.reserve(e164.size());
  for (const std::string& number : e164) keys.push_back(KeyOf(call.tenant, number));
  std::vector<std::optional<NumberFacts>> known;
  const absl::Status status = database_.Read(call, [&](sql::Session& session) {
    std::vector<sql::BoundStatement> statements;
    statements.reserve(keys.size());
    for (const std::string& key : keys) {
      statements.push_back(
          sql::Bind("SELECT record FROM number_history WHERE tenant = ? AND number = ? "
                    "ORDER BY since_time DESC LIMIT 1",
                    call.tenant.value(), key));
    }
    const auto answers = session.Batch(statements);
    if (!answers.ok()) return answers.status();
    known.clear();
    for (const sql::Rows& rows : *answers) {
      known.push_back(rows.empty() ? std::nullopt : ReadRecord(rows.front().Text(0)));
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return known;
}

void SqlNumberHistory::Recall(const Call& call, std::vector<std::string> e164, OnRecalled recalled) {
  struct Question {
    Call call;
    std::vector<std::string> e164;
    OnRecalled recalled;
  };
  auto question = std::make_shared<Question>(Question{call, std::move(e164), std::move(recalled)});
  const absl::Status admitted = executor_.Submit([this, question] {
    auto known = Read(question->call, question->e164);
    if (!known.ok()) known = std::vector<std::optional<NumberFacts>>(question->e164.size());
    question->recalled(*std::move(known));
  });
  if (!admitted.ok()) {
    question->recalled(std::vector<std::optional<NumberFacts>>(question->e164.size()));
  }
}

void SqlNumberHistory::Keep(const Call& call, std::vector<std::pair<std::string, NumberFacts>> facts) {
  const absl::Time now = clock_.Now();
  for (auto& [number, unused] : facts) number = KeyOf(call.tenant, number);
  // Paid for: kept also when the caller has gone.
  database_.Write(
      Call(),
      [tenant = call.tenant, facts = std::move(facts), now,
       oldest = now - options_.retention](sql::Session& session) -> absl::Status {
        for (const auto& [key, known] : facts) {
          if (absl::Status status = Put(session, tenant, key, known, now); !status.ok()) return status;
        }
        return session.Execute("DELETE FROM number_history WHERE seen_time < ?", oldest).status();
      },
      // The store counts and logs its own failures; the answer has been given.
      [](const absl::Status&) {});
}

absl::StatusOr<std::vector<NumberHistory::Entry>> SqlNumberHistory::List(const Call& call,
                                                                         const std::string& e164) {
  const std::string key = KeyOf(call.tenant, e164);
  std::vector<Entry> entries;
  const absl::Status status = database_.Read(call, [&](sql::Session& session) {
    const auto rows = session.Query(
        "SELECT record, since_time, seen_time FROM number_history WHERE tenant = ? AND number = ? "
        "ORDER BY since_time DESC LIMIT ?",
        call.tenant.value(), key, kMaxEntries);
    if (!rows.ok()) return rows.status();
    entries.clear();
    for (const sql::Row row : *rows) {
      if (std::optional<NumberFacts> facts = ReadRecord(row.Text(0))) {
        entries.push_back({.facts = *std::move(facts), .since_time = row.Time(1), .seen_time = row.Time(2)});
      }
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return entries;
}

absl::Status SqlNumberHistory::Erase(const Call& call, const std::string& e164) {
  const std::string key = KeyOf(call.tenant, e164);
  return database_.Write(call, [&](sql::Session& session) {
    return session
        .Execute("DELETE FROM number_history WHERE tenant = ? AND number = ?", call.tenant.value(), key)
        .status();
  });
}

}  // namespace limpid::verify
