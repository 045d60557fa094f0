#include "contact-svc/storage/contact_writer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "contact-svc/domain/contact_query.h"
#include "contact-svc/storage/contact_record.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::contact {
namespace {

constexpr std::string_view kInsert =
    "INSERT INTO contacts (tenant, id, version, create_time, update_time, given_key, family_key, record) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING row_id";
constexpr std::string_view kUpdate =
    "UPDATE contacts SET version = ?, update_time = ?, given_key = ?, family_key = ?, record = ? "
    "WHERE tenant = ? AND id = ? AND version = ? RETURNING row_id";
constexpr std::string_view kDelete =
    "DELETE FROM contacts WHERE tenant = ? AND id = ? AND version = ? RETURNING row_id";
constexpr std::string_view kAddKey =
    "INSERT INTO contact_keys (tenant, kind, match_key, row_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
constexpr std::string_view kRemoveKey =
    "DELETE FROM contact_keys WHERE tenant = ? AND kind = ? AND match_key = ? AND row_id = ?";
constexpr std::string_view kForgetAnswers = "DELETE FROM idempotency_keys WHERE tenant = ? AND subject = ?";
constexpr std::string_view kHold =
    "INSERT INTO held_captures (tenant, id, create_time, record) VALUES (?, ?, ?, ?)";
constexpr std::string_view kEraseHeld = "DELETE FROM held_captures WHERE tenant = ? AND id = ?";
constexpr std::string_view kKeepAnswer =
    "INSERT INTO idempotency_keys (tenant, idempotency_key, operation, digest, subject, expire_time, record) "
    "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (tenant, idempotency_key) DO UPDATE SET "
    "operation = excluded.operation, digest = excluded.digest, subject = excluded.subject, "
    "expire_time = excluded.expire_time, record = excluded.record";

}  // namespace

absl::Status SqlContactWriter::Lock(std::span<const MatchKey> keys, std::string_view idempotency_key) {
  std::vector<std::string> names;
  names.reserve(keys.size() + 1);
  for (const MatchKey& key : keys) {
    names.push_back(StrCat(tenant_, "/key/", static_cast<int64_t>(key.kind), "/", key.key));
  }
  if (!idempotency_key.empty()) names.push_back(StrCat(tenant_, "/answer/", idempotency_key));
  const std::vector<std::string_view> views(names.begin(), names.end());
  return session_.Lock(views);
}

absl::Status SqlContactWriter::Insert(const Contact& contact) {
  const std::string record = EncodeContact(contact);
  const auto rows = session_.Query(kInsert, tenant_, contact.id.value(), contact.version, contact.create_time,
                                   contact.update_time, NameKeyOf(contact.given_name),
                                   NameKeyOf(contact.family_name), sql::Blob{record});
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return AlreadyExists(reason::kAlreadyExists, "A contact with this id exists.");
  return AddKeys(rows->front().Int(0), KeysOf(contact));
}

absl::Status SqlContactWriter::Replace(const Contact& known, const Contact& contact) {
  const std::string record = EncodeContact(contact);
  const auto rows = session_.Query(kUpdate, contact.version, contact.update_time,
                                   NameKeyOf(contact.given_name), NameKeyOf(contact.family_name),
                                   sql::Blob{record}, tenant_, contact.id.value(), known.version);
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return StaleEtag("contact", contact.id.value());
  const int64_t row_id = rows->front().Int(0);
  const std::vector<MatchKey> before = KeysOf(known);
  const std::vector<MatchKey> after = KeysOf(contact);
  std::vector<MatchKey> gone;
  std::vector<MatchKey> come;
  std::ranges::set_difference(before, after, std::back_inserter(gone));
  std::ranges::set_difference(after, before, std::back_inserter(come));
  if (absl::Status status = RemoveKeys(row_id, gone); !status.ok()) return status;
  return AddKeys(row_id, come);
}

absl::Status SqlContactWriter::Erase(const Contact& known) {
  const auto rows = session_.Query(kDelete, tenant_, known.id.value(), known.version);
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return StaleEtag("contact", known.id.value());
  if (absl::Status status = RemoveKeys(rows->front().Int(0), KeysOf(known)); !status.ok()) return status;
  return session_.Execute(kForgetAnswers, tenant_, known.id.value()).status();
}

absl::Status SqlContactWriter::AddKeys(int64_t row_id, std::span<const MatchKey> keys) {
  std::vector<sql::BoundStatement> statements;
  statements.reserve(keys.size());
  for (const MatchKey& key : keys) {
    statements.push_back(sql::Bind(kAddKey, tenant_, static_cast<int64_t>(key.kind), key.key, row_id));
  }
  const absl::StatusOr<std::vector<sql::Rows>> answers = session_.Batch(statements);
  if (!answers.ok()) return answers.status();
  // Only an external id can conflict: the row is part of every other key.
  const bool all = std::ranges::all_of(*answers, [](const sql::Rows& rows) { return rows.changed() == 1; });
  if (!all) return AlreadyExists(reason::kAlreadyExists, "Another contact has this external id.");
  return absl::OkStatus();
}

absl::Status SqlContactWriter::RemoveKeys(int64_t row_id, std::span<const MatchKey> keys) {
  std::vector<sql::BoundStatement> statements;
  statements.reserve(keys.size());
  for (const MatchKey& key : keys) {
    statements.push_back(sql::Bind(kRemoveKey, tenant_, static_cast<int64_t>(key.kind), key.key, row_id));
  }
  return session_.Batch(statements).status();
}

absl::Status SqlContactWriter::Hold(const HeldCapture& capture) {
  const std::string record = EncodeHeldCapture(capture);
  return session_.Execute(kHold, tenant_, capture.id, capture.create_time, sql::Blob{record}).status();
}

absl::StatusOr<bool> SqlContactWriter::EraseHeld(std::string_view id) {
  const absl::StatusOr<int64_t> erased = session_.Execute(kEraseHeld, tenant_, id);
  if (!erased.ok()) return erased.status();
  return *erased > 0;
}

absl::Status SqlContactWriter::KeepAnswer(std::string_view key, const KeptAnswer& answer,
                                          absl::Time expire_time) {
  const std::string record = EncodeAnswer(answer);
  return session_
      .Execute(kKeepAnswer, tenant_, key, answer.operation, sql::Blob{answer.digest}, answer.subject.value(),
               expire_time, sql::Blob{record})
      .status();
}

absl::Status SqlContactWriter::AppendEvent(const ContactEvent& event) {
  return outbox_.Append(session_, {.tenant = event.tenant,
                                   .type = event.type,
                                   .subject = event.contact.value(),
                                   .payload = EncodeEvent(event),
                                   .time = event.time});
}

}  // namespace limpid::contact
