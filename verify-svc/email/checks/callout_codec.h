#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

#include "verify-svc/domain/callout.h"

namespace limpid::verify {

/// What a mail server said, as it is kept in a cache that others share. `now` turns "ask again in a minute"
/// into a time.
std::string Pack(const CalloutAnswer& answer, absl::Time now);
/// The answer, its evidence marked as cached. Nothing for what Pack did not write, or with words that this
/// version does not know.
std::optional<CalloutAnswer> UnpackCalloutAnswer(std::string_view packed, absl::Time now);

}  // namespace limpid::verify
