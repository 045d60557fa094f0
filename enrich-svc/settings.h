#pragma once

#include <span>

#include "libs/base/settings.h"

namespace limpid::enrich {

/// The settings of enrich-svc, beside CommonSettings().
std::span<const SettingSpec> SettingsTable();

}  // namespace limpid::enrich
