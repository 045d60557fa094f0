#pragma once

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"

#include "libs/base/error.h"

namespace google::protobuf {
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace limpid::http {

struct JsonReaderOptions {
  size_t max_depth = 64;  ///< Levels of nesting; one more is refused with reason TOO_DEEP.
};

/// Reads proto3 JSON into `out`, which is cleared first.
///
/// Strict: an unknown field, a field given twice (under either of its names), a value of another type, an
/// unknown word of an enum, a number out of range, bad base64, a malformed Timestamp, Duration or FieldMask
/// are violations, and the answer holds all of them with their paths in proto names; `out` is then
/// unspecified. Reading ends after 1,000 violations. What is not JSON or not UTF-8 is one fault,
/// MALFORMED_JSON, with metadata `offset`: the byte at which the text stops being JSON. Field names are
/// accepted in lowerCamelCase and as written in the proto. `google.protobuf.Any` is not offered. Thread-safe;
/// descriptors are remembered for the life of the process, so they must come from the generated pool or one
/// that is never freed.
absl::Status ReadJson(std::string_view json, google::protobuf::Message& out,
                      const JsonReaderOptions& options = {});

/// The same for a document that is part of a request: its violations go to `errors`, each under `path`,
/// beside those of the request's other parts. What is returned is only why there is no document to read.
absl::Status ReadJsonPart(std::string_view json, std::string_view path, google::protobuf::Message& out,
                          ErrorCollector& errors, const JsonReaderOptions& options = {});

/// Sets a field (adds to it when it is a list) from text that stands outside of JSON: a query parameter, a
/// piece of a path. The forms are those of JSON strings, and `true` and `false`. Violations go to `errors`
/// under `path`. `field` is a scalar, an enum or a message whose JSON form is a string or a number.
/// Thread-safe.
void ReadText(std::string_view text, const google::protobuf::FieldDescriptor& field, std::string_view path,
              google::protobuf::Message& out, ErrorCollector& errors);

}  // namespace limpid::http
