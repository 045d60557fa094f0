#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"

#include "contact-svc/domain/contact.h"
#include "contact-svc/domain/event.h"
#include "contact-svc/domain/normal_forms.h"
#include "libs/base/call.h"

namespace limpid::contact {

/// Makes a contact as a caller gave it ready to be stored: normal forms, verdicts, where its values come
/// from. INVALID_ARGUMENT with all violations, at `contact.…`.
absl::Status Prepare(Contact& contact, std::string_view default_region, Origin origin, absl::Time now,
                     const NormalForms& forms);

/// What a call with this role writes as.
Origin OriginOf(Role role);

/// The event of a write.
ContactEvent EventOf(const Call& call, std::string_view type, const Contact& contact,
                     std::vector<std::string> fields, absl::Time now);

}  // namespace limpid::contact
