#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"

#include "libs/base/clock.h"
#include "libs/redis/codec.h"
#include "libs/redis/interrupt.h"
#include "libs/redis/transport.h"

namespace limpid::redis {

/// One connection to one server: commands out, replies in, in the same order. Never waits, except in
/// Exchange. After an error it is of no more use. One thread at a time.
class Session {
 public:
  explicit Session(std::unique_ptr<Transport> transport);

  int fd() const { return transport_->fd(); }
  /// What to wait for (poll's events) before Pump gets further.
  short events() const;
  /// Puts an encoded command behind those that wait to be written.
  void Queue(std::string_view command);
  /// Whether Pump stopped early: there may be more to read that no poll announces.
  bool unfinished() const { return unfinished_; }
  size_t queued_bytes() const { return out_.size() - written_; }
  /// Writes and reads what can be without waiting, and hands over each complete reply.
  absl::Status Pump(absl::FunctionRef<void(Reply)> on_reply);

  /// Sends one command and waits for its reply: for signing in, before others use the session. A reply that
  /// is an error is UNAVAILABLE, with the first word that Redis gave (`NOAUTH`, `LOADING`) in its message.
  absl::StatusOr<Reply> Exchange(std::span<const std::string_view> command, SteadyTime until,
                                 const Interrupt& interrupt);

 private:
  absl::Status Write();
  absl::Status Read(absl::FunctionRef<void(Reply)> on_reply);

  std::unique_ptr<Transport> transport_;
  ReplyReader reader_;
  std::string out_;
  size_t written_ = 0;
  bool unfinished_ = false;
  bool read_wants_write_ = false;  ///< TLS may need to write before it can read.
};

/// The first word of an error reply, which names its kind. The rest may quote what the caller sent.
std::string_view ErrorKind(std::string_view error_text);

}  // namespace limpid::redis
