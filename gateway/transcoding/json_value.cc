#include "gateway/transcoding/json_value.h"

namespace limpid::gateway::json {

Value Text(std::string_view text) {
  Value value;
  value.set_string_value(std::string(text));
  return value;
}

Value Number(double number) {
  Value value;
  value.set_number_value(number);
  return value;
}

Value Bool(bool truth) {
  Value value;
  value.set_bool_value(truth);
  return value;
}

Value List(std::vector<Value> values) {
  Value list;
  list.mutable_list_value();
  for (Value& value : values) Append(list, std::move(value));
  return list;
}

Value Object(std::initializer_list<std::pair<std::string_view, Value>> members) {
  Value object;
  object.mutable_struct_value();
  for (const auto& [key, value] : members) Set(object, key, value);
  return object;
}

Value& Member(Value& object, std::string_view key) {
  Value& member = (*object.mutable_struct_value()->mutable_fields())[std::string(key)];
  if (member.kind_case() == Value::KIND_NOT_SET) member.mutable_struct_value();
  return member;
}

void Set(Value& object, std::string_view key, Value value) {
  (*object.mutable_struct_value()->mutable_fields())[std::string(key)] = std::move(value);
}

void Append(Value& list, Value value) { *list.mutable_list_value()->add_values() = std::move(value); }

bool Has(const Value& object, std::string_view key) {
  return object.struct_value().fields().contains(std::string(key));
}

}  // namespace limpid::gateway::json
