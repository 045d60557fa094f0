#include "contact-svc/storage/sql_contact_store.h"

#include <utility>

#include "contact-svc/storage/contact_reader.h"
#include "contact-svc/storage/contact_record.h"
#include "contact-svc/storage/contact_writer.h"
#include "contact-svc/storage/schema.h"
#include "libs/sql/migration.h"

namespace limpid::contact {
namespace {

constexpr int kEventsAtOnce = 200;

class CommitSubscription final : public ContactEvents::Subscription {
 public:
  explicit CommitSubscription(sql::CommitSignal::Subscription inner) : inner_(std::move(inner)) {}

 private:
  sql::CommitSignal::Subscription inner_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<SqlContactStore>> SqlContactStore::Open(std::string_view url,
                                                                       const sql::Options& options) {
  absl::StatusOr<std::unique_ptr<sql::Database>> database = sql::Database::Open(url, options);
  if (!database.ok()) return database.status();
  const Call call;
  if (absl::Status status = sql::Migrate(**database, call, Migrations()); !status.ok()) return status;
  absl::StatusOr<sql::Outbox> outbox = sql::Outbox::Open(**database, call);
  if (!outbox.ok()) return outbox.status();
  return std::unique_ptr<SqlContactStore>(new SqlContactStore(*std::move(database), *std::move(outbox)));
}

absl::Status SqlContactStore::Read(const Call& call, absl::FunctionRef<absl::Status(ContactReader&)> work) {
  return database_->Read(call, [&](sql::Session& session) {
    SqlContactReader reader(session);
    return work(reader);
  });
}

absl::Status SqlContactStore::Write(const Call& call, absl::FunctionRef<absl::Status(ContactWriter&)> work) {
  return database_->Write(call, [&](sql::Session& session) {
    SqlContactWriter writer(session, outbox_);
    return work(writer);
  });
}

absl::StatusOr<ContactEvents::Batch> SqlContactStore::Read(const Call& call, std::string_view cursor) {
  absl::StatusOr<sql::Outbox::Page> page;
  const absl::Status status = database_->Read(call, [&](sql::Session& session) {
    page = outbox_.Read(session, cursor, {.tenant = call.tenant, .limit = kEventsAtOnce});
    return page.status();
  });
  if (!status.ok()) return status;
  Batch batch{.records = {}, .cursor = std::move(page->cursor), .more = page->more};
  batch.records.reserve(page->records.size());
  for (sql::Outbox::Record& record : page->records) {
    ContactEvent event{.type = std::move(record.event.type),
                       .time = record.event.time,
                       .tenant = std::move(record.event.tenant),
                       .contact = ContactId(std::move(record.event.subject))};
    if (absl::Status decoded = DecodeEvent(record.event.payload, event); !decoded.ok()) return decoded;
    batch.records.push_back({.event = std::move(event), .cursor = std::move(record.cursor)});
  }
  return batch;
}

absl::StatusOr<std::string> SqlContactStore::End(const Call& call) {
  std::string cursor;
  const absl::Status status = database_->Read(call, [&](sql::Session& session) {
    absl::StatusOr<std::string> end = outbox_.End(session);
    if (!end.ok()) return end.status();
    cursor = *std::move(end);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return cursor;
}

std::unique_ptr<ContactEvents::Subscription> SqlContactStore::Subscribe(std::function<void()> listener) {
  return std::make_unique<CommitSubscription>(database_->commits().Subscribe(std::move(listener)));
}

absl::Status SqlContactStore::DropExpired(const Call& call, absl::Time now, absl::Time oldest_event) {
  return database_->Write(call, [&](sql::Session& session) {
    const auto dropped = session.Execute("DELETE FROM idempotency_keys WHERE expire_time <= ?", now);
    if (!dropped.ok()) return dropped.status();
    return outbox_.Trim(session, oldest_event).status();
  });
}

}  // namespace limpid::contact
