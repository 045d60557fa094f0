#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

#include "libs/http/message.h"

/// Problem details (RFC 9457): how each error leaves by HTTP. There is no second place that decides on an
/// HTTP status.
namespace limpid::http {

/// What a problem says about the request that it answers.
struct ProblemContext {
  std::string_view instance;    ///< Path of the request.
  std::string_view request_id;  ///< Also sent as `X-Request-Id`.
};

/// The HTTP status of an error: by reason where one is fixed (`ETAG_STALE` 412), else by code.
int HttpStatusOf(const absl::Status& error);

/// The JSON object alone, for the last line of a stream. `error` is not OK.
void AppendProblem(const absl::Status& error, const ProblemContext& context, std::string& out);

/// The whole answer: status, `application/problem+json`, `Retry-After` and `WWW-Authenticate` where they
/// belong. Messages of INTERNAL and UNKNOWN errors are for the log, and are replaced here.
Response ProblemResponse(const absl::Status& error, const ProblemContext& context);

/// The JSON form of a path in proto names: `contact.given_name` → `contact.givenName`. What stands in
/// brackets (indexes, keys of maps) stays as it is.
std::string JsonPath(std::string_view proto_path);

}  // namespace limpid::http
