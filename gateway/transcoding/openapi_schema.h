#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "google/protobuf/descriptor.h"

#include "gateway/transcoding/json_value.h"

namespace limpid::gateway {

/// JSON Schemas (2020-12, as OpenAPI 3.1 has them) of message types, in the form that AppendJson writes.
///
/// Gathers the types that it has referred to; Components gives the schemas of all of them. One thread at a
/// time.
class OpenApiSchemas {
 public:
  /// Schema of a field's value, a reference where it is a message or an enum of ours.
  json::Value OfField(const google::protobuf::FieldDescriptor& field);
  /// Schema of a message: its own form, or a reference.
  json::Value OfMessage(const google::protobuf::Descriptor& message);
  /// The schema of a message written out, without some of its fields.
  json::Value Without(const google::protobuf::Descriptor& message,
                      const std::vector<const google::protobuf::FieldDescriptor*>& fields);
  /// `components.schemas`: everything referred to so far, and what that refers to.
  json::Value Components();

 private:
  json::Value OfSingle(const google::protobuf::FieldDescriptor& field);
  json::Value OfEnum(const google::protobuf::EnumDescriptor& words);

  std::vector<const google::protobuf::Descriptor*> messages_;
  std::vector<const google::protobuf::EnumDescriptor*> enums_;
  absl::flat_hash_set<std::string> seen_;
};

}  // namespace limpid::gateway
