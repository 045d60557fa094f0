#include "libs/redis/resp_scanner.h"

#include <algorithm>
#include <charconv>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::redis {
namespace {

// A sign and the 19 digits of a 64-bit number.
constexpr size_t kMaxNumberLength = 20;

absl::Status Broken(std::string_view what) {
  return MakeError(absl::StatusCode::kUnavailable, reason::kServiceUnavailable, what);
}

bool HoldsNumber(char type) { return type == ':' || type == '$' || type == '*'; }

}  // namespace

absl::Status RespScanner::Scan(std::string_view bytes) {
  while (!bytes.empty()) {
    if (part_ == Part::kPayload) {
      const size_t skipped = std::min(payload_left_, bytes.size());
      payload_left_ -= skipped;
      reply_bytes_ += skipped;
      bytes.remove_prefix(skipped);
      if (payload_left_ == 0) part_ = Part::kReturn;
      continue;
    }
    if (absl::Status status = Step(bytes.front()); !status.ok()) return status;
    bytes.remove_prefix(1);
  }
  return absl::OkStatus();
}

absl::Status RespScanner::Step(char byte) {
  if (part_ == Part::kType && open_elements_ == 0) {
    open_elements_ = 1;
    reply_bytes_ = 0;
    reply_elements_ = 0;
  }
  if (++reply_bytes_ > limits_.max_reply_bytes) return Broken("Redis sent an answer that is too large.");
  switch (part_) {
    case Part::kType:
      if (!HoldsNumber(byte) && byte != '+' && byte != '-') return Broken("Redis sent what is no RESP2.");
      type_ = byte;
      line_.clear();
      after_return_ = false;
      part_ = Part::kLine;
      return absl::OkStatus();
    case Part::kLine:
      if (after_return_ && byte == '\n') return EndOfLine();
      if (after_return_ && HoldsNumber(type_)) return Broken("Redis sent a broken number.");
      after_return_ = byte == '\r';
      if (after_return_ || !HoldsNumber(type_)) return absl::OkStatus();
      if (line_.size() == kMaxNumberLength) return Broken("Redis sent a number that is too long.");
      line_.push_back(byte);
      return absl::OkStatus();
    case Part::kPayload:
      return absl::OkStatus();
    case Part::kReturn:
      if (byte != '\r') return Broken("Redis sent a string of another length than announced.");
      part_ = Part::kNewline;
      return absl::OkStatus();
    case Part::kNewline:
      if (byte != '\n') return Broken("Redis sent a string of another length than announced.");
      EndOfElement();
      return absl::OkStatus();
  }
  return absl::OkStatus();
}

absl::Status RespScanner::EndOfLine() {
  if (!HoldsNumber(type_)) {
    EndOfElement();
    return absl::OkStatus();
  }
  int64_t number = 0;
  const auto [end, error] = std::from_chars(line_.data(), line_.data() + line_.size(), number);
  if (error != std::errc() || end != line_.data() + line_.size())
    return Broken("Redis sent a broken number.");
  if (type_ == ':' || number == -1) {
    EndOfElement();
    return absl::OkStatus();
  }
  if (number < 0) return Broken("Redis sent a negative length.");
  if (type_ == '*') {
    if (number > limits_.max_reply_elements - reply_elements_) {
      return Broken("Redis sent an answer of too many elements.");
    }
    reply_elements_ += number;
    open_elements_ += number;
    EndOfElement();
    return absl::OkStatus();
  }
  if (static_cast<uint64_t>(number) > limits_.max_reply_bytes - reply_bytes_) {
    return Broken("Redis sent an answer that is too large.");
  }
  payload_left_ = static_cast<size_t>(number);
  part_ = payload_left_ == 0 ? Part::kReturn : Part::kPayload;
  return absl::OkStatus();
}

}  // namespace limpid::redis
