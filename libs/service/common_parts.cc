#include "libs/service/common_parts.h"

#include <array>
#include <filesystem>
#include <system_error>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid {
namespace {

namespace fs = std::filesystem;

// Beside an installed program, and beside one in the build folder of the source tree.
constexpr std::array<std::string_view, 2> kShipped = {"../share/limpid/data", "../../../data"};
constexpr std::string_view kSqlite = "sqlite:";

bool IsFolder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

}  // namespace

absl::StatusOr<std::string> DataFolder(const Settings& settings) {
  if (const std::string& given = settings.Text("data_dir"); !given.empty()) {
    if (IsFolder(given)) return given;
    return InvalidField("data_dir", reason::kInvalidFormat, StrCat("data_dir ", given, " is no folder"));
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (const std::string_view shipped : kShipped) {
    if (const fs::path folder = (program / shipped).lexically_normal(); IsFolder(folder))
      return folder.string();
  }
  return InvalidField("data_dir", reason::kRequired,
                      "data_dir must be given: no data is found beside the program");
}

std::string DatabaseUrl(const Settings& settings, std::string_view service) {
  if (const std::string& own = settings.Text(StrCat(service, ".database_url")); !own.empty()) return own;
  const std::string& shared = settings.Text("database_url");
  if (!shared.empty() && !shared.starts_with(kSqlite)) return shared;
  // Each service has a file of its own: a shared sqlite: setting names the folder.
  const std::string folder = shared.empty() ? settings.Text("state_dir") : shared.substr(kSqlite.size());
  return StrCat(kSqlite, folder, "/", service, ".db");
}

std::string DatabaseSetting(const Settings& settings, std::string_view service) {
  const std::string own = StrCat(service, ".database_url");
  if (!settings.Text(own).empty()) return own;
  return settings.Text("database_url").empty() ? "state_dir" : "database_url";
}

absl::StatusOr<rpc::PrincipalKeys> InternalKeys(const Settings& settings) {
  rpc::PrincipalKeys keys = settings.List("internal_key");
  if (!keys.empty()) return keys;
  return InvalidField("internal_key", reason::kRequired,
                      "internal_key must be given: it signs who calls between the services");
}

rpc::TlsFiles InternalTls(const Settings& settings) {
  return {.cert_file = settings.Text("tls_cert_file"),
          .key_file = settings.Text("tls_key_file"),
          .ca_file = settings.Text("tls_ca_file")};
}

}  // namespace limpid
