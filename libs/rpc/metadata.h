#pragma once

#include <string_view>

/// Names of the metadata that Limpid reads and writes. Everything that begins with `limpid-` is between our
/// own services: the gateway's doors drop it when it comes from outside.
namespace limpid::rpc {

inline constexpr std::string_view kInternalPrefix = "limpid-";
inline constexpr char kCallKey[] = "limpid-call";  ///< A CallLine.
inline constexpr char kRequestDigestKey[] = "limpid-request-digest";
inline constexpr char kRequestIdKey[] = "x-request-id";
inline constexpr char kTraceparentKey[] = "traceparent";
inline constexpr char kIdempotencyKeyKey[] = "idempotency-key";
inline constexpr char kAuthorizationKey[] = "authorization";
inline constexpr char kAcceptLanguageKey[] = "accept-language";

}  // namespace limpid::rpc
