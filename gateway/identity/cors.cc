#include "gateway/identity/cors.h"

#include <algorithm>

#include "gateway/domain/web_origin.h"

namespace limpid::gateway {
namespace {

constexpr char kAllowedHeaders[] =
    "authorization, content-type, accept-language, idempotency-key, traceparent, x-request-id";
constexpr char kExposedHeaders[] = "etag, retry-after, x-request-id";
constexpr char kPreflightSeconds[] = "7200";  // the longest that Chromium keeps one

}  // namespace

CorsHeaders PreflightHeaders(std::string_view origin, std::string_view requested_method,
                             bool admits_capture) {
  CorsHeaders headers = {{"Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"}};
  if (!admits_capture || !IsWebOrigin(origin)) return headers;
  headers.emplace_back("Access-Control-Allow-Origin", origin);
  headers.emplace_back("Access-Control-Allow-Methods", requested_method);
  headers.emplace_back("Access-Control-Allow-Headers", kAllowedHeaders);
  headers.emplace_back("Access-Control-Max-Age", kPreflightSeconds);
  return headers;
}

CorsHeaders AnswerHeaders(std::string_view origin, const Identity* identity) {
  CorsHeaders headers = {{"Vary", "Origin"}};
  if (origin.empty() || identity == nullptr ||
      std::ranges::find(identity->origins, origin) == identity->origins.end()) {
    return headers;
  }
  headers.emplace_back("Access-Control-Allow-Origin", origin);
  headers.emplace_back("Access-Control-Expose-Headers", kExposedHeaders);
  return headers;
}

}  // namespace limpid::gateway
