#include "libs/http/json_reader.h"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <simdjson.h>

#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"

#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/http/json_fault.h"
#include "libs/http/json_plan.h"
#include "libs/http/json_text.h"
#include "libs/http/utf8.h"

namespace limpid::http {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr size_t kMaxViolations = 1000;
constexpr size_t kSmallDocument = 4 * 1024;
constexpr size_t kKeptCapacity = 64 * 1024;

/// Where in the document a value stands. Lives on the stack; made into text only for a violation.
struct Path {
  enum class Kind { kField, kIndex, kKey };
  const Path* parent = nullptr;
  Kind kind = Kind::kField;
  std::string_view name;
  size_t index = 0;
};

/// The beginning of a name that came from outside: it may be as long as the document, and stands in the path
/// of each violation below it.
std::string_view Shortened(std::string_view name) {
  constexpr size_t kMaxNameBytes = 128;
  size_t size = 0;
  while (size < std::min(name.size(), kMaxNameBytes)) {
    size += std::max<size_t>(1, Utf8SequenceSize(name.substr(size)));
  }
  return name.substr(0, size);
}

void AppendPath(const Path* path, std::string& out) {
  if (path == nullptr) return;
  AppendPath(path->parent, out);
  switch (path->kind) {
    case Path::Kind::kField:
      if (!out.empty()) out.push_back('.');
      out.append(Shortened(path->name));
      return;
    case Path::Kind::kIndex:
      StrAppend(out, "[", path->index, "]");
      return;
    case Path::Kind::kKey:
      StrAppend(out, "[\"", Shortened(path->name), "\"]");
      return;
  }
}

/// Finds repeated names among few or many.
class SeenNames {
 public:
  /// False when the name was there before.
  bool Add(std::string_view name) {
    if (many_.empty() && few_.size() < kFew) {
      if (std::ranges::find(few_, name) != few_.end()) return false;
      few_.push_back(name);
      return true;
    }
    if (many_.empty()) many_.insert(few_.begin(), few_.end());
    return many_.insert(name).second;
  }

 private:
  static constexpr size_t kFew = 8;
  absl::InlinedVector<std::string_view, kFew> few_;
  absl::flat_hash_set<std::string_view> many_;
};

/// Whether a field's `null` is a value and not an absence.
bool KeepsNull(const FieldPlan& field) {
  return field.kind == ValueKind::kNullValue ||
         (field.kind == ValueKind::kMessage && field.message->well_known == WellKnown::kValue);
}

class Reader {
 public:
  /// Outside of JSON booleans have no form but text.
  Reader(ErrorCollector& errors, bool text_booleans) : errors_(errors), text_booleans_(text_booleans) {}

  void ReadMessage(const MessagePlan& plan, element value, Message& out, const Path* path) {
    switch (plan.well_known) {
      case WellKnown::kNone:
        return ReadFields(plan, value, out, path);
      case WellKnown::kWrapper:
        return ReadValue(plan.fields[0], value, out, /*add=*/false, path);
      case WellKnown::kStruct:
        return ReadMap(plan.fields[0], value, out, path);
      case WellKnown::kListValue:
        return ReadList(plan.fields[0], value, out, path);
      case WellKnown::kValue:
        return ReadAnyValue(plan, value, out, path);
      case WellKnown::kTimestamp:
        return Fail(path, reason::kWrongType, "Give a time as a string, like \"2026-01-31T12:00:00Z\".");
      case WellKnown::kDuration:
        return Fail(path, reason::kWrongType, "Give a duration as a string, like \"0.300s\".");
      case WellKnown::kFieldMask:
        return Fail(path, reason::kWrongType, "Give field names as one string, separated by commas.");
    }
  }

  /// A value given as text: any JSON string, and whatever stands outside of JSON.
  void ReadString(const FieldPlan& plan, std::string_view text, Message& out, bool add, const Path* path) {
    switch (plan.kind) {
      case ValueKind::kInt32:
        return StoreInteger<int32_t>(plan, text, out, add, path);
      case ValueKind::kInt64:
        return StoreInteger<int64_t>(plan, text, out, add, path);
      case ValueKind::kUint32:
        return StoreInteger<uint32_t>(plan, text, out, add, path);
      case ValueKind::kUint64:
        return StoreInteger<uint64_t>(plan, text, out, add, path);
      case ValueKind::kFloat:
      case ValueKind::kDouble:
        if (const auto number = ParseDouble(text)) return StoreReal(plan, *number, out, add, path);
        return Fail(path, reason::kInvalidFormat, "Give a number.");
      case ValueKind::kBool:
        if (text_booleans_ && (text == "true" || text == "false"))
          return StoreBool(plan, text == "true", out, add);
        return Fail(path, reason::kWrongType, "Give true or false.");
      case ValueKind::kString:
        return StoreString(plan, std::string(text), out, add);
      case ValueKind::kBytes:
        if (auto bytes = ParseBase64(text)) return StoreString(plan, *std::move(bytes), out, add);
        return Fail(path, reason::kInvalidFormat, "Give base64.");
      case ValueKind::kEnum:
        return StoreWord(plan, text, out, add, path);
      case ValueKind::kNullValue:
        return Fail(path, reason::kWrongType, "Give null.");
      case ValueKind::kMessage:
        return ReadMessageText(*plan.message, text, Target(plan, out, add), path);
    }
  }

  bool full() const { return errors_.violations().size() >= kMaxViolations; }

  void Fail(const Path* path, std::string_view reason, std::string_view message) {
    std::string text;
    AppendPath(path, text);
    errors_.Add(text, reason, message);
  }

 private:
  static Message& Target(const FieldPlan& plan, Message& out, bool add) {
    const Reflection& reflection = *out.GetReflection();
    return add ? *reflection.AddMessage(&out, plan.field) : *reflection.MutableMessage(&out, plan.field);
  }

  void ReadFields(const MessagePlan& plan, element value, Message& out, const Path* path) {
    simdjson::dom::object object;
    if (value.get(object) != simdjson::SUCCESS) {
      return Fail(path, reason::kWrongType, "Give an object.");
    }
    absl::InlinedVector<bool, 64> seen(plan.fields.size());
    absl::InlinedVector<const FieldPlan*, 4> members(plan.descriptor->real_oneof_decl_count());
    for (const auto& [name, member] : object) {
      if (full()) return;
      const auto found = plan.by_name.find(name);
      if (found == plan.by_name.end()) {
        const Path here{.parent = path, .name = name};
        Fail(&here, reason::kUnknownField, StrCat("There is no field \"", Shortened(name), "\" here."));
        continue;
      }
      const FieldPlan& field = plan.fields[found->second];
      const Path here{.parent = path, .name = field.field->name()};
      if (std::exchange(seen[found->second], true)) {
        Fail(&here, reason::kDuplicateField, "The field is given more than once.");
        continue;
      }
      if (member.is_null() && !KeepsNull(field)) continue;
      if (field.oneof >= 0) {
        const FieldPlan* other = std::exchange(members[field.oneof], &field);
        if (other != nullptr) {
          Fail(&here, reason::kDuplicateField,
               StrCat("Only one of \"", other->field->json_name(), "\" and \"", field.field->json_name(),
                      "\" can be given."));
          continue;
        }
      }
      ReadField(field, member, out, &here);
    }
  }

  void ReadField(const FieldPlan& field, element value, Message& out, const Path* path) {
    if (field.repeated) return ReadList(field, value, out, path);
    if (field.map) return ReadMap(field, value, out, path);
    ReadValue(field, value, out, /*add=*/false, path);
  }

  void ReadList(const FieldPlan& field, element value, Message& out, const Path* path) {
    simdjson::dom::array array;
    if (value.get(array) != simdjson::SUCCESS) return Fail(path, reason::kWrongType, "Give a list.");
    Path here{.parent = path, .kind = Path::Kind::kIndex};
    for (const element item : array) {
      if (full()) return;
      if (item.is_null() && !KeepsNull(field)) {
        Fail(&here, reason::kWrongType, "A list cannot hold null.");
      } else {
        ReadValue(field, item, out, /*add=*/true, &here);
      }
      ++here.index;
    }
  }

  void ReadMap(const FieldPlan& field, element value, Message& out, const Path* path) {
    simdjson::dom::object object;
    if (value.get(object) != simdjson::SUCCESS) return Fail(path, reason::kWrongType, "Give an object.");
    const FieldPlan& key_plan = field.message->fields[0];
    const FieldPlan& value_plan = field.message->fields[1];
    SeenNames seen;
    for (const auto& [name, member] : object) {
      if (full()) return;
      const Path here{.parent = path, .kind = Path::Kind::kKey, .name = name};
      if (!seen.Add(name)) {
        Fail(&here, reason::kDuplicateField, "The key is given more than once.");
        continue;
      }
      if (member.is_null() && !KeepsNull(value_plan)) {
        Fail(&here, reason::kWrongType, "A map cannot hold null.");
        continue;
      }
      Message& entry = Target(field, out, /*add=*/true);
      // Keys of maps are strings in JSON, whatever their type.
      Reader(errors_, /*text_booleans=*/true).ReadString(key_plan, name, entry, /*add=*/false, &here);
      ReadValue(value_plan, member, entry, /*add=*/false, &here);
    }
  }

  /// Any JSON value, for google.protobuf.Value.
  void ReadAnyValue(const MessagePlan& plan, element value, Message& out, const Path* path) {
    const auto member = [&plan](int number) -> const FieldPlan& {
      return plan.fields[plan.descriptor->FindFieldByNumber(number)->index()];
    };
    const Reflection& reflection = *out.GetReflection();
    switch (value.type()) {
      case element_type::NULL_VALUE:
        return reflection.SetEnumValue(&out, member(1).field, 0);
      case element_type::INT64:
      case element_type::UINT64:
      case element_type::DOUBLE:
        return ReadValue(member(2), value, out, /*add=*/false, path);
      case element_type::STRING:
        return ReadValue(member(3), value, out, /*add=*/false, path);
      case element_type::BOOL:
        return ReadValue(member(4), value, out, /*add=*/false, path);
      case element_type::OBJECT:
        return ReadValue(member(5), value, out, /*add=*/false, path);
      case element_type::ARRAY:
        return ReadValue(member(6), value, out, /*add=*/false, path);
    }
  }

  /// One value: of a field that is no list, or an element of one.
  void ReadValue(const FieldPlan& plan, element value, Message& out, bool add, const Path* path) {
    if (plan.kind == ValueKind::kMessage && plan.message->well_known == WellKnown::kValue) {
      return ReadAnyValue(*plan.message, value, Target(plan, out, add), path);
    }
    if (std::string_view text; value.get(text) == simdjson::SUCCESS)
      return ReadString(plan, text, out, add, path);
    switch (plan.kind) {
      case ValueKind::kInt32:
        return StoreInteger<int32_t>(plan, value, out, add, path);
      case ValueKind::kInt64:
        return StoreInteger<int64_t>(plan, value, out, add, path);
      case ValueKind::kUint32:
        return StoreInteger<uint32_t>(plan, value, out, add, path);
      case ValueKind::kUint64:
        return StoreInteger<uint64_t>(plan, value, out, add, path);
      case ValueKind::kFloat:
      case ValueKind::kDouble:
        if (double number = 0; value.get(number) == simdjson::SUCCESS)
          return StoreReal(plan, number, out, add, path);
        return Fail(path, reason::kWrongType, "Give a number.");
      case ValueKind::kBool:
        if (bool truth = false; value.get(truth) == simdjson::SUCCESS)
          return StoreBool(plan, truth, out, add);
        return Fail(path, reason::kWrongType, "Give true or false.");
      case ValueKind::kString:
        return Fail(path, reason::kWrongType, "Give a string.");
      case ValueKind::kBytes:
        return Fail(path, reason::kWrongType, "Give base64 in a string.");
      case ValueKind::kEnum:
        return StoreNumberedWord(plan, value, out, add, path);
      case ValueKind::kNullValue:
        if (!value.is_null()) return Fail(path, reason::kWrongType, "Give null.");
        return StoreEnum(plan, 0, out, add);
      case ValueKind::kMessage:
        return ReadMessage(*plan.message, value, Target(plan, out, add), path);
    }
  }

  /// A message whose JSON form is a string.
  void ReadMessageText(const MessagePlan& plan, std::string_view text, Message& out, const Path* path) {
    switch (plan.well_known) {
      case WellKnown::kTimestamp:
        if (const auto time = ParseTimestamp(text)) return StoreTime(plan, *time, out);
        return Fail(path, reason::kInvalidFormat, "Give a time like \"2026-01-31T12:00:00Z\" (RFC 3339).");
      case WellKnown::kDuration:
        if (const auto duration = ParseDuration(text)) return StoreTime(plan, *duration, out);
        return Fail(path, reason::kInvalidFormat, "Give seconds with an s, like \"0.300s\".");
      case WellKnown::kFieldMask:
        return StoreMask(plan, text, out, path);
      case WellKnown::kWrapper:
        return ReadString(plan.fields[0], text, out, /*add=*/false, path);
      case WellKnown::kValue:
        return StoreString(plan.fields[plan.descriptor->FindFieldByNumber(3)->index()], std::string(text),
                           out,
                           /*add=*/false);
      case WellKnown::kNone:
      case WellKnown::kStruct:
        return Fail(path, reason::kWrongType, "Give an object.");
      case WellKnown::kListValue:
        return Fail(path, reason::kWrongType, "Give a list.");
    }
  }

  template <std::integral Integer>
  void StoreInteger(const FieldPlan& plan, std::string_view text, Message& out, bool add, const Path* path) {
    if constexpr (std::is_signed_v<Integer>) {
      if (const auto number = ParseInt64(text)) return StoreChecked<Integer>(plan, *number, out, add, path);
    } else {
      if (const auto number = ParseUint64(text)) return StoreChecked<Integer>(plan, *number, out, add, path);
    }
    const bool numeric = ParseDouble(text).has_value();
    Fail(path, numeric ? reason::kOutOfRange : reason::kInvalidFormat,
         "Give a whole number that the field holds.");
  }

  template <std::integral Integer>
  void StoreInteger(const FieldPlan& plan, element value, Message& out, bool add, const Path* path) {
    if (int64_t number = 0; value.get(number) == simdjson::SUCCESS) {
      return StoreChecked<Integer>(plan, number, out, add, path);
    }
    if (uint64_t number = 0; value.get(number) == simdjson::SUCCESS) {
      return StoreChecked<Integer>(plan, number, out, add, path);
    }
    // 1e3 and 1.0 are whole numbers too; beyond 2^63 a double no longer says which one.
    double number = 0;
    if (value.get(number) != simdjson::SUCCESS) return Fail(path, reason::kWrongType, "Give a whole number.");
    if (std::trunc(number) != number) return Fail(path, reason::kInvalidFormat, "Give a whole number.");
    if (std::abs(number) >= 0x1p63)
      return Fail(path, reason::kOutOfRange, "The number is too large for the field.");
    StoreChecked<Integer>(plan, static_cast<int64_t>(number), out, add, path);
  }

  template <std::integral Integer, std::integral Wide>
  void StoreChecked(const FieldPlan& plan, Wide number, Message& out, bool add, const Path* path) {
    if (!std::in_range<Integer>(number)) {
      return Fail(path, reason::kOutOfRange,
                  StrCat("The number must lie from ", std::numeric_limits<Integer>::min(), " to ",
                         std::numeric_limits<Integer>::max(), "."));
    }
    const Reflection& reflection = *out.GetReflection();
    const auto value = static_cast<Integer>(number);
    if constexpr (std::same_as<Integer, int32_t>) {
      add ? reflection.AddInt32(&out, plan.field, value) : reflection.SetInt32(&out, plan.field, value);
    } else if constexpr (std::same_as<Integer, int64_t>) {
      add ? reflection.AddInt64(&out, plan.field, value) : reflection.SetInt64(&out, plan.field, value);
    } else if constexpr (std::same_as<Integer, uint32_t>) {
      add ? reflection.AddUInt32(&out, plan.field, value) : reflection.SetUInt32(&out, plan.field, value);
    } else {
      add ? reflection.AddUInt64(&out, plan.field, value) : reflection.SetUInt64(&out, plan.field, value);
    }
  }

  void StoreReal(const FieldPlan& plan, double number, Message& out, bool add, const Path* path) {
    const Reflection& reflection = *out.GetReflection();
    if (plan.kind == ValueKind::kDouble) {
      add ? reflection.AddDouble(&out, plan.field, number) : reflection.SetDouble(&out, plan.field, number);
      return;
    }
    if (std::isfinite(number) && std::abs(number) > std::numeric_limits<float>::max()) {
      return Fail(path, reason::kOutOfRange, "The number is too large for the field.");
    }
    const auto value = static_cast<float>(number);
    add ? reflection.AddFloat(&out, plan.field, value) : reflection.SetFloat(&out, plan.field, value);
  }

  static void StoreBool(const FieldPlan& plan, bool value, Message& out, bool add) {
    const Reflection& reflection = *out.GetReflection();
    add ? reflection.AddBool(&out, plan.field, value) : reflection.SetBool(&out, plan.field, value);
  }

  static void StoreString(const FieldPlan& plan, std::string value, Message& out, bool add) {
    const Reflection& reflection = *out.GetReflection();
    add ? reflection.AddString(&out, plan.field, std::move(value))
        : reflection.SetString(&out, plan.field, std::move(value));
  }

  static void StoreEnum(const FieldPlan& plan, int number, Message& out, bool add) {
    const Reflection& reflection = *out.GetReflection();
    add ? reflection.AddEnumValue(&out, plan.field, number)
        : reflection.SetEnumValue(&out, plan.field, number);
  }

  void StoreWord(const FieldPlan& plan, std::string_view word, Message& out, bool add, const Path* path) {
    if (const auto* value = plan.words->FindValueByName(std::string(word)); value != nullptr) {
      return StoreEnum(plan, value->number(), out, add);
    }
    FailWord(plan, path);
  }

  void StoreNumberedWord(const FieldPlan& plan, element value, Message& out, bool add, const Path* path) {
    int64_t number = 0;
    if (value.get(number) != simdjson::SUCCESS)
      return Fail(path, reason::kWrongType, "Give a word as a string.");
    const auto* known =
        std::in_range<int>(number) ? plan.words->FindValueByNumber(static_cast<int>(number)) : nullptr;
    if (known == nullptr) return FailWord(plan, path);
    StoreEnum(plan, known->number(), out, add);
  }

  void FailWord(const FieldPlan& plan, const Path* path) {
    constexpr int kListed = 16;
    std::string message = "Give one of:";
    for (int i = 0; i < std::min(plan.words->value_count(), kListed); ++i) {
      // The zero value means that nothing was said.
      if (plan.words->value(i)->number() != 0) StrAppend(message, " ", plan.words->value(i)->name());
    }
    message.append(plan.words->value_count() > kListed ? " …" : ".");
    Fail(path, reason::kUnknownValue, message);
  }

  static void StoreTime(const MessagePlan& plan, SecondsNanos time, Message& out) {
    const Reflection& reflection = *out.GetReflection();
    reflection.SetInt64(&out, plan.fields[0].field, time.seconds);
    reflection.SetInt32(&out, plan.fields[1].field, time.nanos);
  }

  void StoreMask(const MessagePlan& plan, std::string_view text, Message& out, const Path* path) {
    while (!text.empty()) {
      const size_t comma = text.find(',');
      const std::string_view name = text.substr(0, comma);
      if (name.empty() || comma == text.size() - 1) {
        return Fail(path, reason::kInvalidFormat, "Give field names separated by single commas.");
      }
      StoreString(plan.fields[0], FieldMaskPathToProto(name), out, /*add=*/true);
      text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
  }

  ErrorCollector& errors_;
  const bool text_booleans_;
};

/// The parser of a thread, kept between documents, and the padded copy that simdjson reads from.
struct Document {
  simdjson::dom::parser parser;
  std::string padded;

  simdjson::simdjson_result<element> Parse(std::string_view json, size_t max_depth) {
    if (parser.capacity() < json.size() || parser.max_depth() != max_depth) {
      const auto error = parser.allocate(std::max(json.size(), kSmallDocument), max_depth);
      if (error != simdjson::SUCCESS) return error;
    }
    padded.assign(json);
    padded.append(simdjson::SIMDJSON_PADDING, '\0');
    return parser.parse(padded.data(), json.size(), /*realloc_if_needed=*/false);
  }
  /// Gives back what a large document took.
  void Shrink() {
    if (parser.capacity() > kKeptCapacity) *this = Document();
  }
};

absl::Status TooDeep(size_t max_depth) {
  return InvalidRequest(reason::kTooDeep, StrCat("The JSON is nested deeper than ", max_depth, " levels."));
}

absl::Status NotJson(std::string_view json, size_t max_depth) {
  const auto fault = FindJsonFault(json, max_depth);
  if (!fault) {
    // JSON by its grammar, yet more than any number type holds.
    return InvalidRequest(reason::kOutOfRange, "The body holds a number that no field can hold.");
  }
  if (fault->too_deep) return TooDeep(max_depth);
  return WithMetadata(InvalidRequest(reason::kMalformedJson,
                                     StrCat("Not JSON at byte ", fault->offset, ": ", fault->message)),
                      "offset", StrCat(fault->offset));
}

}  // namespace

absl::Status ReadJson(std::string_view json, Message& out, const JsonReaderOptions& options) {
  ErrorCollector errors;
  absl::Status status = ReadJsonPart(json, "", out, errors, options);
  return status.ok() ? errors.Finish() : status;
}

absl::Status ReadJsonPart(std::string_view json, std::string_view path, Message& out, ErrorCollector& errors,
                          const JsonReaderOptions& options) {
  thread_local Document document;
  out.Clear();
  element root;
  const auto error = document.Parse(json, options.max_depth).get(root);
  if (error == simdjson::DEPTH_ERROR) return TooDeep(options.max_depth);
  if (error != simdjson::SUCCESS) return NotJson(json, options.max_depth);
  const MessagePlan& plan = PlanOf(out.GetDescriptor());
  const Path here{.name = path};
  Reader(errors, /*text_booleans=*/false).ReadMessage(plan, root, out, path.empty() ? nullptr : &here);
  document.Shrink();
  return absl::OkStatus();
}

void ReadText(std::string_view text, const FieldDescriptor& field, std::string_view path, Message& out,
              ErrorCollector& errors) {
  for (std::string_view rest = text; !rest.empty();) {
    const size_t size = Utf8SequenceSize(rest);
    if (size == 0) return errors.Add(path, reason::kInvalidUtf8, "The text is not UTF-8.");
    rest.remove_prefix(size);
  }
  const FieldPlan& plan = PlanOf(field.containing_type()).fields[field.index()];
  const Path here{.name = path};
  Reader(errors, /*text_booleans=*/true).ReadString(plan, text, out, field.is_repeated(), &here);
}

}  // namespace limpid::http
