#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "libs/redis/interrupt.h"
#include "libs/redis/session.h"
#include "libs/redis/tls.h"
#include "libs/redis/url.h"

namespace limpid::redis {

/// Opens sessions to the server that a URL means: connected, signed in, the database chosen, and seen to
/// answer. With sentinels it asks them for the master each time, and believes the answer only when the server
/// calls itself a master. Waits, each step for its own bounded time; for the connection's thread only.
class Connector {
 public:
  struct Timeouts {
    absl::Duration look_up = absl::Seconds(2);         ///< Of a name; nobody waits for it but this thread.
    absl::Duration connect = absl::Milliseconds(100);  ///< TLS included.
    absl::Duration command = absl::Milliseconds(50);
  };

  Connector(Target target, std::optional<TlsContext> tls, Timeouts timeouts, const Interrupt& interrupt);

  absl::StatusOr<std::unique_ptr<Session>> Open();

 private:
  using SessionOr = absl::StatusOr<std::unique_ptr<Session>>;

  SessionOr OpenMaster();
  absl::StatusOr<HostPort> AskSentinel(const HostPort& sentinel);
  SessionOr Dial(const HostPort& host);
  SessionOr DialUnix();
  absl::Status SignIn(Session& session);
  absl::Status SelectDatabase(Session& session);
  absl::StatusOr<Reply> Exchange(Session& session, std::initializer_list<std::string_view> command);

  const Target target_;
  const std::optional<TlsContext> tls_;
  const Timeouts timeouts_;
  const Interrupt& interrupt_;
  size_t next_sentinel_ = 0;  ///< The one that answered last is asked first.
};

}  // namespace limpid::redis
