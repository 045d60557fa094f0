#pragma once

#include <grpc/support/time.h>

#include "absl/time/time.h"

#include "libs/base/clock.h"

/// gRPC's time and ours.
namespace limpid::rpc {

/// The moment so far from now, on gRPC's clock that never jumps.
gpr_timespec GrpcTimeIn(absl::Duration duration);

/// A client's deadline on our steady clock; `SteadyTime::max()` when it gave none.
SteadyTime SteadyTimeOf(gpr_timespec deadline);

}  // namespace limpid::rpc
