#include "libs/http/json_plan.h"

#include <array>
#include <memory>
#include <utility>

#include <google/protobuf/descriptor.h>

#include "libs/base/mutex.h"
#include "libs/http/json_writer.h"

namespace limpid::http {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

WellKnown WellKnownOf(const Descriptor& descriptor) {
  constexpr std::array<std::pair<std::string_view, WellKnown>, 15> kTypes = {{
      {"Timestamp", WellKnown::kTimestamp},
      {"Duration", WellKnown::kDuration},
      {"FieldMask", WellKnown::kFieldMask},
      {"Struct", WellKnown::kStruct},
      {"Value", WellKnown::kValue},
      {"ListValue", WellKnown::kListValue},
      {"DoubleValue", WellKnown::kWrapper},
      {"FloatValue", WellKnown::kWrapper},
      {"Int64Value", WellKnown::kWrapper},
      {"UInt64Value", WellKnown::kWrapper},
      {"Int32Value", WellKnown::kWrapper},
      {"UInt32Value", WellKnown::kWrapper},
      {"BoolValue", WellKnown::kWrapper},
      {"StringValue", WellKnown::kWrapper},
      {"BytesValue", WellKnown::kWrapper},
  }};
  if (descriptor.file()->package() != "google.protobuf") return WellKnown::kNone;
  for (const auto& [name, type] : kTypes) {
    if (descriptor.full_name().substr(descriptor.file()->package().size() + 1) == name) return type;
  }
  return WellKnown::kNone;
}

ValueKind KindOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return ValueKind::kInt32;
    case FieldDescriptor::CPPTYPE_INT64:
      return ValueKind::kInt64;
    case FieldDescriptor::CPPTYPE_UINT32:
      return ValueKind::kUint32;
    case FieldDescriptor::CPPTYPE_UINT64:
      return ValueKind::kUint64;
    case FieldDescriptor::CPPTYPE_FLOAT:
      return ValueKind::kFloat;
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return ValueKind::kDouble;
    case FieldDescriptor::CPPTYPE_BOOL:
      return ValueKind::kBool;
    case FieldDescriptor::CPPTYPE_ENUM:
      return field.enum_type()->full_name() == "google.protobuf.NullValue" ? ValueKind::kNullValue
                                                                           : ValueKind::kEnum;
    case FieldDescriptor::CPPTYPE_STRING:
      return field.type() == FieldDescriptor::TYPE_BYTES ? ValueKind::kBytes : ValueKind::kString;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return ValueKind::kMessage;
  }
  return ValueKind::kMessage;
}

/// All plans ever made. Never destroyed: threads may outlive static objects.
class Registry {
 public:
  const MessagePlan& Find(const Descriptor* descriptor) {
    MutexLock lock(mutex_);
    return Make(descriptor);
  }

 private:
  MessagePlan& Make(const Descriptor* descriptor) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    std::unique_ptr<MessagePlan>& slot = plans_[descriptor];
    if (slot != nullptr) return *slot;
    slot = std::make_unique<MessagePlan>();
    MessagePlan& plan = *slot;  // The slot itself moves when the map grows below.
    plan.descriptor = descriptor;
    plan.well_known = WellKnownOf(*descriptor);
    plan.fields.reserve(descriptor->field_count());
    for (int i = 0; i < descriptor->field_count(); ++i) {
      const FieldDescriptor* field = descriptor->field(i);
      plan.fields.push_back(MakeField(*field));
      plan.by_name.try_emplace(std::string_view(field->json_name()), i);
      plan.by_name.try_emplace(std::string_view(field->name()), i);
    }
    return plan;
  }

  FieldPlan MakeField(const FieldDescriptor& field) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    FieldPlan plan{};
    plan.field = &field;
    AppendJsonString(field.json_name(), plan.key);
    plan.key.push_back(':');
    plan.kind = KindOf(field);
    plan.map = field.is_map();
    plan.repeated = field.is_repeated() && !plan.map;
    plan.presence = field.has_presence();
    plan.oneof = field.real_containing_oneof() != nullptr ? field.real_containing_oneof()->index() : -1;
    plan.words = plan.kind == ValueKind::kEnum ? field.enum_type() : nullptr;
    if (plan.kind == ValueKind::kMessage) plan.message = &Make(field.message_type());
    return plan;
  }

  Mutex mutex_;
  absl::flat_hash_map<const Descriptor*, std::unique_ptr<MessagePlan>> plans_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

const MessagePlan& PlanOf(const Descriptor* descriptor) {
  static auto& registry = *new Registry;
  // Each thread remembers what it has seen, so that the lock is taken once for each type and thread.
  thread_local absl::flat_hash_map<const Descriptor*, const MessagePlan*> seen;
  const MessagePlan*& plan = seen[descriptor];
  if (plan == nullptr) plan = &registry.Find(descriptor);
  return *plan;
}

}  // namespace limpid::http
