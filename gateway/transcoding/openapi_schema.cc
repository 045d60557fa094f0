#include "gateway/transcoding/openapi_schema.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"

#include "gateway/transcoding/proto_comment.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

/// `limpid.contact.v1.Contact` → `contact.v1.Contact`.
std::string_view SchemaName(std::string_view full_name) {
  constexpr std::string_view kPrefix = "limpid.";
  return full_name.starts_with(kPrefix) ? full_name.substr(kPrefix.size()) : full_name;
}

json::Value Reference(std::string_view full_name) {
  return json::Object({{"$ref", json::Text(StrCat("#/components/schemas/", SchemaName(full_name)))}});
}

json::Value Type(std::string_view type, std::string_view format = {}) {
  json::Value schema = json::Object({{"type", json::Text(type)}});
  if (!format.empty()) json::Set(schema, "format", json::Text(format));
  return schema;
}

json::Value Base64() {
  return json::Object({{"type", json::Text("string")}, {"contentEncoding", json::Text("base64")}});
}

json::Value OfScalar(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return Type("integer", "int32");
    case FieldDescriptor::CPPTYPE_UINT32: {
      json::Value schema = Type("integer");
      json::Set(schema, "minimum", json::Number(0));
      return schema;
    }
    // JavaScript's numbers lose the last digits of 64-bit ones, so that JSON has them as strings.
    case FieldDescriptor::CPPTYPE_INT64:
      return Type("string", "int64");
    case FieldDescriptor::CPPTYPE_UINT64:
      return Type("string", "uint64");
    case FieldDescriptor::CPPTYPE_FLOAT:
      return Type("number", "float");
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Type("number", "double");
    case FieldDescriptor::CPPTYPE_BOOL:
      return Type("boolean");
    case FieldDescriptor::CPPTYPE_STRING:
      return field.type() == FieldDescriptor::TYPE_BYTES ? Base64() : Type("string");
    case FieldDescriptor::CPPTYPE_ENUM:
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return json::Object();
  }
  return json::Object();
}

/// Types of google.protobuf that have a JSON form of their own.
const json::Value* WellKnown(const Descriptor& message) {
  static const auto& schemas = *[] {
    auto* made = new absl::flat_hash_map<std::string, json::Value>;
    (*made)["Timestamp"] = Type("string", "date-time");
    json::Value duration = Type("string");
    json::Set(duration, "pattern", json::Text(R"(^-?[0-9]+(\.[0-9]{1,9})?s$)"));
    (*made)["Duration"] = duration;
    (*made)["FieldMask"] = Type("string");
    (*made)["Struct"] = Type("object");
    (*made)["Value"] = json::Object();
    (*made)["ListValue"] = json::Object({{"type", json::Text("array")}, {"items", json::Object()}});
    (*made)["Empty"] = Type("object");
    for (const char* text : {"StringValue"}) (*made)[text] = Type("string");
    (*made)["BytesValue"] = Base64();
    (*made)["BoolValue"] = Type("boolean");
    (*made)["Int32Value"] = Type("integer", "int32");
    (*made)["UInt32Value"] = Type("integer");
    (*made)["Int64Value"] = Type("string", "int64");
    (*made)["UInt64Value"] = Type("string", "uint64");
    (*made)["FloatValue"] = Type("number", "float");
    (*made)["DoubleValue"] = Type("number", "double");
    return made;
  }();
  if (message.file()->package() != "google.protobuf") return nullptr;
  const auto found = schemas.find(message.name());
  return found == schemas.end() ? nullptr : &found->second;
}

}  // namespace

json::Value OpenApiSchemas::OfField(const FieldDescriptor& field) {
  json::Value schema;
  if (field.is_map()) {
    schema = Type("object");
    json::Set(schema, "additionalProperties", OfSingle(*field.message_type()->map_value()));
  } else if (field.is_repeated()) {
    schema = Type("array");
    json::Set(schema, "items", OfSingle(field));
  } else {
    schema = OfSingle(field);
  }
  const std::string comment = CommentOf(field);
  if (!comment.empty()) json::Set(schema, "description", json::Text(comment));
  // The comments of fields begin with their behaviour (AIP-203).
  if (comment.starts_with("Output only.")) json::Set(schema, "readOnly", json::Bool(true));
  return schema;
}

json::Value OpenApiSchemas::OfSingle(const FieldDescriptor& field) {
  if (field.message_type() != nullptr) return OfMessage(*field.message_type());
  if (field.enum_type() != nullptr) return OfEnum(*field.enum_type());
  return OfScalar(field);
}

json::Value OpenApiSchemas::OfMessage(const Descriptor& message) {
  if (const json::Value* schema = WellKnown(message)) return *schema;
  if (seen_.insert(message.full_name()).second) messages_.push_back(&message);
  return Reference(message.full_name());
}

json::Value OpenApiSchemas::OfEnum(const EnumDescriptor& words) {
  if (words.full_name() == "google.protobuf.NullValue") return Type("null");
  if (seen_.insert(words.full_name()).second) enums_.push_back(&words);
  return Reference(words.full_name());
}

json::Value OpenApiSchemas::Without(const Descriptor& message,
                                    const std::vector<const FieldDescriptor*>& fields) {
  json::Value schema = Type("object");
  if (const std::string comment = CommentOf(message); !comment.empty()) {
    json::Set(schema, "description", json::Text(comment));
  }
  json::Value& properties = json::Member(schema, "properties");
  json::Value required = json::List({});
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    if (std::ranges::find(fields, &field) != fields.end()) continue;
    json::Set(properties, field.json_name(), OfField(field));
    if (CommentOf(field).starts_with("Required.")) json::Append(required, json::Text(field.json_name()));
  }
  if (required.list_value().values_size() > 0) json::Set(schema, "required", std::move(required));
  json::Set(schema, "additionalProperties", json::Bool(false));
  return schema;
}

json::Value OpenApiSchemas::Components() {
  json::Value components = json::Object();
  // The list grows while it is walked.
  for (size_t i = 0; i < messages_.size(); ++i) {
    const Descriptor& message = *messages_[i];
    json::Set(components, SchemaName(message.full_name()), Without(message, {}));
  }
  for (const EnumDescriptor* words : enums_) {
    json::Value schema = Type("string");
    json::Value& list = json::Member(schema, "enum") = json::List({});
    std::string description = CommentOf(*words);
    for (int i = 0; i < words->value_count(); ++i) {
      const auto& word = *words->value(i);
      json::Append(list, json::Text(word.name()));
      if (const std::string comment = CommentOf(word); !comment.empty()) {
        StrAppend(description, description.empty() ? "" : "\n", "- `", word.name(), "`: ", comment);
      }
    }
    if (!description.empty()) json::Set(schema, "description", json::Text(description));
    json::Set(components, SchemaName(words->full_name()), std::move(schema));
  }
  return components;
}

}  // namespace limpid::gateway
