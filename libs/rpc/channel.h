#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"

#include "libs/rpc/tls.h"

namespace grpc {
class Channel;
}

namespace limpid {
class RetryPolicy;
}

namespace limpid::rpc {

class LocalServer;

/// A way to a service; made once and shared. Thread-safe.
struct Channel {
  std::shared_ptr<grpc::Channel> grpc;
  /// Set for a server of this process: what it answers itself is asked of it without gRPC in between.
  std::shared_ptr<LocalServer> local;
  /// Set for a channel of repeatable calls: which of them are made again.
  std::shared_ptr<RetryPolicy> retries;
};

struct ChannelOptions {
  /// A gRPC target: `127.0.0.1:50052`, `dns:///verify-svc:50052` (all its addresses, by turns), `unix:/path`.
  std::string target;
  TlsFiles tls;
  int max_message_bytes = 4 * 1024 * 1024;
  absl::Duration keepalive_time = absl::Minutes(2);
  absl::Duration keepalive_timeout = absl::Seconds(20);
  /// Reads (`limpid.contact.v1.ContactService/GetContact`) that are asked again, with jitter and a budget,
  /// when a peer was UNAVAILABLE. Never a write: it may have happened.
  std::vector<std::string> retried_reads;
  /// For unary calls that are many and may be made twice. Each that finds the peer UNAVAILABLE is made again
  /// within its deadline, with jitter and a budget (libs/base/retry.h), here instead of in gRPC, whose own
  /// bookkeeping for that costs a capture check a twelfth of its CPU time; `retried_reads` has no meaning
  /// then, nor has `max_message_bytes`.
  bool repeatable = false;
};

/// Connects when first used, and again whenever the peer comes back. Requests are never compressed.
Channel MakeChannel(const ChannelOptions& options);

}  // namespace limpid::rpc
