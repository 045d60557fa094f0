#include "contact-svc/storage/contact_reader.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_set.h"

#include "contact-svc/storage/contact_record.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::contact {
namespace {

constexpr std::string_view kFind = "SELECT record FROM contacts WHERE tenant = ? AND id = ?";
constexpr std::string_view kFindToWrite =
    "SELECT record FROM contacts WHERE tenant = ? AND id = ? {for_update}";
constexpr std::string_view kFindByKey =
    "SELECT c.row_id, c.record FROM contact_keys k JOIN contacts c ON c.row_id = k.row_id "
    "WHERE k.tenant = ? AND k.kind = ? AND k.match_key = ? ORDER BY k.row_id LIMIT ?";
constexpr std::string_view kFindRowByKey =
    "SELECT row_id FROM contact_keys WHERE tenant = ? AND kind = ? AND match_key = ? ORDER BY row_id LIMIT ?";
constexpr std::string_view kLockRow = "SELECT record FROM contacts WHERE row_id = ? {for_update}";
constexpr std::string_view kListHeld =
    "SELECT row_id, id, create_time, record FROM held_captures WHERE tenant = ? AND row_id > ? "
    "ORDER BY row_id LIMIT ?";
constexpr std::string_view kFindAnswer =
    "SELECT operation, digest, subject, record FROM idempotency_keys "
    "WHERE tenant = ? AND idempotency_key = ? AND expire_time > ?";

struct OrderColumn {
  std::string_view name;
  bool is_time;
};

OrderColumn ColumnOf(ContactOrder order) {
  switch (order) {
    case ContactOrder::kCreateTime:
      return {"create_time", true};
    case ContactOrder::kUpdateTime:
      return {"update_time", true};
    case ContactOrder::kFamilyName:
      return {"family_key", false};
  }
  return {"create_time", true};
}

// The text and the arguments of a list, grown together.
struct ListStatement {
  std::string sql;
  std::vector<sql::Value> args;

  void Add(std::string_view text, sql::Value arg) {
    sql.append(text);
    args.push_back(arg);
  }
  void AddOptional(std::string_view text, const std::optional<int64_t>& arg) {
    if (arg) Add(text, *arg);
  }
};

ListStatement Filtered(const ContactQuery& query, const std::string& tenant, std::string_view column) {
  ListStatement list;
  list.sql = StrCat("SELECT row_id, record, ", column, " FROM contacts");
  list.Add(" WHERE tenant = ?", tenant);
  for (const MatchKey& key : query.keys) {
    list.Add(" AND row_id IN (SELECT row_id FROM contact_keys WHERE tenant = ?", tenant);
    list.Add(" AND kind = ?", static_cast<int64_t>(key.kind));
    list.Add(" AND match_key = ?)", key.key);
  }
  if (query.given_name) list.Add(" AND given_key = ?", *query.given_name);
  if (query.family_name) list.Add(" AND family_key = ?", *query.family_name);
  list.AddOptional(" AND create_time >= ?", query.created_from);
  list.AddOptional(" AND create_time <= ?", query.created_to);
  list.AddOptional(" AND update_time >= ?", query.updated_from);
  list.AddOptional(" AND update_time <= ?", query.updated_to);
  return list;
}

absl::Status ForgedToken() {
  return InvalidField("page_token", reason::kPageTokenInvalid,
                      "Give next_page_token as it was received, with the same arguments.");
}

}  // namespace

absl::StatusOr<std::optional<Contact>> SqlReads::Find(const ContactId& id) {
  const auto rows = session_.Query(purpose_ == For::kReading ? kFind : kFindToWrite, tenant_, id.value());
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return std::nullopt;
  absl::StatusOr<Contact> contact = DecodeContact(rows->front().Text(0));
  if (!contact.ok()) return contact.status();
  return *std::move(contact);
}

absl::StatusOr<std::vector<Contact>> SqlReads::FindAll(std::span<const ContactId> ids) {
  std::vector<sql::BoundStatement> queries;
  queries.reserve(ids.size());
  for (const ContactId& id : ids) queries.push_back(sql::Bind(kFind, tenant_, id.value()));
  const absl::StatusOr<std::vector<sql::Rows>> answers = session_.Batch(queries);
  if (!answers.ok()) return answers.status();
  std::vector<Contact> contacts;
  for (const sql::Rows& rows : *answers) {
    if (rows.empty()) continue;
    absl::StatusOr<Contact> contact = DecodeContact(rows.front().Text(0));
    if (!contact.ok()) return contact.status();
    contacts.push_back(*std::move(contact));
  }
  return contacts;
}

absl::StatusOr<std::vector<Contact>> SqlReads::FindByKeys(std::span<const MatchKey> keys, int limit) {
  if (purpose_ == For::kWriting) return LockByKeys(keys, limit);
  const absl::StatusOr<std::vector<sql::Rows>> answers = AskForEach(kFindByKey, keys, limit);
  if (!answers.ok()) return answers.status();
  std::vector<Contact> contacts;
  absl::flat_hash_set<int64_t> seen;
  for (const sql::Rows& rows : *answers) {
    for (const sql::Row row : rows) {
      if (!seen.insert(row.Int(0)).second) continue;
      absl::StatusOr<Contact> contact = DecodeContact(row.Text(1));
      if (!contact.ok()) return contact.status();
      contacts.push_back(*std::move(contact));
    }
  }
  return contacts;
}

// Locks the contacts in the order of their rows, whatever keys lead to them: two writes that find the same
// two cannot wait for each other.
absl::StatusOr<std::vector<Contact>> SqlReads::LockByKeys(std::span<const MatchKey> keys, int limit) {
  const absl::StatusOr<std::vector<sql::Rows>> found = AskForEach(kFindRowByKey, keys, limit);
  if (!found.ok()) return found.status();
  absl::btree_set<int64_t> row_ids;
  for (const sql::Rows& rows : *found) {
    for (const sql::Row row : rows) row_ids.insert(row.Int(0));
  }
  std::vector<sql::BoundStatement> queries;
  queries.reserve(row_ids.size());
  for (const int64_t row_id : row_ids) queries.push_back(sql::Bind(kLockRow, row_id));
  const absl::StatusOr<std::vector<sql::Rows>> answers = session_.Batch(queries);
  if (!answers.ok()) return answers.status();
  std::vector<Contact> contacts;
  for (const sql::Rows& rows : *answers) {
    if (rows.empty()) continue;
    absl::StatusOr<Contact> contact = DecodeContact(rows.front().Text(0));
    if (!contact.ok()) return contact.status();
    // While we waited for it, somebody may have taken the key away.
    const std::vector<MatchKey> its_keys = KeysOf(*contact);
    const bool has_one = std::ranges::any_of(
        keys, [&](const MatchKey& key) { return std::ranges::binary_search(its_keys, key); });
    if (has_one) contacts.push_back(*std::move(contact));
  }
  return contacts;
}

absl::StatusOr<std::vector<sql::Rows>> SqlReads::AskForEach(std::string_view query,
                                                            std::span<const MatchKey> keys, int limit) {
  std::vector<sql::BoundStatement> queries;
  queries.reserve(keys.size());
  for (const MatchKey& key : keys) {
    queries.push_back(sql::Bind(query, tenant_, static_cast<int64_t>(key.kind), key.key, limit));
  }
  return session_.Batch(queries);
}

absl::StatusOr<Page<Contact>> SqlReads::List(const ContactQuery& query, const std::optional<PageEnd>& after,
                                             int limit) {
  if (query.nothing) return Page<Contact>();
  const OrderColumn column = ColumnOf(query.order);
  ListStatement list = Filtered(query, tenant_, column.name);
  if (after) {
    list.sql += StrCat(" AND (", column.name, ", row_id) ", query.descending ? "<" : ">");
    if (column.is_time) {
      int64_t micros = 0;
      const char* const end = after->value.data() + after->value.size();
      if (std::from_chars(after->value.data(), end, micros).ptr != end) return ForgedToken();
      list.Add(" (?", micros);
    } else {
      list.Add(" (?", after->value);
    }
    list.Add(", ?)", after->row);
  }
  const std::string_view direction = query.descending ? " DESC" : "";
  list.sql += StrCat(" ORDER BY ", column.name, direction, ", row_id", direction);
  // One more than asked for tells whether there is a next page.
  list.Add(" LIMIT ?", limit + 1);
  const absl::StatusOr<sql::Rows> rows = session_.Run(list.sql, list.args);
  if (!rows.ok()) return rows.status();
  Page<Contact> page;
  for (size_t i = 0; i < std::min(rows->size(), static_cast<size_t>(limit)); ++i) {
    absl::StatusOr<Contact> contact = DecodeContact((*rows)[i].Text(1));
    if (!contact.ok()) return contact.status();
    page.items.push_back(*std::move(contact));
  }
  if (rows->size() > static_cast<size_t>(limit)) {
    const sql::Row last = (*rows)[static_cast<size_t>(limit) - 1];
    page.next = PageEnd{.value = column.is_time ? StrCat(last.Int(2)) : std::string(last.Text(2)),
                        .row = last.Int(0)};
  }
  return page;
}

absl::StatusOr<Page<HeldCapture>> SqlReads::ListHeld(const std::optional<PageEnd>& after, int limit) {
  const absl::StatusOr<sql::Rows> rows =
      session_.Query(kListHeld, tenant_, after ? after->row : 0, limit + 1);
  if (!rows.ok()) return rows.status();
  Page<HeldCapture> page;
  for (size_t i = 0; i < std::min(rows->size(), static_cast<size_t>(limit)); ++i) {
    const sql::Row row = (*rows)[i];
    absl::StatusOr<HeldCapture> capture = DecodeHeldCapture(row.Text(3));
    if (!capture.ok()) return capture.status();
    capture->id = row.Text(1);
    capture->create_time = row.Time(2);
    page.items.push_back(*std::move(capture));
  }
  if (rows->size() > static_cast<size_t>(limit)) {
    page.next = PageEnd{.value = {}, .row = (*rows)[static_cast<size_t>(limit) - 1].Int(0)};
  }
  return page;
}

absl::StatusOr<std::optional<KeptAnswer>> SqlReads::FindAnswer(std::string_view key, absl::Time now) {
  const absl::StatusOr<sql::Rows> rows = session_.Query(kFindAnswer, tenant_, key, now);
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return std::nullopt;
  const sql::Row row = rows->front();
  absl::StatusOr<KeptAnswer> answer = DecodeAnswer(row.Text(3));
  if (!answer.ok()) return answer.status();
  answer->operation = row.Text(0);
  answer->digest = row.Text(1);
  answer->subject = ContactId(std::string(row.Text(2)));
  return *std::move(answer);
}

}  // namespace limpid::contact
