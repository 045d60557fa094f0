#pragma once

#include <string>
#include <string_view>

namespace google::protobuf {
class Message;
}

namespace limpid::http {

/// Appends a message as proto3 JSON, as answers show it: every scalar and list field is present even when
/// empty or false; absent messages, absent `optional` fields and unset members of a oneof are left out.
///
/// 64-bit integers are strings, enums their names (a number that has none stays a number), times RFC 3339,
/// durations `"0.300s"`, bytes base64. Strings that are not UTF-8 get U+FFFD in place of what is broken. A
/// Timestamp or Duration out of its range is written as the nearest one within. Thread-safe; descriptors are
/// remembered as by ReadJson.
void AppendJson(const google::protobuf::Message& message, std::string& out);

/// Appends a JSON string, quotes included.
void AppendJsonString(std::string_view text, std::string& out);

}  // namespace limpid::http
