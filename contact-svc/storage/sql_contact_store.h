#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

#include "contact-svc/app/contact_events.h"
#include "contact-svc/app/contact_store.h"
#include "contact-svc/app/upkeep.h"
#include "libs/sql/database.h"
#include "libs/sql/outbox.h"

namespace limpid::contact {

/// The service's database, SQLite or PostgreSQL: contacts, events and what has to be kept for a while. One
/// implementation over libs/sql for both. Thread-safe.
class SqlContactStore final : public ContactStore, public ContactEvents, public UpkeepStore {
 public:
  /// Opens the database and brings its schema up to date.
  static absl::StatusOr<std::unique_ptr<SqlContactStore>> Open(std::string_view url,
                                                               const sql::Options& options);

  absl::Status Read(const Call& call, absl::FunctionRef<absl::Status(ContactReader&)> work) override;
  absl::Status Write(const Call& call, absl::FunctionRef<absl::Status(ContactWriter&)> work) override;

  absl::StatusOr<Batch> Read(const Call& call, std::string_view cursor) override;
  absl::StatusOr<std::string> End(const Call& call) override;
  std::unique_ptr<Subscription> Subscribe(std::function<void()> listener) override;

  absl::Status DropExpired(const Call& call, absl::Time now, absl::Time oldest_event) override;

  absl::Status Reachable() const { return database_->Reachable(); }

 private:
  SqlContactStore(std::unique_ptr<sql::Database> database, sql::Outbox outbox)
      : database_(std::move(database)), outbox_(std::move(outbox)) {}

  const std::unique_ptr<sql::Database> database_;
  const sql::Outbox outbox_;
};

}  // namespace limpid::contact
