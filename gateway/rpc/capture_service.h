#pragma once

#include <memory>

#include "gateway/capture/check.h"
#include "gateway/capture/submit.h"
#include "gateway/forwarding/upstream.h"
#include "libs/rpc/service.h"

namespace limpid::gateway {

/// CaptureService for the gRPC door. The use cases outlive it.
std::unique_ptr<rpc::Service> BuildCaptureService(CheckCapture& check, SubmitCapture& submit,
                                                  std::shared_ptr<const rpc::Door> door);

/// CaptureService for the HTTP door, in the same process and without a hop. The use cases outlive it.
std::unique_ptr<Upstream> MakeCaptureUpstream(CheckCapture& check, SubmitCapture& submit);

}  // namespace limpid::gateway
