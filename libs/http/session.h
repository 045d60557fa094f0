#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "libs/base/clock.h"
#include "libs/http/answer_writer.h"
#include "libs/http/message.h"
#include "libs/http/server.h"

namespace limpid::http::internal {

/// Whether a server is about to end. Set by any thread.
struct Leaving {
  std::atomic<bool> announced = false;  ///< New connections are still accepted, none is kept.
  std::atomic<bool> draining = false;   ///< Nor are new ones.

  explicit operator bool() const {
    return announced.load(std::memory_order_relaxed) || draining.load(std::memory_order_relaxed);
  }
};

/// How long something may take that comes or goes piece by piece: no pause longer than a timeout, and overall
/// not slower than anybody's connection is. Without the latter a byte now and then keeps a connection for
/// days.
class Pace {
 public:
  static constexpr size_t kSlowestPerSecond = 512;

  void Begin(SteadyTime now) { begin_ = now, bytes_ = 0; }
  void Add(size_t bytes) { bytes_ += bytes; }
  SteadyTime DeadlineAfter(SteadyTime now, SteadyTime::duration timeout) const {
    return std::min(now, begin_ + std::chrono::seconds(bytes_ / kSlowestPerSecond)) + timeout;
  }

 private:
  SteadyTime begin_;
  size_t bytes_ = 0;
};

/// One HTTP/1.1 connection without its socket: its phase, what goes out, until when the client must have done
/// something, and whether another request may follow.
///
/// The socket's side tells what has happened (`On…`) and what the handler answers, and after each does what
/// phase() and output() want. One thread at a time.
class Session {
 public:
  enum class Phase {
    kHandshake,
    kReading,    ///< Idle, or in the middle of a request.
    kRunning,    ///< The handler has the request.
    kWriting,    ///< A whole answer, or the last of a stream.
    kStreaming,  ///< Between the head and the end of a stream.
    kLingering,  ///< All is said; the client gets the time to read it.
    kClosed,
  };

  /// `leaving` and `clock` outlive the session.
  Session(const Server::Options& options, const Leaving& leaving, const Clock& clock);

  Phase phase() const { return phase_; }
  /// When the connection is closed unless something happens.
  SteadyTime deadline() const { return deadline_; }
  /// What to write next; empty: nothing.
  std::string_view output() const { return answer_.next(); }
  /// Reading, and nothing of a request has come.
  bool idle() const { return phase_ == Phase::kReading && !begun_; }
  /// Reading, and the head of the request is complete.
  bool reading_body() const { return phase_ == Phase::kReading && head_read_; }
  /// The client sends no more.
  bool client_gone() const { return gone_; }
  /// A request was refused, of which more may be on its way.
  bool refused() const { return refused_; }

  /// The handshake of TLS is over, or there is none.
  void OnReady();
  /// `n` bytes of a request have come.
  void OnBytes(size_t n);
  /// A head is complete, its body is not. `waits`: the client wants to be told to go on.
  void OnHead(bool waits);
  /// A request is complete; gives it what it needs to be handled.
  void OnRequest(Request& request, bool http_1_0, bool keep_alive);
  /// A request, of which `draft` has been read, is refused.
  void OnFault(const absl::Status& fault, const Request& draft, std::string_view date);
  /// `n` bytes of output() were taken by the kernel.
  void OnSent(size_t n);
  /// The client has closed, in good order (it may still read) or not.
  void OnClientGone(bool orderly);
  /// `n` bytes came while lingering and were dropped.
  void OnDropped(size_t n);

  // The handler's side: see Exchange.
  void Send(Response response, std::string_view date);
  void StartStream(int status, const Headers& headers, std::string_view date);
  /// False when nothing goes out: OnSent(0) is wanted then, but not from within this call.
  bool Write(std::string_view piece, ResponseStream::Written written);
  void Finish();
  void Close();

 private:
  /// Begins a body or a piece of an answer.
  void BeginPace() { pace_.Begin(clock_.SteadyNow()); }
  void KeepPace() { deadline_ = pace_.DeadlineAfter(clock_.SteadyNow(), body_timeout_); }
  void SetDeadline(SteadyTime::duration timeout) { deadline_ = clock_.SteadyNow() + timeout; }
  /// Goes on after output was added or written.
  void OnProgress();
  void EndAnswer();
  /// Whether this answer is the last.
  bool Closing();

  const SteadyTime::duration head_timeout_;
  const SteadyTime::duration body_timeout_;
  const SteadyTime::duration idle_timeout_;
  const Leaving& leaving_;
  const Clock& clock_;

  Phase phase_ = Phase::kHandshake;
  SteadyTime deadline_;
  Pace pace_;
  bool begun_ = false;  ///< Something of the request has come.
  bool kept_ = false;   ///< A request was answered before.
  bool head_read_ = false;
  bool gone_ = false;
  bool close_ = false;
  bool refused_ = false;
  size_t dropped_ = 0;
  std::stop_source stop_{std::nostopstate};
  AnswerWriter answer_;
  ResponseStream::Written written_;
};

/// How often deadlines are to be looked at. One timer looks after all connections of a thread: one for each
/// operation costs more than the operation.
absl::Duration SweepInterval(const Server::Options& options);

}  // namespace limpid::http::internal
