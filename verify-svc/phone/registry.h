#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

#include "libs/base/settings.h"
#include "verify-svc/phone/protocol.h"

namespace limpid::verify {

/// The settings of one provider: `Text("token")` is `verify.phone_smsfactor_token`.
class ProviderSettings {
 public:
  ProviderSettings(const Settings& settings, std::string_view provider)
      : settings_(settings), provider_(provider) {}

  std::string Name(std::string_view own) const;
  const std::string& Text(std::string_view own) const { return settings_.Text(Name(own)); }
  std::vector<std::string> List(std::string_view own) const { return settings_.List(Name(own)); }
  absl::Duration Duration(std::string_view own) const { return settings_.Duration(Name(own)); }
  bool Boolean(std::string_view own) const { return settings_.Boolean(Name(own)); }
  int64_t Integer(std::string_view own) const { return settings_.Integer(Name(own)); }

 private:
  const Settings& settings_;
  const std::string_view provider_;
};

/// A setting that only one provider has.
struct OwnSetting {
  std::string_view name;
  std::string_view sentence;
  std::string_view default_value = "";
  SettingType type = SettingType::kText;
  bool secret = false;
  bool needed = false;  ///< The provider is in use when all of these are given, and off when none is.
};

/// A provider that can be plugged in. Beside its own settings each has url, timeout, per_minute, at_once and
/// price.
struct ProviderSpec {
  std::string_view name;  ///< As policies name it.
  std::string_view default_url;
  std::vector<OwnSetting> own;
  /// Null for one that only reports.
  absl::StatusOr<std::unique_ptr<const ProviderProtocol>> (*make)(const ProviderSettings& settings);
  /// Null for one that only answers. Where both are given, the setting `reports` chooses.
  std::unique_ptr<const ReportingProtocol> (*make_reporting)(const ProviderSettings& settings) = nullptr;

  bool Reports(const ProviderSettings& settings) const {
    return make_reporting != nullptr && (make == nullptr || settings.Boolean("reports"));
  }
};

/// Every provider that we know how to ask.
const std::vector<ProviderSpec>& KnownProviders();
/// Their settings, for the service's table.
std::span<const SettingSpec> ProviderSettingsTable();

}  // namespace limpid::verify
