#pragma once

#include <array>
#include <string_view>

/// The reason codes of errors (`ErrorInfo.reason`, problem details' `reason`, a field violation's `reason`),
/// with their meaning: the error page of the docs is made from this list. A verdict's reasons are another
/// list (libs/quality/reasons.h). Words are public: never change one, only add.
namespace limpid::reason {

// Requests
inline constexpr std::string_view kInvalidRequest = "INVALID_REQUEST";
inline constexpr std::string_view kRequired = "REQUIRED";
inline constexpr std::string_view kTooLong = "TOO_LONG";
inline constexpr std::string_view kOutOfRange = "OUT_OF_RANGE";
inline constexpr std::string_view kInvalidFormat = "INVALID_FORMAT";
inline constexpr std::string_view kInvalidUtf8 = "INVALID_UTF8";
inline constexpr std::string_view kUnknownField = "UNKNOWN_FIELD";
inline constexpr std::string_view kDuplicateField = "DUPLICATE_FIELD";
inline constexpr std::string_view kWrongType = "WRONG_TYPE";
inline constexpr std::string_view kUnknownValue = "UNKNOWN_VALUE";
inline constexpr std::string_view kTooMany = "TOO_MANY";
inline constexpr std::string_view kReadOnly = "READ_ONLY";
inline constexpr std::string_view kMalformedJson = "MALFORMED_JSON";
inline constexpr std::string_view kMalformedMessage = "MALFORMED_MESSAGE";
inline constexpr std::string_view kTooDeep = "TOO_DEEP";
inline constexpr std::string_view kBodyTooLarge = "BODY_TOO_LARGE";
inline constexpr std::string_view kHeadTooLarge = "HEAD_TOO_LARGE";
inline constexpr std::string_view kMethodNotAllowed = "METHOD_NOT_ALLOWED";
inline constexpr std::string_view kMediaTypeUnsupported = "MEDIA_TYPE_UNSUPPORTED";
inline constexpr std::string_view kPageTokenInvalid = "PAGE_TOKEN_INVALID";
// Identity
inline constexpr std::string_view kCredentialsMissing = "CREDENTIALS_MISSING";
inline constexpr std::string_view kCredentialsInvalid = "CREDENTIALS_INVALID";
inline constexpr std::string_view kKeyRevoked = "KEY_REVOKED";
inline constexpr std::string_view kKeyExpired = "KEY_EXPIRED";
inline constexpr std::string_view kRoleNotAllowed = "ROLE_NOT_ALLOWED";
inline constexpr std::string_view kOriginNotAllowed = "ORIGIN_NOT_ALLOWED";
inline constexpr std::string_view kAddressNotAllowed = "ADDRESS_NOT_ALLOWED";
inline constexpr std::string_view kPrincipalInvalid = "PRINCIPAL_INVALID";
// State
inline constexpr std::string_view kNotFound = "NOT_FOUND";
inline constexpr std::string_view kAlreadyExists = "ALREADY_EXISTS";
inline constexpr std::string_view kEtagStale = "ETAG_STALE";
inline constexpr std::string_view kIdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED";
inline constexpr std::string_view kIdempotencyKeyInUse = "IDEMPOTENCY_KEY_IN_USE";
inline constexpr std::string_view kWriteConflict = "WRITE_CONFLICT";
inline constexpr std::string_view kFailedPrecondition = "FAILED_PRECONDITION";
inline constexpr std::string_view kCursorExpired = "CURSOR_EXPIRED";
// Proofs of ownership
inline constexpr std::string_view kDestinationNotAllowed = "DESTINATION_NOT_ALLOWED";
inline constexpr std::string_view kChannelNotOffered = "CHANNEL_NOT_OFFERED";
inline constexpr std::string_view kCodeNotAccepted = "CODE_NOT_ACCEPTED";
inline constexpr std::string_view kChallengeOver = "CHALLENGE_OVER";
inline constexpr std::string_view kResendTooSoon = "RESEND_TOO_SOON";
inline constexpr std::string_view kResendLimit = "RESEND_LIMIT";
inline constexpr std::string_view kDestinationLimit = "DESTINATION_LIMIT";
inline constexpr std::string_view kPrefixLimit = "PREFIX_LIMIT";
inline constexpr std::string_view kNetworkLimit = "NETWORK_LIMIT";
inline constexpr std::string_view kTenantLimit = "TENANT_LIMIT";
inline constexpr std::string_view kSpendLimit = "SPEND_LIMIT";
inline constexpr std::string_view kConversionTooLow = "CONVERSION_TOO_LOW";
inline constexpr std::string_view kDeliveryFailed = "DELIVERY_FAILED";
inline constexpr std::string_view kDeliveryRefused = "DELIVERY_REFUSED";
// Capacity
inline constexpr std::string_view kRateLimited = "RATE_LIMITED";
inline constexpr std::string_view kOverloaded = "OVERLOADED";
inline constexpr std::string_view kServiceUnavailable = "SERVICE_UNAVAILABLE";
inline constexpr std::string_view kStorageFull = "STORAGE_FULL";
inline constexpr std::string_view kDeadlineExceeded = "DEADLINE_EXCEEDED";
inline constexpr std::string_view kCancelled = "CANCELLED";
inline constexpr std::string_view kUnimplemented = "UNIMPLEMENTED";
inline constexpr std::string_view kInternal = "INTERNAL";

struct Entry {
  std::string_view reason;
  std::string_view meaning;
};

inline constexpr std::array kAll = {
    Entry{kInvalidRequest, "The request as a whole cannot be read or makes no sense."},
    Entry{kRequired, "The field must be given."},
    Entry{kTooLong, "The value is longer than the field allows."},
    Entry{kOutOfRange, "The number, time or duration lies outside what the field allows."},
    Entry{kInvalidFormat, "The value is not of the form that the field asks for."},
    Entry{kInvalidUtf8, "The text is not valid UTF-8."},
    Entry{kUnknownField, "No field of this name exists here."},
    Entry{kDuplicateField, "The field is given more than once."},
    Entry{kWrongType, "The JSON value has another type than the field."},
    Entry{kUnknownValue, "The value is not one of the field's closed list."},
    Entry{kTooMany, "The list is longer than the field allows."},
    Entry{kReadOnly, "The field is set by the server and cannot be written."},
    Entry{kMalformedJson, "The body is not JSON."},
    Entry{kMalformedMessage, "The body is not a protobuf message of the expected type."},
    Entry{kTooDeep, "The JSON is nested deeper than 64 levels."},
    Entry{kBodyTooLarge, "The body is larger than allowed."},
    Entry{kHeadTooLarge, "The head of the HTTP request has too many bytes or fields."},
    Entry{kMethodNotAllowed, "The path exists, but not with this HTTP method."},
    Entry{kMediaTypeUnsupported, "The body has a content type or content encoding that is not read here."},
    Entry{kPageTokenInvalid, "The page token is not one of this list, or its arguments have changed."},
    Entry{kCredentialsMissing, "No API key was given."},
    Entry{kCredentialsInvalid, "The API key is not known."},
    Entry{kKeyRevoked, "The API key was revoked."},
    Entry{kKeyExpired, "The API key was rotated and its overlap is over."},
    Entry{kRoleNotAllowed, "The key's role does not admit this call."},
    Entry{kOriginNotAllowed, "The key is bound to other web origins."},
    Entry{kAddressNotAllowed, "The URL leads to an address that calls from here may not reach."},
    Entry{kPrincipalInvalid, "The call did not come through the gateway."},
    Entry{kNotFound, "There is no such object."},
    Entry{kAlreadyExists, "An object with this name or unique value exists."},
    Entry{kEtagStale, "The object was changed since it was read: read it again."},
    Entry{kIdempotencyKeyReused, "The idempotency key was used for another request."},
    Entry{kIdempotencyKeyInUse, "The first request under this idempotency key still runs."},
    Entry{kWriteConflict, "Other writes got in the way each time; nothing was stored: ask again."},
    Entry{kFailedPrecondition, "The object is not in a state that admits this call."},
    Entry{kCursorExpired, "The events after this cursor are no longer kept: read everything again."},
    Entry{kDestinationNotAllowed, "Messages do not go to numbers of this kind or country."},
    Entry{kChannelNotOffered, "No sender is set up for messages of this kind."},
    Entry{kCodeNotAccepted,
          "The code or link is wrong, or its challenge is over or unknown: which, is not told."},
    Entry{kChallengeOver, "The challenge was approved, has expired, or was cancelled or locked."},
    Entry{kResendTooSoon, "The message was sent a moment ago: wait for the time given."},
    Entry{kResendLimit, "The challenge was sent as often as it may be."},
    Entry{kDestinationLimit, "This address or number was sent as many messages as it may get for now."},
    Entry{kPrefixLimit, "Numbers like this one were sent as many messages as they may get for now."},
    Entry{kNetworkLimit, "The person's network asked or guessed as often as it may for now."},
    Entry{kTenantLimit, "The tenant's messages of the day are spent."},
    Entry{kSpendLimit, "The installation's messages of the day are spent."},
    Entry{kConversionTooLow,
          "Too few codes sent to this country or range were ever typed in: sending is stopped."},
    Entry{kDeliveryFailed, "The message could not be handed over; nothing was sent."},
    Entry{kDeliveryRefused, "Whoever carries messages takes none for this address or number."},
    Entry{kRateLimited, "The key's quota is spent: wait for the time given."},
    Entry{kOverloaded, "The service is at its limit: wait for the time given."},
    Entry{kServiceUnavailable, "A part of the suite does not answer: ask again."},
    Entry{kStorageFull, "The database has no room left; reading goes on."},
    Entry{kDeadlineExceeded, "The time given for the call is over."},
    Entry{kCancelled, "The caller gave up."},
    Entry{kUnimplemented, "This is not offered."},
    Entry{kInternal, "A fault of ours; the request id helps to find it."},
};

}  // namespace limpid::reason
