#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"

#include "libs/base/clock.h"
#include "libs/base/mutex.h"
#include "libs/rpc/served_call.h"
#include "libs/rpc/service.h"

namespace limpid::rpc {

/// A unary method with a handler of ours. Lives as long as its service.
struct LocalMethod {
  const ServedMethod* served;
  const internal::UnaryHandler* handler;
};

/// The unary methods of a server, for callers in the same process: a call is a call of the handler, and no
/// message becomes bytes (docs/adr/2026-11-22-calls-inside-a-process.md). Drains with its server.
/// Thread-safe.
class LocalServer {
 public:
  explicit LocalServer(const std::vector<LocalMethod>& methods);

  /// The method at `/limpid.verify.v1.EmailService/VerifyEmail`, or null. It may be used during a visit only.
  const LocalMethod* Find(const std::string& path) const;

  /// A call under way: the server does not end before it. Empty when no more calls are taken.
  class Visit {
   public:
    explicit Visit(std::shared_ptr<LocalServer> server);
    Visit(Visit&&) = default;
    ~Visit();
    explicit operator bool() const { return server_ != nullptr; }

   private:
    std::shared_ptr<LocalServer> server_;
  };

  /// Requested when running calls have to end.
  std::stop_token cancelled() const { return cancel_.get_token(); }
  /// Takes no more calls from now on.
  void Close();
  /// Waits until `deadline` for the calls that run, cancels those that are left, and waits for them.
  void Drain(SteadyTime deadline);

 private:
  const absl::flat_hash_map<std::string, LocalMethod> methods_;
  std::stop_source cancel_;
  Mutex mutex_;
  CondVar idle_;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  int running_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace limpid::rpc
