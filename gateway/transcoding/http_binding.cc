#include "gateway/transcoding/http_binding.h"

#include <utility>

#include "google/api/annotations.pb.h"
#include "google/protobuf/descriptor.h"

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

using google::api::HttpRule;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

absl::Status Unfit(const MethodDescriptor& method, std::string_view why) {
  return FailedPrecondition(reason::kFailedPrecondition,
                            StrCat(method.full_name(), ", google.api.http: ", why));
}

const FieldDescriptor* FindField(const Descriptor& message, std::string_view name) {
  const std::string text(name);
  const FieldDescriptor* field = message.FindFieldByName(text);
  return field != nullptr ? field : message.FindFieldByCamelcaseName(text);
}

std::pair<std::string_view, std::string_view> MethodAndPath(const HttpRule& rule) {
  switch (rule.pattern_case()) {
    case HttpRule::kGet:
      return {"GET", rule.get()};
    case HttpRule::kPut:
      return {"PUT", rule.put()};
    case HttpRule::kPost:
      return {"POST", rule.post()};
    case HttpRule::kDelete:
      return {"DELETE", rule.delete_()};
    case HttpRule::kPatch:
      return {"PATCH", rule.patch()};
    case HttpRule::kCustom:
    case HttpRule::PATTERN_NOT_SET:
      return {};
  }
  return {};
}

absl::StatusOr<HttpBinding> MakeBinding(const MethodDescriptor& method, const HttpRule& rule) {
  const auto [http_method, path_text] = MethodAndPath(rule);
  if (http_method.empty()) return Unfit(method, "the kind is not offered");
  if (method.client_streaming()) return Unfit(method, "client streams are not offered");
  if (!rule.response_body().empty()) return Unfit(method, "response_body is not offered");
  absl::StatusOr<PathTemplate> path = PathTemplate::Parse(path_text);
  if (!path.ok()) return Unfit(method, Std(path.status().message()));

  HttpBinding binding{.method = &method,
                      .http_method = std::string(http_method),
                      .path_text = std::string(path_text),
                      .path = *std::move(path),
                      .has_body = !rule.body().empty(),
                      .access = rpc::Access(method)};
  const Descriptor& request = *method.input_type();
  for (const PathTemplate::Variable& variable : binding.path.variables) {
    const FieldPath field = FindFieldPath(request, variable.field_path);
    if (field.empty() || field.back()->is_repeated()) {
      return Unfit(method, StrCat("no field ", variable.field_path));
    }
    binding.variables.push_back({.field = field,
                                 .begin = variable.begin,
                                 .end = variable.end,
                                 .rest = binding.path.segments[variable.end - 1] == "**"});
  }
  if (binding.has_body && rule.body() != "*") {
    binding.body_field = request.FindFieldByName(rule.body());
    if (binding.body_field == nullptr || binding.body_field->is_repeated() ||
        binding.body_field->message_type() == nullptr) {
      return Unfit(method, StrCat("no message ", rule.body()));
    }
  }
  return binding;
}

}  // namespace

FieldPath FindFieldPath(const Descriptor& message, std::string_view path) {
  FieldPath fields;
  for (const Descriptor* at = &message; at != nullptr;) {
    const size_t dot = path.find('.');
    const FieldDescriptor* field = FindField(*at, path.substr(0, dot));
    if (field == nullptr) return {};
    fields.push_back(field);
    if (dot == std::string_view::npos) return fields;
    if (field->is_repeated()) return {};
    at = field->message_type();
    path.remove_prefix(dot + 1);
  }
  return {};
}

std::string ToString(const FieldPath& path) {
  std::string text;
  for (const FieldDescriptor* field : path) StrAppend(text, text.empty() ? "" : ".", field->name());
  return text;
}

absl::StatusOr<std::vector<HttpBinding>> BindingsOf(const google::protobuf::ServiceDescriptor& service) {
  std::vector<HttpBinding> bindings;
  for (int i = 0; i < service.method_count(); ++i) {
    const MethodDescriptor& method = *service.method(i);
    if (!method.options().HasExtension(google::api::http) || rpc::Access(method).internal()) continue;
    const HttpRule& rule = method.options().GetExtension(google::api::http);
    for (int j = -1; j < rule.additional_bindings_size(); ++j) {
      absl::StatusOr<HttpBinding> binding = MakeBinding(method, j < 0 ? rule : rule.additional_bindings(j));
      if (!binding.ok()) return binding.status();
      bindings.push_back(*std::move(binding));
    }
  }
  return bindings;
}

}  // namespace limpid::gateway
