#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace google::protobuf {
class Descriptor;
class EnumDescriptor;
class FieldDescriptor;
}  // namespace google::protobuf

/// What the JSON reader and writer know of a message type, worked out once.
namespace limpid::http {

struct MessagePlan;

/// Message types that have a JSON form of their own.
enum class WellKnown : uint8_t {
  kNone,
  kTimestamp,
  kDuration,
  kFieldMask,
  kWrapper,
  kStruct,
  kValue,
  kListValue,
};

/// What a field's value is, as far as JSON minds.
enum class ValueKind : uint8_t {
  kInt32,
  kInt64,
  kUint32,
  kUint64,
  kFloat,
  kDouble,
  kBool,
  kString,
  kBytes,
  kEnum,
  kNullValue,  ///< google.protobuf.NullValue, whose one word is `null`.
  kMessage,
};

struct FieldPlan {
  const google::protobuf::FieldDescriptor* field;
  std::string key;  ///< `"givenName":`
  ValueKind kind;
  bool repeated;  ///< A list, and no map.
  bool map;
  bool presence;                                  ///< Left out of answers when absent.
  int oneof;                                      ///< Index of the real oneof it belongs to, or -1.
  const MessagePlan* message = nullptr;           ///< Of kMessage; of a map the entry's.
  const google::protobuf::EnumDescriptor* words;  ///< Of kEnum.
};

struct MessagePlan {
  const google::protobuf::Descriptor* descriptor;
  WellKnown well_known = WellKnown::kNone;
  std::vector<FieldPlan> fields;  ///< As declared.
  /// Index into `fields` by either name.
  absl::flat_hash_map<std::string_view, int> by_name;
};

/// The plan of a type; made at the first call and kept for good. Thread-safe.
const MessagePlan& PlanOf(const google::protobuf::Descriptor* descriptor);

}  // namespace limpid::http
