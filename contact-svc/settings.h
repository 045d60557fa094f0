#pragma once

#include <span>

#include "libs/base/settings.h"

namespace limpid::contact {

/// The settings of contact-svc, beside those that every service has.
std::span<const SettingSpec> SettingsTable();

}  // namespace limpid::contact
