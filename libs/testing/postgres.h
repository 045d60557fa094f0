#pragma once

#include <memory>
#include <string>

#include <sys/types.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "libs/testing/temp_dir.h"

namespace limpid::testing {

/// A real PostgreSQL of its own: fresh data folder, unix socket only, no fsync (a test never loses power).
/// Started as root it runs as `postgres`, as that server refuses root. Ends with the object or with the
/// process.
class PostgresServer {
 public:
  static absl::StatusOr<std::unique_ptr<PostgresServer>> Start();
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  /// For libs/sql and libpq: a superuser in the database `postgres`.
  std::string url() const;
  /// Ends it at once, as a crash would; all connections break.
  void Kill();
  /// Starts again after Kill, over the same data.
  absl::Status Restart();

 private:
  PostgresServer() = default;
  absl::Status Initialize();
  absl::Status Run();

  TempDir folder_;
  pid_t pid_ = 0;
};

}  // namespace limpid::testing
