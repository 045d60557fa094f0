#include "gateway/transcoding/openapi.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "google/api/annotations.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"

#include "gateway/transcoding/http_binding.h"
#include "gateway/transcoding/json_value.h"
#include "gateway/transcoding/openapi_schema.h"
#include "gateway/transcoding/proto_comment.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/http/json_writer.h"

namespace limpid::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

constexpr std::string_view kDescription =
    "Limpid keeps customer contact data clean: it checks what people type while they type it, stores "
    "contacts, "
    "finds duplicates and enriches.\n\n"
    "JSON is proto3 JSON. Reading is strict: an unknown field, a field given twice or a value of another "
    "type is "
    "answered with 400 and the paths of all faults. Errors are problem details (RFC 9457); keep a `reason` "
    "or any "
    "other word of a growing list that you do not know.";

/// What stands for a wildcard of a path: the singular of the literal before it, `contacts/*` → `contact`.
std::string WildcardName(const PathTemplate& path, size_t segment) {
  for (const PathTemplate::Variable& variable : path.variables) {
    if (variable.begin == segment && variable.end == segment + 1) return variable.field_path;
  }
  if (segment == 0) return "name";
  std::string name = path.segments[segment - 1];
  if (name.ends_with('s')) name.pop_back();
  return name;
}

json::Value Parameter(std::string_view name, std::string_view in, bool required, std::string_view description,
                      json::Value schema) {
  json::Value parameter = json::Object({{"name", json::Text(name)},
                                        {"in", json::Text(in)},
                                        {"required", json::Bool(required)},
                                        {"schema", std::move(schema)}});
  if (!description.empty()) json::Set(parameter, "description", json::Text(description));
  return parameter;
}

json::Value TextSchema() { return json::Object({{"type", json::Text("string")}}); }

json::Value ParameterReference(std::string_view name) {
  return json::Object({{"$ref", json::Text(StrCat("#/components/parameters/", name))}});
}

json::Value SharedParameters() {
  json::Value key = TextSchema();
  json::Set(key, "maxLength", json::Number(255));
  json::Set(key, "minLength", json::Number(1));
  json::Value id = TextSchema();
  json::Set(id, "pattern", json::Text("^[A-Za-z0-9._-]{1,64}$"));
  return json::Object(
      {{"IdempotencyKey",
        Parameter("Idempotency-Key", "header", false,
                  "Makes a repetition harmless: for 24 hours the same key gives the same answer.",
                  std::move(key))},
       {"IfMatch", Parameter("If-Match", "header", false,
                             "The entity tag that the object must still have; else 412.", TextSchema())},
       {"AcceptLanguage",
        Parameter("Accept-Language", "header", false, "The language of messages: fr or en.", TextSchema())},
       {"RequestId", Parameter("X-Request-Id", "header", false,
                               "Comes back in the answer, in errors and in our logs.", std::move(id))}});
}

json::Value ProblemSchema() {
  const auto text = [](std::string_view description) {
    return json::Object({{"type", json::Text("string")}, {"description", json::Text(description)}});
  };
  const auto integer = [](std::string_view description) {
    return json::Object({{"type", json::Text("integer")}, {"description", json::Text(description)}});
  };
  const auto words = [](std::initializer_list<std::string_view> names) {
    json::Value list = json::List({});
    for (const std::string_view name : names) json::Append(list, json::Text(name));
    return list;
  };
  json::Value violation = json::Object(
      {{"type", json::Text("object")},
       {"required", words({"field", "reason", "message"})},
       {"properties", json::Object({{"field", text("Path of the field, like `contact.phones[1].value`.")},
                                    {"reason", text("Stable, in UPPER_SNAKE.")},
                                    {"message", text("What to do, for a person.")}})}});
  json::Value errors = json::Object({{"type", json::Text("array")},
                                     {"description", json::Text("All faults of the request, at most 50.")},
                                     {"items", std::move(violation)}});
  json::Value metadata = json::Object({{"type", json::Text("object")},
                                       {"description", json::Text("What varies in `detail`.")},
                                       {"additionalProperties", TextSchema()}});
  return json::Object(
      {{"type", json::Text("object")},
       {"description", json::Text("An error (RFC 9457).")},
       {"required", words({"type", "title", "status", "detail", "code", "reason"})},
       {"properties", json::Object({{"type", text("Names the kind of error.")},
                                    {"title", text("The kind of error in a sentence.")},
                                    {"status", integer("The HTTP status.")},
                                    {"detail", text("What happened here, for a person.")},
                                    {"instance", text("Path of the request.")},
                                    {"code", text("The google.rpc code, like `INVALID_ARGUMENT`.")},
                                    {"reason", text("Stable, in UPPER_SNAKE. The list grows.")},
                                    {"errors", std::move(errors)},
                                    {"more", integer("Faults beyond those of `errors`.")},
                                    {"metadata", std::move(metadata)},
                                    {"requestId", text("Helps us to find the request in our logs.")}})}});
}

json::Value ProblemAnswer() {
  json::Value retry = json::Object(
      {{"description", json::Text("Seconds after which to ask again: with 429, 503 and some of 409.")},
       {"schema", json::Object({{"type", json::Text("integer")}})}});
  return json::Object(
      {{"description", json::Text("An error.")},
       {"headers", json::Object({{"Retry-After", std::move(retry)}})},
       {"content",
        json::Object(
            {{"application/problem+json",
              json::Object(
                  {{"schema", json::Object({{"$ref", json::Text("#/components/schemas/Problem")}})}})}})}});
}

/// Writes one document.
class Writer {
 public:
  absl::Status AddService(const ServiceDescriptor& service) {
    const auto bindings = BindingsOf(service);
    if (!bindings.ok()) return bindings.status();
    if (bindings->empty()) return absl::OkStatus();
    json::Value tag = json::Object({{"name", json::Text(service.name())}});
    if (const std::string comment = CommentOf(service); !comment.empty()) {
      json::Set(tag, "description", json::Text(comment));
    }
    json::Append(tags_, std::move(tag));
    const MethodDescriptor* last = nullptr;
    int nth = 1;
    for (const HttpBinding& binding : *bindings) {
      nth = binding.method == std::exchange(last, binding.method) ? nth + 1 : 1;
      AddOperation(binding, nth);
    }
    return absl::OkStatus();
  }

  std::string Finish(const OpenApiOptions& options) {
    json::Value components = json::Object(
        {{"schemas", schemas_.Components()},
         {"parameters", SharedParameters()},
         {"responses", json::Object({{"Problem", ProblemAnswer()}})},
         {"securitySchemes",
          json::Object({{"apiKey", json::Object({{"type", json::Text("http")},
                                                 {"scheme", json::Text("bearer")},
                                                 {"description",
                                                  json::Text("An API key, `lk_` and 43 characters.")}})}})}});
    json::Set(json::Member(components, "schemas"), "Problem", ProblemSchema());
    const json::Value document = json::Object(
        {{"openapi", json::Text("3.1.0")},
         {"info", json::Object({{"title", json::Text("Limpid")},
                                {"version", json::Text(options.version)},
                                {"description", json::Text(kDescription)},
                                {"license", json::Object({{"name", json::Text("Apache-2.0")},
                                                          {"identifier", json::Text("Apache-2.0")}})}})},
         {"servers", json::List({json::Object({{"url", json::Text("/")}})})},
         {"security", json::List({json::Object({{"apiKey", json::List({})}})})},
         {"tags", std::move(tags_)},
         {"paths", std::move(paths_)},
         {"components", std::move(components)}});
    std::string text;
    http::AppendJson(document, text);
    return text;
  }

 private:
  void AddOperation(const HttpBinding& binding, int nth) {
    const MethodDescriptor& method = *binding.method;
    const std::string comment = CommentOf(method);
    json::Value operation =
        json::Object({{"operationId", json::Text(StrCat(method.service()->name(), "_", method.name(),
                                                        nth > 1 ? "_" : "", nth > 1 ? StrCat(nth) : ""))},
                      {"tags", json::List({json::Text(method.service()->name())})},
                      {"parameters", Parameters(binding)},
                      {"responses", Answers(method)}});
    json::Value roles = json::List({});
    std::string sentence;
    for (const Role role : {Role::kOperator, Role::kAdmin, Role::kStandard, Role::kReader, Role::kCapture}) {
      if (!binding.access.Admits(role)) continue;
      json::Append(roles, json::Text(RoleName(role)));
      StrAppend(sentence, sentence.empty() ? "Roles: " : ", ", "`", RoleName(role), "`");
    }
    if (binding.access.AdmitsAnyone()) {
      json::Set(operation, "security", json::List({}));
      sentence = "Needs no key.";
    }
    json::Set(operation, "x-roles", std::move(roles));
    if (!comment.empty()) json::Set(operation, "summary", json::Text(FirstSentence(comment)));
    json::Set(operation, "description", json::Text(StrCat(comment, comment.empty() ? "" : "\n\n", sentence)));
    if (binding.has_body) json::Set(operation, "requestBody", Body(binding));

    const std::string verb = absl::AsciiStrToLower(binding.http_method);
    json::Set(json::Member(paths_, PathOf(binding.path)), verb, std::move(operation));
  }

  static std::string PathOf(const PathTemplate& path) {
    std::string text;
    for (size_t i = 0; i < path.segments.size(); ++i) {
      const bool wildcard = path.segments[i].starts_with('*');
      StrAppend(text, "/", wildcard ? StrCat("{", WildcardName(path, i), "}") : path.segments[i]);
    }
    if (!path.verb.empty()) StrAppend(text, ":", path.verb);
    return text;
  }

  json::Value Parameters(const HttpBinding& binding) {
    json::Value parameters = json::List({});
    for (const HttpBinding::Variable& variable : binding.variables) {
      for (size_t i = variable.begin; i < variable.end; ++i) {
        if (!binding.path.segments[i].starts_with('*')) continue;
        json::Append(parameters, Parameter(WildcardName(binding.path, i), "path", true,
                                           DescribeVariable(binding, variable), TextSchema()));
      }
    }
    if (!binding.has_body || binding.body_field != nullptr) {
      AddQuery(binding, *binding.method->input_type(), {}, parameters);
    }
    if (HasPrecondition(binding)) json::Append(parameters, ParameterReference("IfMatch"));
    if (binding.http_method != "GET") json::Append(parameters, ParameterReference("IdempotencyKey"));
    json::Append(parameters, ParameterReference("AcceptLanguage"));
    json::Append(parameters, ParameterReference("RequestId"));
    return parameters;
  }

  /// A piece of a resource's name is told by the name's form; the comment speaks of the whole.
  static std::string DescribeVariable(const HttpBinding& binding, const HttpBinding::Variable& variable) {
    if (variable.end == variable.begin + 1) return CommentOf(*variable.field.back());
    std::string name;
    for (size_t i = variable.begin; i < variable.end; ++i) {
      const std::string& segment = binding.path.segments[i];
      StrAppend(name, name.empty() ? "" : "/",
                segment.starts_with('*') ? StrCat("{", WildcardName(binding.path, i), "}") : segment);
    }
    return StrCat("Of the name `", name, "`.");
  }

  /// The leaves of a request that neither path nor body give.
  void AddQuery(const HttpBinding& binding, const Descriptor& message, const FieldPath& above,
                json::Value& parameters) {
    for (int i = 0; i < message.field_count(); ++i) {
      const FieldDescriptor& field = *message.field(i);
      FieldPath path = above;
      path.push_back(&field);
      if (path.front() == binding.body_field || IsBound(binding, path)) continue;
      json::Value schema = schemas_.OfField(field);
      const bool nested = field.message_type() != nullptr && json::Has(schema, "$ref");
      if (field.is_map() || (field.is_repeated() && field.message_type() != nullptr)) continue;
      if (nested) {
        // A type within itself has no end.
        const bool recursive = std::ranges::any_of(above, [&field](const FieldDescriptor* other) {
          return other->message_type() == field.message_type();
        });
        if (!recursive) AddQuery(binding, *field.message_type(), path, parameters);
        continue;
      }
      const std::string comment = CommentOf(field);
      schema.mutable_struct_value()->mutable_fields()->erase("description");  // Stands at the parameter.
      std::string name;
      for (const FieldDescriptor* step : path) StrAppend(name, name.empty() ? "" : ".", step->json_name());
      json::Append(parameters,
                   Parameter(name, "query", comment.starts_with("Required."), comment, std::move(schema)));
    }
  }

  static bool IsBound(const HttpBinding& binding, const FieldPath& path) {
    return std::ranges::any_of(
        binding.variables, [&path](const HttpBinding::Variable& variable) { return variable.field == path; });
  }

  static bool HasPrecondition(const HttpBinding& binding) {
    const Descriptor& request = *binding.method->input_type();
    return !FindFieldPath(request, "etag").empty() ||
           (binding.body_field != nullptr &&
            !FindFieldPath(request, StrCat(binding.body_field->name(), ".etag")).empty() &&
            binding.http_method != "POST");
  }

  json::Value Body(const HttpBinding& binding) {
    const Descriptor& request = *binding.method->input_type();
    json::Value schema;
    bool required = true;
    if (binding.body_field != nullptr) {
      schema = schemas_.OfMessage(*binding.body_field->message_type());
    } else {
      std::vector<const FieldDescriptor*> bound;
      for (const HttpBinding::Variable& variable : binding.variables) {
        if (variable.field.size() == 1) bound.push_back(variable.field.front());
      }
      required = bound.empty();
      schema = bound.empty() ? schemas_.OfMessage(request) : schemas_.Without(request, bound);
    }
    return json::Object(
        {{"required", json::Bool(required)},
         {"content", json::Object({{"application/json", json::Object({{"schema", std::move(schema)}})}})}});
  }

  json::Value Answers(const MethodDescriptor& method) {
    const json::Value schema = schemas_.OfMessage(*method.output_type());
    const json::Value content = json::Object({{"schema", schema}});
    json::Value answer = json::Object({{"description", json::Text(CommentOf(*method.output_type()).empty()
                                                                      ? "The answer."
                                                                      : CommentOf(*method.output_type()))}});
    if (method.server_streaming()) {
      json::Set(answer, "content",
                json::Object({{"application/x-ndjson", content}, {"text/event-stream", content}}));
    } else {
      json::Set(answer, "content", json::Object({{"application/json", content}}));
    }
    const json::Value problem = json::Object({{"$ref", json::Text("#/components/responses/Problem")}});
    return json::Object({{"200", std::move(answer)}, {"4XX", problem}, {"5XX", problem}});
  }

  OpenApiSchemas schemas_;
  json::Value tags_ = json::List({});
  json::Value paths_ = json::Object();
};

}  // namespace

absl::StatusOr<std::string> MakeOpenApi(std::string_view descriptor_set, const OpenApiOptions& options) {
  google::protobuf::FileDescriptorSet files;
  if (!files.ParseFromArray(descriptor_set.data(), static_cast<int>(descriptor_set.size()))) {
    return InvalidRequest(reason::kMalformedMessage, "Not a set of file descriptors.");
  }
  // A pool of their own: what is generated for C++ lacks the comments.
  google::protobuf::DescriptorPool pool;
  Writer writer;
  for (const auto& proto : files.file()) {
    const auto* file = pool.BuildFile(proto);
    if (file == nullptr)
      return InvalidRequest(reason::kMalformedMessage, StrCat("Cannot build ", proto.name()));
    for (int i = 0; i < file->service_count(); ++i) {
      if (absl::Status status = writer.AddService(*file->service(i)); !status.ok()) return status;
    }
  }
  return writer.Finish(options);
}

}  // namespace limpid::gateway
