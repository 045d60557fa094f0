#pragma once

#include <memory>
#include <stop_token>
#include <string_view>

#include "libs/rpc/client.h"
#include "libs/rpc/door.h"
#include "libs/rpc/service.h"

namespace limpid::gateway {

/// A service of `peer` at the gateway's gRPC door.
///
/// Callers are authenticated and admitted by the door; then frames are passed on and back without decoding
/// them, with deadline, cancellation, trailers' details and metadata of ours. Methods that are marked
/// internal are not served. `full_name` is a service of the linked protos. Once `ending` is requested, server
/// streams, which have no end of their own, end with UNAVAILABLE: their readers resume elsewhere.
std::unique_ptr<rpc::Service> MakeForwardingService(std::string_view full_name,
                                                    std::shared_ptr<const rpc::Door> door,
                                                    const rpc::Peer& peer, std::stop_token ending);

}  // namespace limpid::gateway
