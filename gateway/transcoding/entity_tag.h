#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace google::protobuf {
class Message;
}

namespace limpid::gateway {

/// The field `etag` of an answer as the header `ETag` (RFC 9110 §8.8.3); empty when the message has none, or
/// one that a header cannot carry.
std::string EntityTagOf(const google::protobuf::Message& answer);

/// The etag within one strong entity tag, `"…"`.
std::optional<std::string_view> ReadEntityTag(std::string_view header);

}  // namespace limpid::gateway
