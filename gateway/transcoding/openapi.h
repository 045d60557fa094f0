#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace limpid::gateway {

struct OpenApiOptions {
  std::string version;  ///< Of the API's implementation: the release.
};

/// Writes the OpenAPI 3.1 document of everything that the transcoder serves: paths, parameters, bodies,
/// answers, roles and errors, with the protos' comments.
///
/// `descriptor_set` is a serialised FileDescriptorSet with imports and source info. Fails when it is none, or
/// where BindingsOf would.
absl::StatusOr<std::string> MakeOpenApi(std::string_view descriptor_set, const OpenApiOptions& options);

}  // namespace limpid::gateway
