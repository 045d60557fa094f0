#pragma once

#include <vector>

#include "absl/status/statusor.h"

#include "libs/base/clock.h"
#include "libs/redis/interrupt.h"
#include "libs/redis/transport.h"
#include "libs/redis/url.h"

namespace limpid::redis {

/// The addresses of a host, in the system's order of preference; UNAVAILABLE when there are none, or not
/// before `until`.
///
/// getaddrinfo can neither be given a time nor be stopped. A name is therefore looked up on a thread of its
/// own, which is left behind when it takes too long and touches nothing of ours afterwards. A numeric address
/// needs no thread.
absl::StatusOr<std::vector<Address>> Resolve(const HostPort& host, SteadyTime until,
                                             const Interrupt& interrupt);

/// The address of a unix socket; INVALID_ARGUMENT when the path is too long for one.
absl::StatusOr<Address> UnixAddress(const std::string& path);

}  // namespace limpid::redis
