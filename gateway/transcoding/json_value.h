#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "google/protobuf/struct.pb.h"

/// Building JSON documents by hand, for OpenAPI. Keys are written in alphabetical order.
namespace limpid::gateway::json {

using Value = google::protobuf::Value;

Value Text(std::string_view text);
Value Number(double number);
Value Bool(bool truth);
Value List(std::vector<Value> values);
Value Object(std::initializer_list<std::pair<std::string_view, Value>> members = {});
/// The member of an object; made, as an object, where it is absent.
Value& Member(Value& object, std::string_view key);
void Set(Value& object, std::string_view key, Value value);
void Append(Value& list, Value value);
bool Has(const Value& object, std::string_view key);

}  // namespace limpid::gateway::json
