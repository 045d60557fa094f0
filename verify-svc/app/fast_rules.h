#pragma once

#include <memory>
#include <utility>

#include "libs/base/mutex.h"
#include "libs/quality/email/email_rules.h"
#include "libs/quality/phone/phone_rules.h"

namespace limpid::verify {

/// The FAST rules over one version of the lists.
struct FastRules {
  explicit FastRules(const std::shared_ptr<const quality::QualityData>& lists)
      : data(lists), email(lists), phone(lists) {}

  std::shared_ptr<const quality::QualityData> data;
  quality::EmailRules email;
  quality::PhoneRules phone;
};

/// The rules in force: replaced as a whole when the lists are read again, while calls go on with those they
/// began with.
using RulesInForce = Snapshot<FastRules>;

}  // namespace limpid::verify
