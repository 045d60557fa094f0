#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "contact-svc/app/contact_store.h"
#include "libs/sql/session.h"

namespace limpid::contact {

/// The statements that read, over one session. Of a write's session they keep what they give from being
/// changed by others until the write ends.
class SqlReads {
 public:
  enum class For { kReading, kWriting };

  SqlReads(sql::Session& session, For purpose)
      : session_(session), tenant_(session.call().tenant.value()), purpose_(purpose) {}

  absl::StatusOr<std::optional<Contact>> Find(const ContactId& id);
  absl::StatusOr<std::vector<Contact>> FindAll(std::span<const ContactId> ids);
  absl::StatusOr<std::vector<Contact>> FindByKeys(std::span<const MatchKey> keys, int limit);
  absl::StatusOr<Page<Contact>> List(const ContactQuery& query, const std::optional<PageEnd>& after,
                                     int limit);
  absl::StatusOr<Page<HeldCapture>> ListHeld(const std::optional<PageEnd>& after, int limit);
  absl::StatusOr<std::optional<KeptAnswer>> FindAnswer(std::string_view key, absl::Time now);

 private:
  absl::StatusOr<std::vector<Contact>> LockByKeys(std::span<const MatchKey> keys, int limit);
  /// One answer for each key, at most `limit` rows of each.
  absl::StatusOr<std::vector<sql::Rows>> AskForEach(std::string_view query, std::span<const MatchKey> keys,
                                                    int limit);

  sql::Session& session_;
  const std::string& tenant_;
  const For purpose_;
};

/// The reading that a ContactReader and a ContactWriter (`Port`) have in common, over a session.
template <class Port>
class SqlReadingPort : public Port {
 public:
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

 protected:
  SqlReadingPort(sql::Session& session, SqlReads::For purpose) : reads_(session, purpose) {}

 private:
  SqlReads reads_;
};

/// ContactReader over a session.
class SqlContactReader final : public SqlReadingPort<ContactReader> {
 public:
  explicit SqlContactReader(sql::Session& session) : SqlReadingPort(session, SqlReads::For::kReading) {}
};

}  // namespace limpid::contact
