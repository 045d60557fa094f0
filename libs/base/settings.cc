#include "libs/base/settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <yaml-cpp/yaml.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

extern char** environ;  // NOLINT: POSIX declares it nowhere

namespace limpid {
namespace {

constexpr std::string_view kPrefix = "LIMPID_";
constexpr std::array<std::string_view, 4> kServices = {"gateway", "contact", "verify", "enrich"};
// What no service's prefix marks and only some programs read: the gateway, and the command as a client.
constexpr std::array<std::string_view, 4> kOfSomePrograms = {
    "LIMPID_BOOTSTRAP_KEY", "LIMPID_BOOTSTRAP_KEY_FILE", "LIMPID_KEY", "LIMPID_KEY_FILE"};

bool IsOneOf(std::string_view service, const std::vector<std::string>& services) {
  return std::ranges::find(services, service) != services.end();
}

// Whether a variable is for other programs of the suite, which often share one environment. A mistyped name
// of our own must not pass for one. Where a service is found is for those who call it, never for itself.
bool IsForOthers(std::string_view variable, const std::vector<std::string>& own_services) {
  if (std::ranges::find(kOfSomePrograms, variable) != kOfSomePrograms.end()) return true;
  return std::ranges::any_of(kServices, [&](std::string_view service) {
    const std::string prefix = EnvironmentName(service) + "_";
    return variable == prefix + "TARGET" || (variable.starts_with(prefix) && !IsOneOf(service, own_services));
  });
}

// Text in flags, environment and file by setting name; `…_file` entries stand under the setting's name +
// "_file".
using Layer = std::map<std::string, std::string, std::less<>>;

// Nothing when it cannot be read; a folder can be opened like a file, but throws when it is read.
std::optional<std::string> ReadFile(const std::string& path) {
  std::error_code error;
  std::ifstream in(path);
  if (!in || std::filesystem::is_directory(path, error)) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

std::optional<std::string> ReadSecret(const std::string& path) {
  std::optional<std::string> text = ReadFile(path);
  while (text && (text->ends_with('\n') || text->ends_with('\r'))) text->pop_back();
  return text;
}

void Flatten(const YAML::Node& node, const std::string& prefix, Layer& layer, ErrorCollector& errors) {
  if (node.IsMap()) {
    for (const auto& entry : node) {
      const auto key = entry.first.as<std::string>();
      Flatten(entry.second, prefix.empty() ? key : prefix + "." + key, layer, errors);
    }
    return;
  }
  std::string text;
  if (node.IsSequence()) {
    for (const auto& item : node) StrAppend(text, text.empty() ? "" : ",", item.as<std::string>());
  } else if (node.IsScalar()) {
    text = node.as<std::string>();
  }
  if (!layer.emplace(prefix, text).second) {
    errors.Add(prefix, reason::kDuplicateField, "is given twice in the file");
  }
}

// The settings of a YAML file. yaml-cpp throws what it cannot read; no exception leaves here.
Layer ReadConfig(const std::string& path, ErrorCollector& errors) {
  Layer layer;
  const auto refuse = [&](std::string_view why) {
    errors.Add("config", reason::kInvalidFormat, StrCat(path, " ", why));
  };
  const std::optional<std::string> text = ReadFile(path);
  if (!text) {
    refuse("cannot be read");
    return layer;
  }
  try {
    const YAML::Node root = YAML::Load(*text);
    if (root.IsMap()) {
      Flatten(root, "", layer, errors);
    } else if (!root.IsNull()) {
      refuse("holds no settings: give lines of `name: value`");
    }
  } catch (const YAML::Exception& fault) {
    refuse(StrCat("is no YAML: ", fault.what()));
  }
  return layer;
}

std::optional<int64_t> ParseNumber(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<int64_t> ParseBytes(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, int64_t>, 4> kUnits = {
      {{"KiB", 1LL << 10}, {"MiB", 1LL << 20}, {"GiB", 1LL << 30}, {"B", 1}}};
  for (const auto& [suffix, factor] : kUnits) {
    if (!text.ends_with(suffix)) continue;
    const std::optional<int64_t> number = ParseNumber(text.substr(0, text.size() - suffix.size()));
    int64_t product = 0;
    if (!number || __builtin_mul_overflow(*number, factor, &product)) return std::nullopt;
    return product;
  }
  return ParseNumber(text);
}

bool IsAddress(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return false;
  const std::optional<int64_t> port = ParseNumber(text.substr(colon + 1));
  return port && *port >= 0 && *port <= 65535;
}

std::string Size(int64_t bytes) {
  struct Unit {
    int shift;
    std::string_view name;
  };
  constexpr std::array kUnits = {Unit{30, "GiB"}, Unit{20, "MiB"}, Unit{10, "KiB"}};
  for (const Unit& unit : kUnits) {
    const int64_t one = int64_t{1} << unit.shift;
    if (bytes != 0 && bytes % one == 0) return StrCat(bytes / one, unit.name);
  }
  return StrCat(bytes, "B");
}

std::string Bound(SettingType type, int64_t bound) {
  if (type == SettingType::kDuration) return absl::FormatDuration(absl::Milliseconds(bound));
  if (type == SettingType::kBytes) return Size(bound);
  return StrCat(bound);
}

std::string_view TypeHint(SettingType type) {
  switch (type) {
    case SettingType::kText:
      return "text";
    case SettingType::kInteger:
      return "a whole number";
    case SettingType::kBoolean:
      return "true or false";
    case SettingType::kDuration:
      return "a time with its unit (800ms, 4s, 24h)";
    case SettingType::kBytes:
      return "a size with its unit (64KiB, 10MiB)";
    case SettingType::kAddress:
      return "host:port";
    case SettingType::kList:
      return "a comma-separated list";
  }
  return "text";
}

constexpr SettingSpec kCommon[] = {
    {.name = "log_level",
     .default_value = "info",
     .sentence = "Least level that is logged: debug, info, warning, error."},
    {.name = "state_dir",
     .default_value = "var",
     .sentence = "Folder of databases and keys that the suite makes itself."},
    {.name = "data_dir",
     .default_value = "",
     .sentence =
         "Folder of lists and tables shipped with the release; empty: beside the program. verify-svc, "
         "contact-svc and enrich-svc read theirs again on SIGHUP.",
     .reloadable = true},
    {.name = "database_url",
     .default_value = "",
     .sentence = "sqlite:FOLDER or postgres://…, for every service; empty: a SQLite file per service in the "
                 "state folder.",
     .secret = true},
    {.name = "redis_url",
     .default_value = "",
     .sentence = "redis[s]://[user:password@]host:port/db, redis[s]+sentinel://[…@]h1:p1,h2:p2/master/db or "
                 "unix:PATH; empty: in-process.",
     .secret = true},
    {.name = "redis_timeout",
     .type = SettingType::kDuration,
     .default_value = "50ms",
     .sentence = "How long an answer of Redis is waited for; what is later counts as absent.",
     .min = 1,
     .max = 5000},
    {.name = "redis_tls_ca_file",
     .default_value = "",
     .sentence =
         "Authorities (PEM) that the certificate of a rediss:// server must come from; empty: the system's."},
    {.name = "redis_tls_cert_file",
     .default_value = "",
     .sentence = "Certificate (PEM) that is shown to a rediss:// server that asks for one."},
    {.name = "redis_tls_key_file", .default_value = "", .sentence = "Private key (PEM) of that certificate."},
    {.name = "internal_key",
     .default_value = "",
     .sentence = "Keys that sign principals between services, comma-separated: the first signs, all verify.",
     .secret = true},
    {.name = "tls_cert_file",
     .default_value = "",
     .sentence = "Certificate (PEM) that this service shows other services; turns on mTLS between services. "
                 "Renewed files are read within seconds.",
     .reloadable = true},
    {.name = "tls_key_file",
     .default_value = "",
     .sentence = "Private key (PEM) of the certificate.",
     .reloadable = true},
    {.name = "tls_ca_file",
     .default_value = "",
     .sentence = "Authority (PEM) that other services' certificates must come from.",
     .reloadable = true},
    {.name = "drain_wait",
     .type = SettingType::kDuration,
     .default_value = "1s",
     .sentence = "How long a stopping service goes on accepting after readiness is off.",
     .min = 0,
     .max = 60000},
    {.name = "drain_time",
     .type = SettingType::kDuration,
     .default_value = "25s",
     .sentence = "How long running calls have to finish when a service stops.",
     .min = 0,
     .max = 600000},
};

}  // namespace

std::string EnvironmentName(std::string_view setting) {
  std::string out(kPrefix);
  for (const char c : setting) out.push_back(c == '.' ? '_' : static_cast<char>(std::toupper(c)));
  return out;
}

std::string FlagName(std::string_view setting) {
  std::string out = "--";
  for (const char c : setting) out.push_back(c == '.' || c == '_' ? '-' : c);
  return out;
}

std::span<const SettingSpec> CommonSettings() { return kCommon; }

std::string SettingBounds(const SettingSpec& spec) {
  const bool has_min = spec.min != INT64_MIN;
  const bool has_max = spec.max != INT64_MAX;
  if (has_min && has_max) return StrCat(Bound(spec.type, spec.min), " to ", Bound(spec.type, spec.max));
  if (has_min) return StrCat("at least ", Bound(spec.type, spec.min));
  if (has_max) return StrCat("at most ", Bound(spec.type, spec.max));
  return "";
}

absl::Status NamingSetting(std::string_view setting, const absl::Status& status) {
  if (status.ok()) return status;
  return MakeError(status.code(), ReasonOf(status), StrCat(setting, ": ", Std(status.message())));
}

std::map<std::string, std::string> Settings::Environment() {
  std::map<std::string, std::string> result;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const size_t equals = text.find('=');
    if (equals != std::string_view::npos) result.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return result;
}

absl::Status Settings::Parse(Value& value) {
  const SettingSpec& spec = *value.spec;
  std::optional<int64_t> measured;
  switch (spec.type) {
    case SettingType::kText:
    case SettingType::kList:
      return absl::OkStatus();
    case SettingType::kInteger:
      measured = ParseNumber(value.text);
      break;
    case SettingType::kBytes:
      measured = ParseBytes(value.text);
      break;
    case SettingType::kBoolean:
      if (value.text == "true" || value.text == "false") measured = value.text == "true" ? 1 : 0;
      break;
    case SettingType::kDuration:
      // A bare "0" is the only duration that absl reads without a unit.
      if (absl::ParseDuration(value.text, &value.duration)) {
        measured = absl::ToInt64Milliseconds(value.duration);
      }
      break;
    case SettingType::kAddress:
      if (IsAddress(value.text)) return absl::OkStatus();
      break;
  }
  if (!measured) {
    return InvalidField(spec.name, reason::kInvalidFormat, StrCat("must be ", TypeHint(spec.type)));
  }
  value.number = *measured;
  if (*measured < spec.min || *measured > spec.max) {
    return InvalidField(spec.name, reason::kOutOfRange, StrCat("must be ", SettingBounds(spec)));
  }
  return absl::OkStatus();
}

absl::StatusOr<Settings> Settings::Load(const Request& request) {
  Settings settings;
  ErrorCollector errors;
  std::map<std::string, std::string> env_to_name;
  std::map<std::string, std::string> flag_to_name;
  const auto list = [&](const std::string& name) {
    env_to_name[EnvironmentName(name)] = name;
    flag_to_name[FlagName(name)] = name;
  };
  for (const auto& table : request.tables) {
    for (const SettingSpec& spec : table) {
      Value value;
      value.spec = &spec;
      value.text = spec.default_value;
      value.origin = "default";
      settings.values_.emplace(spec.name, std::move(value));
      list(std::string(spec.name));
      if (spec.secret) list(StrCat(spec.name, "_file"));
    }
  }

  Layer flags;
  std::string config;
  for (size_t i = 0; i < request.args.size(); ++i) {
    const std::string& arg = request.args[i];
    if (arg == "--help") settings.wants_help_ = true;
    if (arg == "--print-settings") settings.wants_print_ = true;
    if (arg == "--help" || arg == "--print-settings") continue;
    const size_t equals = arg.find('=');
    const std::string flag = arg.substr(0, equals);
    const auto known = flag_to_name.find(flag);
    if (known == flag_to_name.end() && flag != "--config") {
      errors.Add(flag, reason::kUnknownField, "is no flag of this program");
      continue;
    }
    std::string text;
    if (equals != std::string::npos) {
      text = arg.substr(equals + 1);
    } else if (i + 1 < request.args.size()) {
      text = request.args[++i];
    } else {
      errors.Add(flag, reason::kRequired, "needs a value");
      continue;
    }
    if (flag == "--config") {
      config = text;
    } else {
      flags[known->second] = text;
    }
  }

  Layer environment;
  for (const auto& [variable, text] : request.environment) {
    if (!variable.starts_with(kPrefix)) continue;
    if (variable == "LIMPID_CONFIG") {
      if (config.empty()) config = text;
      continue;
    }
    if (const auto known = env_to_name.find(variable); known != env_to_name.end()) {
      environment[known->second] = text;
      continue;
    }
    if (!IsForOthers(variable, request.services))
      errors.Add(variable, reason::kUnknownField, "is no setting of this program");
  }

  const Layer file = config.empty() ? Layer() : ReadConfig(config, errors);
  for (const auto& [name, text] : file) {
    if (!flag_to_name.contains(FlagName(name))) {
      errors.Add(name, reason::kUnknownField, "is no setting of this program");
    }
  }

  struct NamedLayer {
    const Layer* layer;
    std::string_view origin;
  };
  for (auto& [name, value] : settings.values_) {
    for (const NamedLayer& source :
         {NamedLayer{&file, "file"}, NamedLayer{&environment, "environment"}, NamedLayer{&flags, "flag"}}) {
      if (const auto found = source.layer->find(name); found != source.layer->end()) {
        value.text = found->second;
        value.origin = source.origin;
      }
      if (!value.spec->secret) continue;
      if (const auto found = source.layer->find(name + "_file"); found != source.layer->end()) {
        if (const auto twice = source.layer->find(name);
            twice != source.layer->end() && !twice->second.empty()) {
          errors.Add(name, reason::kDuplicateField,
                     StrCat("is given twice: as it is and by ", name, "_file"));
        }
        std::optional<std::string> secret = ReadSecret(found->second);
        if (!secret) {
          errors.Add(name + "_file", reason::kInvalidFormat, StrCat(found->second, " cannot be read"));
          continue;
        }
        value.text = *std::move(secret);
        value.origin = StrCat(source.origin, " (", found->second, ")");
      }
    }
    errors.Merge("", Parse(value));
  }
  // Every fault is named with its key: what an operator needs to mend it.
  if (!errors.empty()) {
    std::string message;
    for (const FieldViolation& violation : errors.violations()) {
      StrAppend(message, message.empty() ? "" : "; ", violation.field, " ", violation.message);
    }
    return InvalidRequest(reason::kInvalidRequest, message);
  }
  return settings;
}

const Settings::Value& Settings::Get(std::string_view name, std::initializer_list<SettingType> types) const {
  const auto found = values_.find(name);
  if (found == values_.end() || std::ranges::find(types, found->second.spec->type) == types.end()) {
    std::fprintf(stderr, "no setting %.*s of this type is listed\n", static_cast<int>(name.size()),
                 name.data());
    std::abort();
  }
  return found->second;
}

const std::string& Settings::Text(std::string_view name) const {
  return Get(name, {SettingType::kText, SettingType::kAddress, SettingType::kList}).text;
}
int64_t Settings::Integer(std::string_view name) const { return Get(name, {SettingType::kInteger}).number; }
bool Settings::Boolean(std::string_view name) const { return Get(name, {SettingType::kBoolean}).number != 0; }
absl::Duration Settings::Duration(std::string_view name) const {
  return Get(name, {SettingType::kDuration}).duration;
}
int64_t Settings::Bytes(std::string_view name) const { return Get(name, {SettingType::kBytes}).number; }

std::vector<std::string> Settings::List(std::string_view name) const {
  std::vector<std::string> items;
  std::string_view rest = Get(name, {SettingType::kList, SettingType::kText}).text;
  while (!rest.empty()) {
    const size_t comma = rest.find(',');
    std::string_view item = rest.substr(0, comma);
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (!item.empty()) items.emplace_back(item);
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
  }
  return items;
}

std::string Settings::Print() const {
  std::string out;
  for (const auto& [name, value] : values_) {
    const bool hidden = value.spec->secret && !value.text.empty();
    StrAppend(out, name, "=", hidden ? "********" : value.text, "  # ", value.origin, "\n");
  }
  return out;
}

std::string Settings::Help(const std::vector<std::span<const SettingSpec>>& tables) {
  std::string out =
      "  --config FILE\n      YAML file with these settings (LIMPID_CONFIG).\n"
      "  --print-settings\n      Shows what is in force and where it came from, then ends.\n"
      "  --help\n";
  for (const auto& table : tables) {
    for (const SettingSpec& spec : table) {
      StrAppend(out, "  ", FlagName(spec.name), "  (", EnvironmentName(spec.name), ")\n      ", spec.sentence,
                " ", spec.secret ? "Secret; also as …_FILE." : "");
      if (!spec.default_value.empty())
        StrAppend(out, spec.secret ? " " : "", "Default: ", spec.default_value, ".");
      out += "\n";
    }
  }
  return out;
}

}  // namespace limpid
