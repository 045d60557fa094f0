#include "libs/base/error.h"

#include <cstdint>
#include <optional>

#include "absl/strings/cord.h"

#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid {
namespace {

constexpr size_t kMaxViolations = 50;
constexpr size_t kMaxDetailBytes = 4096;
// A violation repeats what a caller sent: a name of a megabyte must not come back as often as it is wrong.
constexpr size_t kMaxPathBytes = 512;
constexpr size_t kMaxMessageBytes = 1024;

/// At most `most` bytes of a text, no character cut in two.
std::string Shortened(std::string_view text, size_t most) {
  if (text.size() <= most) return std::string(text);
  while (most > 0 && (static_cast<uint8_t>(text[most]) & 0xC0) == 0x80) --most;
  return StrCat(text.substr(0, most), "…");
}

// The four messages are a handful of string fields: writing their wire format by hand keeps protobuf out of
// the domain. Field numbers are those of google/rpc/error_details.proto.
void AppendVarint(std::string& out, uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

void AppendBytes(std::string& out, int field, std::string_view bytes) {
  if (bytes.empty()) return;
  AppendVarint(out, static_cast<uint64_t>(field) << 3 | 2);
  AppendVarint(out, bytes.size());
  out.append(bytes);
}

void AppendInteger(std::string& out, int field, int64_t value) {
  if (value == 0) return;
  AppendVarint(out, static_cast<uint64_t>(field) << 3);
  AppendVarint(out, static_cast<uint64_t>(value));
}

// Walks the fields of a message; stops at the first broken byte.
class WireReader {
 public:
  explicit WireReader(std::string_view data) : rest_(data) {}

  bool Next() {
    if (rest_.empty()) return false;
    const std::optional<uint64_t> tag = Varint();
    if (!tag) return false;
    field_ = static_cast<int>(*tag >> 3);
    const std::optional<uint64_t> number = (*tag & 7) == 0 || (*tag & 7) == 2 ? Varint() : std::nullopt;
    if (!number) return false;
    integer_ = *number;
    bytes_ = {};
    if ((*tag & 7) == 2) {
      if (*number > rest_.size()) return false;
      bytes_ = rest_.substr(0, *number);
      rest_.remove_prefix(*number);
    }
    return true;
  }
  int field() const { return field_; }
  std::string_view bytes() const { return bytes_; }
  int64_t integer() const { return static_cast<int64_t>(integer_); }

 private:
  std::optional<uint64_t> Varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<uint8_t>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return std::nullopt;
  }

  std::string_view rest_;
  int field_ = 0;
  uint64_t integer_ = 0;
  std::string_view bytes_;
};

struct Info {
  std::string reason;
  std::string domain;
  std::vector<std::pair<std::string, std::string>> metadata;
};

std::string Encode(const Info& info) {
  std::string out;
  AppendBytes(out, 1, info.reason);
  AppendBytes(out, 2, info.domain);
  for (const auto& [key, value] : info.metadata) {
    std::string entry;
    AppendBytes(entry, 1, key);
    AppendBytes(entry, 2, value);
    AppendBytes(out, 3, entry);
  }
  return out;
}

Info DecodeInfo(std::string_view data) {
  Info info;
  for (WireReader reader(data); reader.Next();) {
    if (reader.field() == 1) info.reason = reader.bytes();
    if (reader.field() == 2) info.domain = reader.bytes();
    if (reader.field() != 3) continue;
    std::pair<std::string, std::string> entry;
    for (WireReader inner(reader.bytes()); inner.Next();) {
      if (inner.field() == 1) entry.first = inner.bytes();
      if (inner.field() == 2) entry.second = inner.bytes();
    }
    info.metadata.push_back(std::move(entry));
  }
  return info;
}

std::optional<std::string> Payload(const absl::Status& status, std::string_view type) {
  const auto payload = status.GetPayload(Absl(type));
  if (!payload) return std::nullopt;
  return std::string(*payload);
}

Info InfoOf(const absl::Status& status) {
  const auto payload = Payload(status, kErrorInfoType);
  return payload ? DecodeInfo(*payload) : Info{};
}

void SetInfo(absl::Status& status, const Info& info) {
  status.SetPayload(Absl(kErrorInfoType), absl::Cord(Encode(info)));
}

std::string EncodeViolation(const FieldViolation& violation) {
  std::string out;
  AppendBytes(out, 1, violation.field);
  AppendBytes(out, 2, violation.message);
  AppendBytes(out, 3, violation.reason);
  return out;
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, std::string_view reason, std::string_view message) {
  absl::Status status(code, Absl(message));
  SetInfo(status, {.reason = std::string(reason), .domain = {}, .metadata = {}});
  return status;
}

absl::Status InvalidField(std::string_view field, std::string_view reason, std::string_view message) {
  ErrorCollector errors;
  errors.Add(field, reason, message);
  return errors.Finish();
}

absl::Status InvalidRequest(std::string_view reason, std::string_view message) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason, message);
}

absl::Status NotFound(std::string_view kind, std::string_view id) {
  absl::Status status =
      MakeError(absl::StatusCode::kNotFound, reason::kNotFound, StrCat("There is no such ", kind, "."));
  std::string resource;
  AppendBytes(resource, 1, kind);
  AppendBytes(resource, 2, id);
  status.SetPayload(Absl(kResourceInfoType), absl::Cord(resource));
  return status;
}

absl::Status AlreadyExists(std::string_view reason, std::string_view message) {
  return MakeError(absl::StatusCode::kAlreadyExists, reason, message);
}

absl::Status StaleEtag(std::string_view kind, std::string_view id) {
  absl::Status status = MakeError(absl::StatusCode::kAborted, reason::kEtagStale,
                                  StrCat("The ", kind, " was changed since it was read: read it again."));
  std::string resource;
  AppendBytes(resource, 1, kind);
  AppendBytes(resource, 2, id);
  status.SetPayload(Absl(kResourceInfoType), absl::Cord(resource));
  return status;
}

absl::Status FailedPrecondition(std::string_view reason, std::string_view message) {
  return MakeError(absl::StatusCode::kFailedPrecondition, reason, message);
}

absl::Status Unauthenticated(std::string_view reason, std::string_view message) {
  return MakeError(absl::StatusCode::kUnauthenticated, reason, message);
}

absl::Status PermissionDenied(std::string_view reason, std::string_view message) {
  return MakeError(absl::StatusCode::kPermissionDenied, reason, message);
}

absl::Status RateLimited(absl::Duration retry_after) {
  return WithRetryAfter(MakeError(absl::StatusCode::kResourceExhausted, reason::kRateLimited,
                                  "The quota of this key is spent: ask again later."),
                        retry_after);
}

absl::Status Overloaded(absl::Duration retry_after) {
  return WithRetryAfter(MakeError(absl::StatusCode::kResourceExhausted, reason::kOverloaded,
                                  "The service is at its limit: ask again later."),
                        retry_after);
}

absl::Status Unavailable(std::string_view peer) {
  return WithMetadata(MakeError(absl::StatusCode::kUnavailable, reason::kServiceUnavailable,
                                StrCat(peer, " does not answer: ask again.")),
                      "peer", peer);
}

absl::Status Unimplemented(std::string_view message) {
  return MakeError(absl::StatusCode::kUnimplemented, reason::kUnimplemented, message);
}

absl::Status Cancelled() {
  return MakeError(absl::StatusCode::kCancelled, reason::kCancelled, "The caller gave up.");
}

absl::Status DeadlineExceeded() {
  return MakeError(absl::StatusCode::kDeadlineExceeded, reason::kDeadlineExceeded,
                   "The time given for the call is over.");
}

absl::Status WithRetryAfter(absl::Status status, absl::Duration retry_after) {
  std::string delay;
  const int64_t seconds = absl::ToInt64Seconds(retry_after);
  AppendInteger(delay, 1, seconds);
  AppendInteger(delay, 2, absl::ToInt64Nanoseconds(retry_after - absl::Seconds(seconds)));
  std::string info;
  AppendBytes(info, 1, delay);
  status.SetPayload(Absl(kRetryInfoType), absl::Cord(info));
  return status;
}

absl::Status WithDomain(absl::Status status, std::string_view domain) {
  if (status.ok()) return status;
  Info info = InfoOf(status);
  if (!info.domain.empty()) return status;
  info.domain = domain;
  SetInfo(status, info);
  return status;
}

absl::Status WithMetadata(absl::Status status, std::string_view key, std::string_view value) {
  if (status.ok()) return status;
  Info info = InfoOf(status);
  info.metadata.emplace_back(key, value);
  SetInfo(status, info);
  return status;
}

ErrorDetails DetailsOf(const absl::Status& status) {
  ErrorDetails details;
  Info info = InfoOf(status);
  details.reason = std::move(info.reason);
  details.domain = std::move(info.domain);
  details.metadata = std::move(info.metadata);
  if (const auto bad_request = Payload(status, kBadRequestType)) {
    for (WireReader reader(*bad_request); reader.Next();) {
      if (reader.field() != 1) continue;
      FieldViolation violation;
      for (WireReader inner(reader.bytes()); inner.Next();) {
        if (inner.field() == 1) violation.field = inner.bytes();
        if (inner.field() == 2) violation.message = inner.bytes();
        if (inner.field() == 3) violation.reason = inner.bytes();
      }
      details.violations.push_back(std::move(violation));
    }
  }
  if (const auto retry = Payload(status, kRetryInfoType)) {
    for (WireReader reader(*retry); reader.Next();) {
      if (reader.field() != 1) continue;
      for (WireReader inner(reader.bytes()); inner.Next();) {
        if (inner.field() == 1) details.retry_after += absl::Seconds(inner.integer());
        if (inner.field() == 2) details.retry_after += absl::Nanoseconds(inner.integer());
      }
    }
  }
  if (const auto resource = Payload(status, kResourceInfoType)) {
    for (WireReader reader(*resource); reader.Next();) {
      if (reader.field() == 1) details.resource_kind = reader.bytes();
      if (reader.field() == 2) details.resource_id = reader.bytes();
    }
  }
  return details;
}

std::string ReasonOf(const absl::Status& status) { return InfoOf(status).reason; }

void ErrorCollector::Add(std::string_view field, std::string_view reason, std::string_view message) {
  violations_.push_back(
      {Shortened(field, kMaxPathBytes), std::string(reason), Shortened(message, kMaxMessageBytes)});
}

void ErrorCollector::Merge(std::string_view prefix, const absl::Status& status) {
  if (status.ok()) return;
  ErrorDetails details = DetailsOf(status);
  if (details.violations.empty()) {
    Add(prefix, details.reason, Std(status.message()));
    return;
  }
  for (FieldViolation& violation : details.violations) {
    if (!prefix.empty()) {
      const bool indexed = violation.field.starts_with('[');
      violation.field =
          violation.field.empty() ? std::string(prefix) : StrCat(prefix, indexed ? "" : ".", violation.field);
    }
    violations_.push_back(std::move(violation));
  }
}

absl::Status ErrorCollector::Finish() const {
  if (violations_.empty()) return absl::OkStatus();
  std::string bad_request;
  size_t written = 0;
  for (const FieldViolation& violation : violations_) {
    const std::string encoded = EncodeViolation(violation);
    if (written == kMaxViolations || bad_request.size() + encoded.size() > kMaxDetailBytes) break;
    AppendBytes(bad_request, 1, encoded);
    ++written;
  }
  absl::Status status = InvalidRequest(
      violations_.size() == 1 ? std::string_view(violations_.front().reason) : reason::kInvalidRequest,
      violations_.size() == 1 ? violations_.front().message
                              : StrCat(violations_.size(), " fields of the request are not right."));
  if (written < violations_.size()) {
    status = WithMetadata(std::move(status), "more", StrCat(violations_.size() - written));
  }
  status.SetPayload(Absl(kBadRequestType), absl::Cord(bad_request));
  return status;
}

}  // namespace limpid
