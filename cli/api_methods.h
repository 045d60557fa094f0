#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace google::protobuf {
class MethodDescriptor;
}

namespace limpid::cli {

/// Every method of the API that a caller from outside may have, by its descriptor, sorted by name.
std::vector<const google::protobuf::MethodDescriptor*> ApiMethods();

/// The method of a name: `limpid.gateway.v1.CaptureService/Check`, or as much of its end as names one only
/// (`CaptureService/Check`, `Check`). A dot may stand for the slash. NOT_FOUND, or INVALID_ARGUMENT that
/// lists the methods which the name could mean.
absl::StatusOr<const google::protobuf::MethodDescriptor*> FindApiMethod(std::string_view name);

}  // namespace limpid::cli
