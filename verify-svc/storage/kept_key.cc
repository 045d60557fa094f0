#include "verify-svc/storage/kept_key.h"

namespace limpid::verify {

absl::StatusOr<std::string> KeptKey(sql::Database& database, const Call& call, std::string_view name,
                                    Random& random) {
  const std::string fresh = NewSecret(random);
  std::string key;
  const absl::Status status = database.Write(call, [&](sql::Session& session) {
    const auto made = session.Execute(
        "INSERT INTO kept_keys (name, secret) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, fresh);
    if (!made.ok()) return made.status();
    const auto rows = session.Query("SELECT secret FROM kept_keys WHERE name = ?", name);
    if (!rows.ok()) return rows.status();
    key = rows->front().Text(0);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return key;
}

}  // namespace limpid::verify
