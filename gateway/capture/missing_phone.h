#pragma once

#include <optional>

#include "limpid/type/v1/depth.pb.h"
#include "limpid/verify/v1/phone_verdict.pb.h"

#include "gateway/capture/missing_email.h"

namespace limpid::gateway {

/// PHONE_NETWORK, when the caller wanted to know what the network says of a number and its verdict does not
/// say: nothing for a number that no network is asked about.
std::optional<MissingPart> MissingPhonePart(type::v1::Depth::Value wanted, type::v1::Depth::Value offered,
                                            const verify::v1::PhoneVerdict& verdict);

}  // namespace limpid::gateway
