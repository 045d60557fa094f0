#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace limpid {

enum class SettingType {
  kText,
  kInteger,
  kBoolean,   ///< `true` or `false`.
  kDuration,  ///< With its unit: `800ms`, `4s`, `24h`.
  kBytes,     ///< With its unit: `64KiB`, `10MiB`, or a plain number of bytes.
  kAddress,   ///< `host:port`; port 0 lets the system choose.
  kList,      ///< Comma-separated.
};

/// One row of a service's table of settings: help text, docs page and masked dump follow from it.
///
/// `name` is the key in the YAML file (`verify.smtp_timeout`); the environment variable
/// (`LIMPID_VERIFY_SMTP_TIMEOUT`) and the flag (`--verify-smtp-timeout`) are made from it. A secret can also
/// be read from the file that `…_FILE` (`--…-file`) names.
struct SettingSpec {
  std::string_view name;
  SettingType type = SettingType::kText;
  std::string_view default_value;
  std::string_view sentence;
  bool secret = false;
  /// What it names (a certificate, a folder of lists) is read again while the service runs; the value itself
  /// never changes.
  bool reloadable = false;
  /// Bounds of integers, bytes, and durations (in milliseconds).
  int64_t min = INT64_MIN;
  int64_t max = INT64_MAX;
};

/// `verify.smtp_timeout` → `LIMPID_VERIFY_SMTP_TIMEOUT`.
std::string EnvironmentName(std::string_view setting);
/// `verify.smtp_timeout` → `--verify-smtp-timeout`.
std::string FlagName(std::string_view setting);

/// What a value may be: `1 to 256`, `at least 1m`; empty when it has no bounds.
std::string SettingBounds(const SettingSpec& spec);

/// What came of using a setting's value, with the setting's name before the message. OK stays OK.
absl::Status NamingSetting(std::string_view setting, const absl::Status& status);

/// The settings in force, read once at start. Precedence: flag, environment, YAML file, default.
class Settings {
 public:
  struct Request {
    /// All tables that the process lists. A name that stands in two of them is one setting.
    std::vector<std::span<const SettingSpec>> tables;
    /// Services that this process is (`verify`). An environment that the suite's programs share holds names
    /// for the others as well: those are ignored, unlike a mistyped name of this process's own.
    std::vector<std::string> services;
    std::vector<std::string> args;  ///< Flags, without the program's name.
    std::map<std::string, std::string> environment;
  };

  /// INVALID_ARGUMENT that names every unknown key, bad value and file that cannot be read. `--config FILE`
  /// (LIMPID_CONFIG) names the YAML file.
  static absl::StatusOr<Settings> Load(const Request& request);
  /// The process's environment as a map.
  static std::map<std::string, std::string> Environment();

  /// The value of a listed setting; a name that no table lists, or of another type, is a fault of ours and
  /// ends the process.
  const std::string& Text(std::string_view name) const;
  int64_t Integer(std::string_view name) const;
  bool Boolean(std::string_view name) const;
  absl::Duration Duration(std::string_view name) const;
  int64_t Bytes(std::string_view name) const;
  std::vector<std::string> List(std::string_view name) const;

  /// One line a setting: its value (secrets masked) and where it came from. What `--print-settings` shows.
  std::string Print() const;
  /// What `--help` shows of the tables.
  static std::string Help(const std::vector<std::span<const SettingSpec>>& tables);
  /// True when the flags held `--help` or `--print-settings`.
  bool wants_help() const { return wants_help_; }
  bool wants_print() const { return wants_print_; }

 private:
  struct Value {
    const SettingSpec* spec = nullptr;
    std::string text;
    int64_t number = 0;  // integers, bytes, booleans
    absl::Duration duration;
    std::string origin;  // default, file, environment, flag
  };
  const Value& Get(std::string_view name, std::initializer_list<SettingType> types) const;
  static absl::Status Parse(Value& value);

  std::map<std::string, Value, std::less<>> values_;
  bool wants_help_ = false;
  bool wants_print_ = false;
};

/// The settings that every service has: logging, state, database, redis, internal key, TLS between services.
std::span<const SettingSpec> CommonSettings();

}  // namespace limpid
