#include "libs/redis/session.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <poll.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::redis {
namespace {

constexpr size_t kReadBytes = 64 * 1024;
// After so many reads in one go, waiting commands get their turn.
constexpr int kReadsInOneGo = 16;
constexpr size_t kMaxErrorKind = 32;

}  // namespace

Session::Session(std::unique_ptr<Transport> transport) : transport_(std::move(transport)) {}

short Session::events() const {
  const bool writes = queued_bytes() > 0 || read_wants_write_;
  return static_cast<short>(POLLIN | (writes ? POLLOUT : 0));
}

void Session::Queue(std::string_view command) { out_.append(command); }

absl::Status Session::Pump(absl::FunctionRef<void(Reply)> on_reply) {
  if (absl::Status status = Write(); !status.ok()) return status;
  return Read(on_reply);
}

absl::Status Session::Write() {
  while (queued_bytes() > 0) {
    const IoResult result = transport_->Write(std::string_view(out_).substr(written_));
    if (result.state == IoResult::State::kClosed) return Unavailable("redis");
    if (result.state != IoResult::State::kDone) return absl::OkStatus();
    written_ += result.bytes;
  }
  out_.clear();
  written_ = 0;
  return absl::OkStatus();
}

absl::Status Session::Read(absl::FunctionRef<void(Reply)> on_reply) {
  std::array<char, kReadBytes> buffer;
  unfinished_ = false;
  for (int reads = 0; reads < kReadsInOneGo; ++reads) {
    const IoResult result = transport_->Read(buffer);
    if (result.state == IoResult::State::kClosed) return Unavailable("redis");
    read_wants_write_ = result.state == IoResult::State::kWantWrite;
    if (result.state != IoResult::State::kDone) return absl::OkStatus();
    if (absl::Status status = reader_.Feed({buffer.data(), result.bytes}); !status.ok()) return status;
    for (;;) {
      absl::StatusOr<std::optional<Reply>> reply = reader_.Next();
      if (!reply.ok()) return reply.status();
      if (!reply->has_value()) break;
      on_reply(**std::move(reply));
    }
  }
  unfinished_ = true;
  return absl::OkStatus();
}

absl::StatusOr<Reply> Session::Exchange(std::span<const std::string_view> command, SteadyTime until,
                                        const Interrupt& interrupt) {
  Queue(EncodeCommand(command));
  std::optional<Reply> reply;
  while (!reply) {
    if (absl::Status status = Pump([&](Reply next) { reply = std::move(next); }); !status.ok()) return status;
    if (reply || unfinished_) continue;
    if (WaitFor(fd(), events(), until, interrupt) != Waited::kReady) return Unavailable("redis");
  }
  if (reply->kind != Reply::Kind::kError) return *std::move(reply);
  return MakeError(absl::StatusCode::kUnavailable, reason::kServiceUnavailable,
                   StrCat("Redis refused to serve us: ", ErrorKind(reply->text), "."));
}

std::string_view ErrorKind(std::string_view error_text) {
  const std::string_view word = error_text.substr(0, error_text.find(' '));
  const bool plain =
      word.size() <= kMaxErrorKind && std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
  return plain ? word : std::string_view("UNKNOWN");
}

}  // namespace limpid::redis
