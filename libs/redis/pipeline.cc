#include "libs/redis/pipeline.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/redis/session.h"

namespace limpid::redis {
namespace {

// Errors that speak of the server's state and not of the command: it cannot serve now.
constexpr std::array<std::string_view, 8> kUnfit = {"LOADING",  "READONLY",    "MASTERDOWN", "BUSY",
                                                    "TRYAGAIN", "CLUSTERDOWN", "NOAUTH",     "MISCONF"};

bool IsUnfit(std::string_view kind) { return std::ranges::find(kUnfit, kind) != kUnfit.end(); }

// Only the first word of what Redis says: the rest may quote the command, and with it what must not be
// logged.
absl::Status Refusal(std::string_view kind) {
  const absl::StatusCode code = IsUnfit(kind)   ? absl::StatusCode::kUnavailable
                                : kind == "OOM" ? absl::StatusCode::kResourceExhausted
                                                : absl::StatusCode::kFailedPrecondition;
  return MakeError(code, reason::kServiceUnavailable, StrCat("Redis refused the command: ", kind, "."));
}

}  // namespace

void Pipeline::Add(Request request) {
  const uint64_t number = first_ + entries_.size();
  deadlines_.emplace(std::min(request.caller_deadline, request.answer_deadline), number);
  entries_.push_back({request.sent, request.caller_deadline, request.answer_deadline, std::move(request.done),
                      breaker_.Admit()});
}

bool Pipeline::Answer(Reply reply, SteadyTime now) {
  if (entries_.empty()) return false;
  Entry entry = std::move(entries_.front());
  entries_.pop_front();
  ++first_;
  answered_ = true;
  metrics_.seconds.Observe(std::chrono::duration<double>(now - entry.sent).count());
  if (reply.kind != Reply::Kind::kError) {
    Succeeded(entry);
    if (entry.done) entry.done(std::move(reply));
    return true;
  }
  const std::string_view kind = ErrorKind(reply.text);
  if (IsUnfit(kind)) {
    Failed(entry);
  } else {
    Succeeded(entry);
  }
  read_only_ |= kind == "READONLY";
  if (entry.done) entry.done(Refusal(kind));
  return true;
}

void Pipeline::Expire(SteadyTime now) {
  while (!deadlines_.empty() && deadlines_.top().first <= now) {
    const uint64_t number = deadlines_.top().second;
    deadlines_.pop();
    if (number < first_) continue;
    Entry& entry = entries_[number - first_];
    const bool redis_is_late = entry.answer_deadline <= now;
    if (redis_is_late) {
      Failed(entry);
    } else {
      // The caller was in more of a hurry; whether Redis is late is seen in its own time.
      deadlines_.emplace(entry.answer_deadline, number);
    }
    if (!entry.done) continue;
    Done<Reply> done = std::exchange(entry.done, nullptr);
    done(redis_is_late ? Unavailable("redis") : DeadlineExceeded());
  }
}

void Pipeline::FailAll(const absl::Status& status) {
  while (!entries_.empty()) {
    Entry entry = std::move(entries_.front());
    entries_.pop_front();
    ++first_;
    Failed(entry);
    if (entry.done) entry.done(status);
  }
}

void Pipeline::Succeeded(Entry& entry) {
  if (!entry.permit) return;
  metrics_.answered.Increment();
  entry.permit->Succeeded();
}

// A reply that came too late was counted when it was given up.
void Pipeline::Failed(Entry& entry) {
  if (!entry.permit) return;
  metrics_.failed.Increment();
  broken_ |= entry.permit->Failed();
  entry.permit.reset();
}

}  // namespace limpid::redis
