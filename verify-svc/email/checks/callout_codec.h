#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

#include "verify-svc/domain/callout.h"

namespace limpid::verify {

/// What a mail server said, and until when that holds.
struct KeptCallout {
  CalloutAnswer answer;
  absl::Time expiry;
};

/// The answer as it is kept in a cache that others share. `now` turns "ask again in a minute" into a time.
std::string Pack(const KeptCallout& kept, absl::Time now);
/// The answer, its evidence marked as cached. Nothing for what Pack did not write, or with words that this
/// version does not know.
std::optional<KeptCallout> UnpackCallout(std::string_view packed, absl::Time now);

}  // namespace limpid::verify
