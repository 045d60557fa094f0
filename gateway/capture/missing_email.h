#pragma once

#include <string_view>
#include <vector>

#include "limpid/type/v1/depth.pb.h"
#include "limpid/verify/v1/email_verdict.pb.h"

namespace limpid::gateway {

/// A part of an answer that is not known, in the words of `incomplete`.
struct MissingPart {
  std::string_view part;
  std::string_view reason;
};

/// What the caller wanted to know of an address and its verdict does not say: nothing for an address that is
/// UNDELIVERABLE, which the network cannot change.
std::vector<MissingPart> MissingEmailParts(type::v1::Depth::Value wanted, type::v1::Depth::Value offered,
                                           const verify::v1::EmailVerdict& verdict);

}  // namespace limpid::gateway
