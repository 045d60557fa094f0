#pragma once

#include <span>

#include "libs/base/settings.h"

namespace limpid::verify {

/// The settings of verify-svc, beside those that every service has.
std::span<const SettingSpec> SettingsTable();

}  // namespace limpid::verify
