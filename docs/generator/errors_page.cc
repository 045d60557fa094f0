#include <algorithm>
#include <array>

#include "absl/status/status.h"
#include "docs/generator/markdown_table.h"
#include "docs/generator/pages.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/http/problem.h"

namespace limpid::docs {
namespace {

struct CodeOfReason {
  std::string_view reason;
  absl::StatusCode code;
};

// The code that each reason comes with at the doors.
constexpr std::array kCodes = {
    CodeOfReason{reason::kInvalidRequest, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kRequired, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kTooLong, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kOutOfRange, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kInvalidFormat, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kInvalidUtf8, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kUnknownField, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kDuplicateField, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kWrongType, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kUnknownValue, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kTooMany, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kReadOnly, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kMalformedJson, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kMalformedMessage, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kTooDeep, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kBodyTooLarge, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kHeadTooLarge, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kMethodNotAllowed, absl::StatusCode::kUnimplemented},
    CodeOfReason{reason::kMediaTypeUnsupported, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kPageTokenInvalid, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kCredentialsMissing, absl::StatusCode::kUnauthenticated},
    CodeOfReason{reason::kCredentialsInvalid, absl::StatusCode::kUnauthenticated},
    CodeOfReason{reason::kKeyRevoked, absl::StatusCode::kUnauthenticated},
    CodeOfReason{reason::kKeyExpired, absl::StatusCode::kUnauthenticated},
    CodeOfReason{reason::kRoleNotAllowed, absl::StatusCode::kPermissionDenied},
    CodeOfReason{reason::kOriginNotAllowed, absl::StatusCode::kPermissionDenied},
    CodeOfReason{reason::kAddressNotAllowed, absl::StatusCode::kPermissionDenied},
    CodeOfReason{reason::kPrincipalInvalid, absl::StatusCode::kUnauthenticated},
    CodeOfReason{reason::kNotFound, absl::StatusCode::kNotFound},
    CodeOfReason{reason::kAlreadyExists, absl::StatusCode::kAlreadyExists},
    CodeOfReason{reason::kEtagStale, absl::StatusCode::kAborted},
    CodeOfReason{reason::kIdempotencyKeyReused, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kIdempotencyKeyInUse, absl::StatusCode::kAborted},
    CodeOfReason{reason::kWriteConflict, absl::StatusCode::kAborted},
    CodeOfReason{reason::kFailedPrecondition, absl::StatusCode::kFailedPrecondition},
    CodeOfReason{reason::kCursorExpired, absl::StatusCode::kFailedPrecondition},
    CodeOfReason{reason::kDestinationNotAllowed, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kChannelNotOffered, absl::StatusCode::kFailedPrecondition},
    CodeOfReason{reason::kCodeNotAccepted, absl::StatusCode::kInvalidArgument},
    CodeOfReason{reason::kChallengeOver, absl::StatusCode::kFailedPrecondition},
    CodeOfReason{reason::kResendTooSoon, absl::StatusCode::kResourceExhausted},
    CodeOfReason{reason::kResendLimit, absl::StatusCode::kResourceExhausted},
    CodeOfReason{reason::kDestinationLimit, absl::StatusCode::kResourceExhausted},
    CodeOfReason{reason::kPrefixLimit, absl::StatusCode::kResourceExhausted},
    CodeOfReason{reason::kNetworkLimit, absl::StatusCode::kResourceExhausted},
    CodeOfReason{reason::kTenantLimit, absl::StatusCode::kResourceExhausted},
    CodeOfReason{reason::kSpendLimit, absl::StatusCode::kResourceExhausted},
    CodeOfReason{reason::kConversionTooLow, absl::StatusCode::kResourceExhausted},
    CodeOfReason{reason::kDeliveryFailed, absl::StatusCode::kUnavailable},
    CodeOfReason{reason::kDeliveryRefused, absl::StatusCode::kFailedPrecondition},
    CodeOfReason{reason::kRateLimited, absl::StatusCode::kResourceExhausted},
    CodeOfReason{reason::kOverloaded, absl::StatusCode::kResourceExhausted},
    CodeOfReason{reason::kServiceUnavailable, absl::StatusCode::kUnavailable},
    CodeOfReason{reason::kStorageFull, absl::StatusCode::kResourceExhausted},
    CodeOfReason{reason::kDeadlineExceeded, absl::StatusCode::kDeadlineExceeded},
    CodeOfReason{reason::kCancelled, absl::StatusCode::kCancelled},
    CodeOfReason{reason::kUnimplemented, absl::StatusCode::kUnimplemented},
    CodeOfReason{reason::kInternal, absl::StatusCode::kInternal},
};
static_assert(std::ranges::equal(kCodes, reason::kAll, {}, &CodeOfReason::reason, &reason::Entry::reason),
              "a reason of kAll has no code here");

}  // namespace

std::string ErrorsPage() {
  MarkdownTable table({"reason", "code", "HTTP", "meaning"});
  for (size_t i = 0; i < kCodes.size(); ++i) {
    const auto& [reason, code] = kCodes[i];
    table.AddRow({Code(reason), absl::StatusCodeToString(code),
                  StrCat(http::HttpStatusOf(MakeError(code, reason, ""))),
                  std::string(reason::kAll[i].meaning)});
  }
  return StrCat(
      PageHead("Reasons of errors", "libs/base/reasons.h and libs/http/problem.cc"),
      "The `reason` of an error (problem details over HTTP, `ErrorInfo` over gRPC) and of each of its\n"
      "violations (`errors[]`, `BadRequest`). Words never change; new ones may come. A bad e-mail or phone\n"
      "is no error but a [verdict](verdicts.md).\n\n",
      table.text());
}

}  // namespace limpid::docs
