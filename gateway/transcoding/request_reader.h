#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "absl/status/statusor.h"

#include "gateway/transcoding/http_binding.h"
#include "libs/http/message.h"

namespace google::protobuf {
class Message;
}

namespace limpid::gateway {

/// Makes the request message of a method out of an HTTP request: body, pieces of the path, query parameters
/// and `If-Match`. Strict as ReadJson; all violations at once.
///
/// A field that the path gives may stand in the body too, with the same value. Query parameters name fields
/// by either of their names, nested ones with dots, lists by repeating the parameter; they cannot reach into
/// what the body fills. An empty body is that of `{}`.
absl::StatusOr<std::unique_ptr<google::protobuf::Message>> ReadRequest(
    const HttpBinding& binding, std::span<const std::string_view> segments, const http::Request& request);

}  // namespace limpid::gateway
