#include "gateway/transcoding/request_reader.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "gateway/transcoding/entity_tag.h"
#include "gateway/transcoding/url_text.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/base/trim.h"
#include "libs/http/json_reader.h"

namespace limpid::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const Message& Prototype(const HttpBinding& binding) {
  return *google::protobuf::MessageFactory::generated_factory()->GetPrototype(binding.method->input_type());
}

/// The message that holds the last field of a path; made where it is absent.
Message& ParentOf(const FieldPath& path, Message& root) {
  Message* at = &root;
  for (size_t i = 0; i + 1 < path.size(); ++i) at = at->GetReflection()->MutableMessage(at, path[i]);
  return *at;
}

bool IsJson(std::string_view content_type) {
  const std::string_view type = Trim(content_type.substr(0, content_type.find(';')));
  if (!absl::EqualsIgnoreCase(Absl(type), "application/json")) return false;
  const std::string parameters = absl::AsciiStrToLower(Absl(content_type));
  const size_t charset = parameters.find("charset=");
  if (charset == std::string::npos) return true;
  const std::string_view value = std::string_view(parameters).substr(charset + 8);
  const std::string_view name = Std(absl::StripAsciiWhitespace(Absl(value.substr(0, value.find(';')))));
  return name == "utf-8" || name == "\"utf-8\"";
}

class Reading {
 public:
  Reading(const HttpBinding& binding, const http::Request& request)
      : binding_(binding), request_(request), message_(Prototype(binding).New()) {}

  absl::StatusOr<std::unique_ptr<Message>> Read(std::span<const std::string_view> segments) {
    if (absl::Status status = ReadBody(); !status.ok()) return status;
    for (const HttpBinding::Variable& variable : binding_.variables) ReadVariable(variable, segments);
    for (const QueryParameter& parameter : ParseQuery(request_.query())) ReadParameter(parameter);
    ReadPrecondition();
    if (absl::Status status = errors_.Finish(); !status.ok()) return status;
    return std::move(message_);
  }

 private:
  /// What ends reading at once. Violations are gathered instead.
  absl::Status ReadBody() {
    if (request_.body.empty()) return absl::OkStatus();
    if (!binding_.has_body) return InvalidRequest(reason::kInvalidRequest, "This call takes no body.");
    if (const auto type = request_.Header("Content-Type"); type && !IsJson(*type)) {
      return InvalidRequest(reason::kMediaTypeUnsupported, "Send the body as application/json in UTF-8.");
    }
    Message& target = binding_.body_field == nullptr
                          ? *message_
                          : *message_->GetReflection()->MutableMessage(message_.get(), binding_.body_field);
    return http::ReadJsonPart(
        request_.body, binding_.body_field == nullptr ? std::string_view() : binding_.body_field->name(),
        target, errors_);
  }

  void ReadVariable(const HttpBinding::Variable& variable, std::span<const std::string_view> segments) {
    const std::string path = ToString(variable.field);
    const size_t end = variable.rest ? segments.size() : variable.end;
    std::string value;
    for (size_t i = variable.begin; i < end; ++i) {
      const auto segment = PercentDecode(segments[i], /*keep_slash=*/end - variable.begin > 1);
      if (!segment)
        return errors_.Add(path, reason::kInvalidFormat, "The path is not percent-encoded rightly.");
      StrAppend(value, i == variable.begin ? "" : "/", *segment);
    }
    SetAgreeing(variable.field, path, value, "The body gives another value than the path.");
  }

  /// Sets a field from outside of the body, where the body may say the same but nothing else.
  void SetAgreeing(const FieldPath& path, std::string_view text, std::string_view value,
                   std::string_view otherwise) {
    Message& parent = ParentOf(path, *message_);
    const FieldDescriptor* field = path.back();
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      const std::string given = parent.GetReflection()->GetString(parent, field);
      if (!given.empty() && given != value) return errors_.Add(text, reason::kDuplicateField, otherwise);
    }
    http::ReadText(value, *field, text, parent, errors_);
  }

  void ReadParameter(const QueryParameter& parameter) {
    const FieldPath path = FindFieldPath(*binding_.method->input_type(), parameter.name);
    if (path.empty()) {
      return errors_.Add(parameter.name, reason::kUnknownField,
                         StrCat("There is no parameter \"", parameter.name, "\"."));
    }
    const std::string text = ToString(path);
    if (GivenElsewhere(path, text)) {
      return errors_.Add(text, reason::kUnknownField, "The field is not given by a parameter here.");
    }
    if (!parameter.value) {
      return errors_.Add(text, reason::kInvalidFormat, "The parameter is not percent-encoded rightly.");
    }
    if (!path.back()->is_repeated() && !seen_.insert(text).second) {
      return errors_.Add(text, reason::kDuplicateField, "The parameter is given more than once.");
    }
    http::ReadText(*parameter.value, *path.back(), text, ParentOf(path, *message_), errors_);
  }

  bool GivenElsewhere(const FieldPath& path, std::string_view text) const {
    if (binding_.has_body && (binding_.body_field == nullptr || binding_.body_field == path.front()))
      return true;
    return std::ranges::any_of(binding_.variables, [text](const HttpBinding::Variable& variable) {
      return ToString(variable.field) == text;
    });
  }

  void ReadPrecondition() {
    const auto header = request_.Header("If-Match");
    if (!header || *header == "*") return;
    const auto etag = ReadEntityTag(*header);
    if (!etag)
      return errors_.Add("If-Match", reason::kInvalidFormat, "Give one strong entity tag, in double quotes.");
    const FieldPath path = EtagField();
    if (path.empty()) return errors_.Add("If-Match", reason::kUnknownField, "This call has no precondition.");
    SetAgreeing(path, ToString(path), *etag, "The body gives another etag than If-Match.");
  }

  /// `etag` of the request, or of the resource in its body.
  FieldPath EtagField() const {
    FieldPath path = FindFieldPath(*binding_.method->input_type(), "etag");
    if (path.empty() && binding_.body_field != nullptr) {
      path = FindFieldPath(*binding_.method->input_type(), StrCat(binding_.body_field->name(), ".etag"));
    }
    if (!path.empty() && path.back()->type() != FieldDescriptor::TYPE_STRING) return {};
    return path;
  }

  const HttpBinding& binding_;
  const http::Request& request_;
  std::unique_ptr<Message> message_;
  absl::flat_hash_set<std::string> seen_;
  ErrorCollector errors_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Message>> ReadRequest(const HttpBinding& binding,
                                                     std::span<const std::string_view> segments,
                                                     const http::Request& request) {
  return Reading(binding, request).Read(segments);
}

}  // namespace limpid::gateway
