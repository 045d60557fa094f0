#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "gateway/transcoding/path_template.h"
#include "libs/rpc/access.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
class MethodDescriptor;
class ServiceDescriptor;
}  // namespace google::protobuf

namespace limpid::gateway {

/// From a message down to one of its fields, through messages that are no lists.
using FieldPath = std::vector<const google::protobuf::FieldDescriptor*>;

/// Follows a path in proto or JSON names (`contact.given_name`); empty when it leads nowhere.
FieldPath FindFieldPath(const google::protobuf::Descriptor& message, std::string_view path);
/// The path in proto names.
std::string ToString(const FieldPath& path);

/// One way in which HTTP reaches a method: the google.api.http option, or one of its additional bindings.
struct HttpBinding {
  struct Variable {
    FieldPath field;
    size_t begin = 0;
    size_t end = 0;  ///< Segments `[begin, end)`; all that follow when it is `rest`.
    bool rest = false;
  };

  const google::protobuf::MethodDescriptor* method = nullptr;
  std::string http_method;  ///< `GET`
  std::string path_text;    ///< `/v1/{name=contacts/*}`
  PathTemplate path;
  std::vector<Variable> variables;
  bool has_body = false;
  /// The field that the body fills; null when it fills the whole request.
  const google::protobuf::FieldDescriptor* body_field = nullptr;
  rpc::Access access;
};

/// All bindings of a service's methods, but for those of internal methods, which HTTP does not reach. Fails,
/// naming the method, when an option does not fit its request, or asks for what is not offered here: client
/// streams, `response_body`, the `custom` kind.
absl::StatusOr<std::vector<HttpBinding>> BindingsOf(const google::protobuf::ServiceDescriptor& service);

}  // namespace limpid::gateway
