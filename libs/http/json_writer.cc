#include "libs/http/json_writer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "libs/base/strings.h"
#include "libs/http/json_plan.h"
#include "libs/http/json_text.h"
#include "libs/http/utf8.h"

namespace limpid::http {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// What a byte needs in a string: nothing (0), a look at its UTF-8 sequence, \u00XX, or a backslash and the
// letter.
constexpr char kSequence = 1;
constexpr char kHex = 2;
constexpr std::array<char, 256> kEscapes = [] {
  std::array<char, 256> table{};
  for (size_t i = 0; i < 0x20; ++i) table[i] = kHex;
  for (size_t i = 0x80; i < 0x100; ++i) table[i] = kSequence;
  table['"'] = '"';
  table['\\'] = '\\';
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  return table;
}();

void AppendMessage(const MessagePlan& plan, const Message& message, std::string& out);

SecondsNanos ReadSecondsNanos(const MessagePlan& plan, const Message& message) {
  const Reflection& reflection = *message.GetReflection();
  return {reflection.GetInt64(message, plan.fields[0].field),
          reflection.GetInt32(message, plan.fields[1].field)};
}

void AppendEnum(const FieldPlan& plan, int number, std::string& out) {
  if (const auto* value = plan.words->FindValueByNumber(number); value != nullptr) {
    out.push_back('"');
    out.append(value->name());
    out.push_back('"');
  } else {
    StrAppend(out, number);
  }
}

template <class Integer>
void AppendQuoted(Integer value, std::string& out) {
  out.push_back('"');
  StrAppend(out, value);
  out.push_back('"');
}

void AppendBytes(std::string_view bytes, std::string& out) {
  out.push_back('"');
  AppendBase64(bytes, out);
  out.push_back('"');
}

/// The value of a field that is no list. `reflection` is the message's: finding it again for each field costs
/// as much as reading one.
void AppendSingle(const FieldPlan& plan, const Reflection& reflection, const Message& message,
                  std::string& out) {
  const FieldDescriptor* field = plan.field;
  std::string scratch;
  switch (plan.kind) {
    case ValueKind::kInt32:
      return StrAppend(out, reflection.GetInt32(message, field));
    case ValueKind::kInt64:
      return AppendQuoted(reflection.GetInt64(message, field), out);
    case ValueKind::kUint32:
      return StrAppend(out, reflection.GetUInt32(message, field));
    case ValueKind::kUint64:
      return AppendQuoted(reflection.GetUInt64(message, field), out);
    case ValueKind::kFloat:
      return AppendFloat(reflection.GetFloat(message, field), out);
    case ValueKind::kDouble:
      return AppendDouble(reflection.GetDouble(message, field), out);
    case ValueKind::kBool:
      out.append(reflection.GetBool(message, field) ? "true" : "false");
      return;
    case ValueKind::kString:
      return AppendJsonString(reflection.GetStringReference(message, field, &scratch), out);
    case ValueKind::kBytes:
      return AppendBytes(reflection.GetStringReference(message, field, &scratch), out);
    case ValueKind::kEnum:
      return AppendEnum(plan, reflection.GetEnumValue(message, field), out);
    case ValueKind::kNullValue:
      out.append("null");
      return;
    case ValueKind::kMessage:
      return AppendMessage(*plan.message, reflection.GetMessage(message, field), out);
  }
}

/// One element of a list.
void AppendElement(const FieldPlan& plan, const Reflection& reflection, const Message& message, int index,
                   std::string& out) {
  const FieldDescriptor* field = plan.field;
  std::string scratch;
  switch (plan.kind) {
    case ValueKind::kInt32:
      return StrAppend(out, reflection.GetRepeatedInt32(message, field, index));
    case ValueKind::kInt64:
      return AppendQuoted(reflection.GetRepeatedInt64(message, field, index), out);
    case ValueKind::kUint32:
      return StrAppend(out, reflection.GetRepeatedUInt32(message, field, index));
    case ValueKind::kUint64:
      return AppendQuoted(reflection.GetRepeatedUInt64(message, field, index), out);
    case ValueKind::kFloat:
      return AppendFloat(reflection.GetRepeatedFloat(message, field, index), out);
    case ValueKind::kDouble:
      return AppendDouble(reflection.GetRepeatedDouble(message, field, index), out);
    case ValueKind::kBool:
      out.append(reflection.GetRepeatedBool(message, field, index) ? "true" : "false");
      return;
    case ValueKind::kString:
      return AppendJsonString(reflection.GetRepeatedStringReference(message, field, index, &scratch), out);
    case ValueKind::kBytes:
      return AppendBytes(reflection.GetRepeatedStringReference(message, field, index, &scratch), out);
    case ValueKind::kEnum:
      return AppendEnum(plan, reflection.GetRepeatedEnumValue(message, field, index), out);
    case ValueKind::kNullValue:
      out.append("null");
      return;
    case ValueKind::kMessage:
      return AppendMessage(*plan.message, reflection.GetRepeatedMessage(message, field, index), out);
  }
}

void AppendList(const FieldPlan& plan, const Reflection& reflection, const Message& message,
                std::string& out) {
  const int size = reflection.FieldSize(message, plan.field);
  out.push_back('[');
  for (int i = 0; i < size; ++i) {
    if (i > 0) out.push_back(',');
    AppendElement(plan, reflection, message, i, out);
  }
  out.push_back(']');
}

/// A map's key as the JSON string it becomes.
std::string MapKey(const FieldPlan& key, const Message& entry) {
  std::string text;
  AppendSingle(key, *entry.GetReflection(), entry, text);
  return text.starts_with('"') ? text : StrCat("\"", text, "\"");
}

// By key: protobuf's own order changes with each process.
void AppendMap(const FieldPlan& plan, const Reflection& reflection, const Message& message,
               std::string& out) {
  const FieldPlan& key = plan.message->fields[0];
  const FieldPlan& value = plan.message->fields[1];
  std::vector<std::pair<std::string, const Message*>> entries;
  const int size = reflection.FieldSize(message, plan.field);
  entries.reserve(size);
  for (int i = 0; i < size; ++i) {
    const Message& entry = reflection.GetRepeatedMessage(message, plan.field, i);
    entries.emplace_back(MapKey(key, entry), &entry);
  }
  std::ranges::sort(entries, {}, [](const auto& entry) -> const std::string& { return entry.first; });
  char separator = '{';
  for (const auto& [text, entry] : entries) {
    out.push_back(std::exchange(separator, ','));
    out.append(text).push_back(':');
    AppendSingle(value, *entry->GetReflection(), *entry, out);
  }
  out.append(separator == '{' ? "{}" : "}");
}

void AppendFieldMask(const MessagePlan& plan, const Message& mask, std::string& out) {
  const Reflection& reflection = *mask.GetReflection();
  const FieldDescriptor* paths = plan.fields[0].field;
  std::string scratch;
  out.push_back('"');
  for (int i = 0; i < reflection.FieldSize(mask, paths); ++i) {
    if (i > 0) out.push_back(',');
    std::string path;
    AppendFieldMaskPath(reflection.GetRepeatedStringReference(mask, paths, i, &scratch), path);
    std::string quoted;
    AppendJsonString(path, quoted);
    out.append(quoted, 1, quoted.size() - 2);
  }
  out.push_back('"');
}

// google.protobuf.Value: whichever member is set. Numbers that JSON lacks become null.
void AppendValue(const MessagePlan& plan, const Message& value, std::string& out) {
  const Reflection& reflection = *value.GetReflection();
  for (const FieldPlan& member : plan.fields) {
    if (!reflection.HasField(value, member.field)) continue;
    if (member.kind == ValueKind::kDouble && !std::isfinite(reflection.GetDouble(value, member.field))) break;
    return AppendSingle(member, reflection, value, out);
  }
  out.append("null");
}

void AppendFields(const MessagePlan& plan, const Message& message, std::string& out) {
  const Reflection& reflection = *message.GetReflection();
  char separator = '{';
  for (const FieldPlan& field : plan.fields) {
    if (field.presence && !reflection.HasField(message, field.field)) continue;
    out.push_back(std::exchange(separator, ','));
    out.append(field.key);
    if (field.repeated) {
      AppendList(field, reflection, message, out);
    } else if (field.map) {
      AppendMap(field, reflection, message, out);
    } else {
      AppendSingle(field, reflection, message, out);
    }
  }
  out.append(separator == '{' ? "{}" : "}");
}

void AppendMessage(const MessagePlan& plan, const Message& message, std::string& out) {
  switch (plan.well_known) {
    case WellKnown::kNone:
      return AppendFields(plan, message, out);
    case WellKnown::kTimestamp:
      out.push_back('"');
      AppendTimestamp(ReadSecondsNanos(plan, message), out);
      out.push_back('"');
      return;
    case WellKnown::kDuration:
      out.push_back('"');
      AppendDuration(ReadSecondsNanos(plan, message), out);
      out.push_back('"');
      return;
    case WellKnown::kFieldMask:
      return AppendFieldMask(plan, message, out);
    case WellKnown::kWrapper:
      return AppendSingle(plan.fields[0], *message.GetReflection(), message, out);
    case WellKnown::kStruct:
      return AppendMap(plan.fields[0], *message.GetReflection(), message, out);
    case WellKnown::kValue:
      return AppendValue(plan, message, out);
    case WellKnown::kListValue:
      return AppendList(plan.fields[0], *message.GetReflection(), message, out);
  }
}

}  // namespace

void AppendJson(const Message& message, std::string& out) {
  AppendMessage(PlanOf(message.GetDescriptor()), message, out);
}

void AppendJsonString(std::string_view text, std::string& out) {
  out.push_back('"');
  size_t clean = 0;  // Begin of what can be copied as it is.
  for (size_t i = 0; i < text.size();) {
    const char escape = kEscapes[static_cast<uint8_t>(text[i])];
    if (escape == 0) {
      ++i;
      continue;
    }
    const size_t size = escape == kSequence ? Utf8SequenceSize(text.substr(i)) : 0;
    if (size > 0) {
      i += size;
      continue;
    }
    out.append(text, clean, i - clean);
    if (escape == kSequence) {
      out.append(kReplacement);
    } else if (escape == kHex) {
      const auto byte = static_cast<uint8_t>(text[i]);
      out.append("\\u00");
      out.push_back("0123456789abcdef"[byte >> 4]);
      out.push_back("0123456789abcdef"[byte & 15]);
    } else {
      out.push_back('\\');
      out.push_back(escape);
    }
    clean = ++i;
  }
  out.append(text, clean, text.size() - clean);
  out.push_back('"');
}

}  // namespace limpid::http
