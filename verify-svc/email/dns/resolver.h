#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "libs/base/clock.h"
#include "libs/base/metrics.h"
#include "verify-svc/email/dns/dns_message.h"

namespace limpid::verify::dns {

/// What became of a question.
enum class Outcome {
  kAnswered,  ///< `message` is a server's answer: NOERROR or NXDOMAIN.
  kTimeout,   ///< No server answered in time.
  kError,     ///< SERVFAIL, REFUSED, no server to be reached, or an answer that cannot be read.
};

struct Reply {
  Outcome outcome = Outcome::kError;
  Message message;
};

/// Asks DNS servers, by c-ares on one thread with any number of questions under way: UDP with EDNS, TCP when
/// an answer is cut, the next server when one fails. Nothing is cached. Thread-safe.
class Resolver {
 public:
  struct Options {
    /// `192.0.2.53`, `192.0.2.53:5353`, `[2001:db8::53]:5353`; empty: those of /etc/resolv.conf.
    std::vector<std::string> servers;
    absl::Duration timeout = absl::Milliseconds(700);  ///< Of the first try; it doubles with each round.
    int tries = 2;                                     ///< Of each server.
    std::size_t max_in_flight = 256;                   ///< More questions wait for their turn.
  };
  using OnReply = absl::AnyInvocable<void(Reply)>;

  /// INVALID_ARGUMENT for a server that is no address, UNAVAILABLE when c-ares cannot start.
  static absl::StatusOr<std::unique_ptr<Resolver>> Create(Options options, MetricsRegistry& metrics);
  /// Stops.
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  /// `on_reply` is called once, on the resolver's thread, at the deadline at the latest; it must not block,
  /// and may ask again.
  void Ask(const std::string& name, RecordType type, SteadyTime deadline, OnReply on_reply);
  /// Answers what is under way with kError, and from then on every question, at once and on the thread that
  /// asks. Not from the resolver's thread.
  void Stop();

 private:
  class Impl;
  explicit Resolver(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace limpid::verify::dns
