#pragma once

#include <span>

#include "libs/base/settings.h"

namespace limpid::gateway {

/// The gateway's table of settings.
std::span<const SettingSpec> SettingsTable();

}  // namespace limpid::gateway
