#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "contact-svc/storage/contact_reader.h"
#include "libs/sql/outbox.h"

namespace limpid::contact {

/// ContactWriter over the session of one write.
class SqlContactWriter final : public ContactWriter {
 public:
  SqlContactWriter(sql::Session& session, const sql::Outbox& outbox)
      : session_(session),
        outbox_(outbox),
        tenant_(session.call().tenant.value()),
        reads_(session, SqlReads::For::kWriting) {}

  absl::StatusOr<std::optional<Contact>> Find(const ContactId& id) override { return reads_.Find(id); }
  absl::StatusOr<std::vector<Contact>> FindAll(std::span<const ContactId> ids) override {
    return reads_.FindAll(ids);
  }
  absl::StatusOr<std::vector<Contact>> FindByKeys(std::span<const MatchKey> keys, int limit) override {
    return reads_.FindByKeys(keys, limit);
  }
  absl::StatusOr<Page<Contact>> List(const ContactQuery& query, const std::optional<PageEnd>& after,
                                     int limit) override {
    return reads_.List(query, after, limit);
  }
  absl::StatusOr<Page<HeldCapture>> ListHeld(const std::optional<PageEnd>& after, int limit) override {
    return reads_.ListHeld(after, limit);
  }
  absl::StatusOr<std::optional<KeptAnswer>> FindAnswer(std::string_view key, absl::Time now) override {
    return reads_.FindAnswer(key, now);
  }

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
  SqlReads reads_;
};

}  // namespace limpid::contact
