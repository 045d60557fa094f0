#pragma once

#include <memory>
#include <utility>

#include "libs/base/mutex.h"
#include "libs/quality/email/email_rules.h"
#include "libs/quality/phone/phone_directory.h"
#include "libs/quality/phone/phone_rules.h"

namespace limpid::verify {

/// The FAST rules over one version of the lists, and what tables tell of numbers beside them.
struct FastRules {
  /// Without a directory (null) verdicts name no carrier, time zones and place.
  explicit FastRules(const std::shared_ptr<const quality::QualityData>& lists,
                     std::shared_ptr<const quality::PhoneDirectory> phone_directory = nullptr)
      : data(lists), directory(std::move(phone_directory)), email(lists), phone(lists) {}

  std::shared_ptr<const quality::QualityData> data;
  std::shared_ptr<const quality::PhoneDirectory> directory;
  quality::EmailRules email;
  quality::PhoneRules phone;
};

/// The rules in force: replaced as a whole when the lists are read again, while calls go on with those they
/// began with.
using RulesInForce = Snapshot<FastRules>;

}  // namespace limpid::verify
