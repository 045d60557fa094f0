#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

#include "verify-svc/domain/mail_domain.h"

namespace limpid::verify::dns {

/// An answer as it is kept in a cache that others share, with the time until which it holds.
std::string Pack(const MailDomain& mail, absl::Time expiry);
/// The answer with what is left of its time. Nothing for what is over and for what Pack did not write.
std::optional<MailDomain> UnpackMailDomain(std::string_view packed, absl::Time now);

}  // namespace limpid::verify::dns
