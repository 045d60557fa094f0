#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "contact-svc/storage/contact_reader.h"
#include "libs/sql/outbox.h"

namespace limpid::contact {

/// ContactWriter over the session of one write.
class SqlContactWriter final : public SqlReadingPort<ContactWriter> {
 public:
  SqlContactWriter(sql::Session& session, const sql::Outbox& outbox)
      : SqlReadingPort(session, SqlReads::For::kWriting),
        session_(session),
        outbox_(outbox),
        tenant_(session.call().tenant.value()) {}

  absl::Status Lock(std::span<const MatchKey> keys, std::string_view idempotency_key) override;
  absl::Status Insert(const Contact& contact) override;
  absl::Status Replace(const Contact& known, const Contact& contact) override;
  absl::Status Erase(const Contact& known) override;
  absl::Status Hold(const HeldCapture& capture) override;
  absl::StatusOr<bool> EraseHeld(std::string_view id) override;
  absl::Status KeepAnswer(std::string_view key, const KeptAnswer& answer, absl::Time expire_time) override;
  absl::Status AppendEvent(const ContactEvent& event) override;

 private:
  absl::Status AddKeys(int64_t row_id, std::span<const MatchKey> keys);
  absl::Status RemoveKeys(int64_t row_id, std::span<const MatchKey> keys);

  sql::Session& session_;
  const sql::Outbox& outbox_;
  const std::string& tenant_;
};

}  // namespace limpid::contact
