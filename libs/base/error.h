#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

/// Builders of the errors that leave a use case.
///
/// Each hangs the standard details of google.rpc (`ErrorInfo`, `BadRequest`, `RetryInfo`, `ResourceInfo`) on
/// the status as payloads, in wire format and without protobuf, so that `domain/` and `app/` can use them.
/// libs/rpc turns them into a google.rpc.Status, libs/http into problem details; there is no third place.
/// Reasons are constants of libs/base/reasons.h.
namespace limpid {

/// One fault in a request: `field` is its path in proto names with indexes (`contact.phones[1].value`),
/// `reason` is in UPPER_SNAKE, `message` tells a person what to do.
struct FieldViolation {
  std::string field;
  std::string reason;
  std::string message;
  friend bool operator==(const FieldViolation&, const FieldViolation&) = default;
};

/// INVALID_ARGUMENT for one field.
absl::Status InvalidField(std::string_view field, std::string_view reason, std::string_view message);
/// INVALID_ARGUMENT for a request that is broken as a whole.
absl::Status InvalidRequest(std::string_view reason, std::string_view message);
/// NOT_FOUND. Equal for what is missing and for what belongs to another tenant.
absl::Status NotFound(std::string_view kind, std::string_view id);
/// ALREADY_EXISTS: a unique value is taken.
absl::Status AlreadyExists(std::string_view reason, std::string_view message);
/// ABORTED with reason ETAG_STALE: read again, then write.
absl::Status StaleEtag(std::string_view kind, std::string_view id);
/// FAILED_PRECONDITION.
absl::Status FailedPrecondition(std::string_view reason, std::string_view message);
/// UNAUTHENTICATED.
absl::Status Unauthenticated(std::string_view reason, std::string_view message);
/// PERMISSION_DENIED.
absl::Status PermissionDenied(std::string_view reason, std::string_view message);
/// RESOURCE_EXHAUSTED of the caller's own quota (reason RATE_LIMITED), with a retry delay.
absl::Status RateLimited(absl::Duration retry_after);
/// RESOURCE_EXHAUSTED of the service (reason OVERLOADED), with a retry delay.
absl::Status Overloaded(absl::Duration retry_after);
/// UNAVAILABLE: a peer or a store does not answer. Retryable.
absl::Status Unavailable(std::string_view peer);
absl::Status Unimplemented(std::string_view message);
absl::Status Cancelled();
absl::Status DeadlineExceeded();
/// Any code with a reason, for what the list above lacks.
absl::Status MakeError(absl::StatusCode code, std::string_view reason, std::string_view message);

/// Adds the retry delay to a status.
absl::Status WithRetryAfter(absl::Status status, absl::Duration retry_after);
/// Names the service in `ErrorInfo.domain` (`verify.limpid`) where none is named yet.
absl::Status WithDomain(absl::Status status, std::string_view domain);
/// Adds a key to `ErrorInfo.metadata`.
absl::Status WithMetadata(absl::Status status, std::string_view key, std::string_view value);

/// The details of a status, read back. Details of other types and broken ones are left out.
struct ErrorDetails {
  std::string reason;
  std::string domain;
  std::vector<std::pair<std::string, std::string>> metadata;
  std::vector<FieldViolation> violations;
  absl::Duration retry_after = absl::ZeroDuration();  ///< Zero: none given.
  std::string resource_kind;
  std::string resource_id;
};
ErrorDetails DetailsOf(const absl::Status& status);
/// `ErrorInfo.reason`, empty when the status has none.
std::string ReasonOf(const absl::Status& status);

/// Gathers violations, so that a caller learns of all of them at once.
class ErrorCollector {
 public:
  void Add(std::string_view field, std::string_view reason, std::string_view message);
  /// Takes over the violations of `status`, each path prefixed by `prefix` and a dot when it has one.
  void Merge(std::string_view prefix, const absl::Status& status);
  bool empty() const { return violations_.empty(); }
  const std::vector<FieldViolation>& violations() const { return violations_; }
  /// OK when nothing was added; else INVALID_ARGUMENT with at most 50 violations and 4 KiB of them (more
  /// would not fit into HTTP/2 trailers); metadata `more` counts those left out.
  absl::Status Finish() const;

 private:
  std::vector<FieldViolation> violations_;
};

/// Type URLs of the payloads.
inline constexpr std::string_view kErrorInfoType = "type.googleapis.com/google.rpc.ErrorInfo";
inline constexpr std::string_view kBadRequestType = "type.googleapis.com/google.rpc.BadRequest";
inline constexpr std::string_view kRetryInfoType = "type.googleapis.com/google.rpc.RetryInfo";
inline constexpr std::string_view kResourceInfoType = "type.googleapis.com/google.rpc.ResourceInfo";

}  // namespace limpid
