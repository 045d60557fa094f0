#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace grpc {
class Status;
}

/// The one place where a status crosses the wire.
namespace limpid::rpc {

/// As a `google.rpc.Status` in `grpc-status-details-bin`: code, sentence and the details that
/// libs/base/error.h hung on the status. At most some 4 KiB of details are sent, the most useful first: a
/// client drops trailers above 8 KiB and would see RESOURCE_EXHAUSTED instead.
grpc::Status ToGrpc(const absl::Status& status);

/// The way back. What the transport says by itself (no details) gets a reason: UNAVAILABLE names `peer`,
/// DEADLINE_EXCEEDED and CANCELLED become those of libs/base/error.h. A CANCELLED that the caller did not ask
/// for
/// (`stopped` is false) is a server that shut down before it took the call: UNAVAILABLE too.
absl::Status FromGrpc(const grpc::Status& status, std::string_view peer, bool stopped = true);

/// `google.rpc.Status` in wire format, as it stands in the trailers.
std::string EncodeStatus(const absl::Status& status);

}  // namespace limpid::rpc
