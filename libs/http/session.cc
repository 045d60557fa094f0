#include "libs/http/session.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "libs/base/error.h"
#include "libs/http/problem.h"
#include "libs/http/request_id.h"

namespace limpid::http::internal {
namespace {

// After a refusal what the client still sends is read and dropped for a while: closing at once would reset
// the connection, and the client might lose the answer (RFC 9112 §9.6). A body that is too large by mistake
// is some MiB.
constexpr auto kLinger = std::chrono::seconds(2);
constexpr size_t kLingerBytes = 16 * 1024 * 1024;

}  // namespace

Session::Session(const Server::Options& options, const Leaving& leaving, const Clock& clock)
    : head_timeout_(absl::ToChronoNanoseconds(options.head_timeout)),
      body_timeout_(absl::ToChronoNanoseconds(options.body_timeout)),
      idle_timeout_(absl::ToChronoNanoseconds(options.idle_timeout)),
      leaving_(leaving),
      clock_(clock) {
  SetDeadline(head_timeout_);
}

void Session::OnReady() {
  if (phase_ == Phase::kHandshake) phase_ = Phase::kReading;
}

void Session::OnBytes(size_t n) {
  if (head_read_) {
    pace_.Add(n);
    return KeepPace();
  }
  // The time for a connection's first head began when it was accepted.
  if (!std::exchange(begun_, true) && kept_) SetDeadline(head_timeout_);
}

void Session::OnHead(bool waits) {
  head_read_ = true;
  BeginPace();
  KeepPace();
  if (waits) answer_.Continue();
}

void Session::OnRequest(Request& request, bool http_1_0, bool keep_alive) {
  phase_ = Phase::kRunning;
  deadline_ = SteadyTime::max();
  close_ = !keep_alive;
  answer_.For(request.method() == "HEAD", http_1_0);
  stop_ = std::stop_source();
  request.stop = stop_.get_token();
}

void Session::OnFault(const absl::Status& fault, const Request& draft, std::string_view date) {
  phase_ = Phase::kRunning;
  close_ = refused_ = true;
  answer_.For(draft.method() == "HEAD", /*http_1_0=*/false);
  const std::string id = RequestIdOf(draft);
  Send(ProblemResponse(fault, {.instance = draft.path(), .request_id = id}), date);
}

void Session::OnSent(size_t n) {
  answer_.Sent(n);
  pace_.Add(n);
  OnProgress();
}

void Session::OnClientGone(bool orderly) {
  // An orderly end may come from a client that only sends no more: it still gets its answer if there is one.
  if (phase_ == Phase::kReading || !orderly) return Close();
  gone_ = true;
  stop_.request_stop();
}

void Session::OnDropped(size_t n) {
  dropped_ += n;
  if (dropped_ > kLingerBytes) Close();
}

void Session::Send(Response response, std::string_view date) {
  if (phase_ != Phase::kRunning) return;
  phase_ = Phase::kWriting;
  BeginPace();
  answer_.Whole(std::move(response), Closing(), date);
  OnProgress();
}

void Session::StartStream(int status, const Headers& headers, std::string_view date) {
  if (phase_ != Phase::kRunning) return;
  phase_ = Phase::kStreaming;
  BeginPace();
  close_ = close_ || answer_.ended_by_close();
  answer_.Head(status, headers, Closing(), date);
  OnProgress();
}

bool Session::Write(std::string_view piece, ResponseStream::Written written) {
  if (phase_ != Phase::kStreaming) {
    written(Cancelled());
    return true;
  }
  written_ = std::move(written);
  if (answer_.next().empty()) BeginPace();
  if (!answer_.Piece(piece)) return false;
  OnProgress();
  return true;
}

void Session::Finish() {
  if (phase_ != Phase::kStreaming) return;
  phase_ = Phase::kWriting;
  if (answer_.next().empty()) BeginPace();
  answer_.End();
  OnProgress();
}

void Session::Close() {
  if (phase_ == Phase::kClosed) return;
  phase_ = Phase::kClosed;
  stop_.request_stop();
  if (written_) std::exchange(written_, nullptr)(Cancelled());
}

void Session::OnProgress() {
  if (phase_ != Phase::kWriting && phase_ != Phase::kStreaming) return;
  if (!answer_.next().empty()) return KeepPace();
  if (phase_ == Phase::kWriting) return EndAnswer();
  // The next piece is the handler's business.
  deadline_ = SteadyTime::max();
  if (written_) std::exchange(written_, nullptr)(absl::OkStatus());
}

void Session::EndAnswer() {
  if (Closing()) {
    if (gone_) return Close();
    phase_ = Phase::kLingering;
    return SetDeadline(kLinger);
  }
  phase_ = Phase::kReading;
  begun_ = head_read_ = false;
  kept_ = true;
  stop_ = std::stop_source(std::nostopstate);
  SetDeadline(idle_timeout_);
}

bool Session::Closing() {
  close_ = close_ || gone_ || leaving_;
  return close_;
}

absl::Duration SweepInterval(const Server::Options& options) {
  const absl::Duration shortest =
      std::min({options.head_timeout, options.body_timeout, options.idle_timeout});
  return std::clamp(shortest / 4, absl::Milliseconds(5), absl::Seconds(1));
}

}  // namespace limpid::http::internal
