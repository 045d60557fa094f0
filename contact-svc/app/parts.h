#pragma once

#include "contact-svc/app/contact_store.h"
#include "contact-svc/domain/normal_forms.h"
#include "libs/base/clock.h"
#include "libs/base/random.h"

namespace limpid::contact {

/// What every use case about contacts works with. Outlives them.
struct Parts {
  ContactStore& store;
  const NormalForms& forms;
  const Clock& clock;
  Random& random;
};

/// The time, as precise as it is stored: what is answered and what is read again are equal.
inline absl::Time Now(const Clock& clock) { return absl::FromUnixMicros(absl::ToUnixMicros(clock.Now())); }

}  // namespace limpid::contact
