#pragma once

#include <memory>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/base/clock.h"
#include "libs/base/random.h"
#include "libs/base/settings.h"
#include "verify-svc/challenges/message_texts.h"
#include "verify-svc/challenges/sender.h"

namespace limpid::verify {

/// The senders that `verify.senders` names, in its order. Fails with the name of the setting that is wrong or
/// missing.
absl::StatusOr<std::vector<std::unique_ptr<Sender>>> MakeSenders(const Settings& settings,
                                                                 std::shared_ptr<const TextsInForce> texts,
                                                                 const Clock& clock, Random& random);

}  // namespace limpid::verify
