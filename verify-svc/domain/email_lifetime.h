#pragma once

#include <string_view>

#include "absl/time/time.h"

#include "libs/quality/email/verdict.h"

namespace limpid::verify {

/// How long what the network said may be kept, by its reasons: a mail server's word for days, the DNS's for
/// hours, what nobody could say for minutes. The shortest of them counts.
absl::Duration LifetimeOf(const quality::EmailVerdict& verdict);
/// The same for one reason of a mail server.
absl::Duration LifetimeOf(std::string_view email_reason);

}  // namespace limpid::verify
