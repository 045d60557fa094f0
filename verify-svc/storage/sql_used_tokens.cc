#include "verify-svc/storage/sql_used_tokens.h"

#include <memory>
#include <utility>

namespace limpid::verify {

void SqlUsedTokens::Use(const std::string& id, absl::Time expire_time,
                        absl::AnyInvocable<void(absl::StatusOr<bool>)> done) {
  const auto first = std::make_shared<bool>(false);
  database_.Write(
      Call(),
      [id, expire_time, first, now = clock_.Now()](sql::Session& session) -> absl::Status {
        if (auto old = session.Execute("DELETE FROM used_callbacks WHERE expire_time < ?", now); !old.ok()) {
          return old.status();
        }
        const auto used = session.Execute(
            "INSERT INTO used_callbacks (id, expire_time) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", id,
            expire_time);
        if (!used.ok()) return used.status();
        *first = *used > 0;
        return absl::OkStatus();
      },
      [first, done = std::move(done)](absl::Status status) mutable {
        if (!status.ok()) return done(std::move(status));
        done(*first);
      });
}

}  // namespace limpid::verify
