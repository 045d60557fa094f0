#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"

#include "libs/base/call.h"
#include "libs/base/circuit_breaker.h"
#include "libs/base/metrics.h"
#include "libs/redis/reply.h"

namespace limpid::redis {

/// A command on its way to the connection's thread.
struct Request {
  std::string encoded;
  SteadyTime sent;
  SteadyTime caller_deadline;  ///< When the caller stops waiting.
  SteadyTime answer_deadline;  ///< When Redis has had its time.
  Done<Reply> done;
};

/// What is counted of commands that were sent.
struct PipelineMetrics {
  Counter answered;
  Counter failed;
  Histogram seconds;
};

/// The commands that one connection has sent, in order, and what becomes of each.
///
/// RESP has no numbers: the n-th reply belongs to the n-th command. A command that nobody waits for any more
/// therefore keeps its place until its reply has come. One thread at a time; calls `done` and so must be
/// entered with no lock held.
class Pipeline {
 public:
  Pipeline(CircuitBreaker& breaker, PipelineMetrics& metrics) : breaker_(breaker), metrics_(metrics) {}

  /// Takes its place behind the others.
  void Add(Request request);
  /// Gives the reply to the oldest command. False when no command waits for one: the stream is out of step.
  bool Answer(Reply reply, SteadyTime now);
  /// Answers those whose time is over.
  void Expire(SteadyTime now);
  /// Fails all that is left, as a failure of Redis.
  void FailAll(const absl::Status& status);
  /// When Expire has something to do next.
  SteadyTime next_deadline() const { return deadlines_.empty() ? SteadyTime::max() : deadlines_.top().first; }
  size_t size() const { return entries_.size(); }
  /// Whether a failure opened the breaker: the connection is to be given up.
  bool broken() const { return broken_; }
  /// Whether Redis said that it takes no writes: the master is elsewhere by now.
  bool read_only() const { return read_only_; }
  /// Whether any reply came at all.
  bool answered() const { return answered_; }

 private:
  struct Entry {
    SteadyTime sent;
    SteadyTime caller_deadline;
    SteadyTime answer_deadline;
    Done<Reply> done;  ///< Empty once called.
    std::optional<CircuitBreaker::Permit> permit;
  };
  using Deadline = std::pair<SteadyTime, uint64_t>;

  void Succeeded(Entry& entry);
  void Failed(Entry& entry);

  CircuitBreaker& breaker_;
  PipelineMetrics& metrics_;
  std::deque<Entry> entries_;
  uint64_t first_ = 0;  ///< Number of entries_.front(), counted from the first command ever.
  std::priority_queue<Deadline, std::vector<Deadline>, std::greater<>> deadlines_;
  bool broken_ = false;
  bool read_only_ = false;
  bool answered_ = false;
};

}  // namespace limpid::redis
