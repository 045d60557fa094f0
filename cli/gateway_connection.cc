#include "cli/gateway_connection.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "cli/columns.h"
#include "cli/exit_code.h"
#include "cli/file_text.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/base/trim.h"

namespace limpid::cli {
namespace {

constexpr std::string_view kDefaultTarget = "127.0.0.1:50050";
/// Where Debian keeps the authorities that browsers believe.
constexpr std::string_view kSystemAuthorities = "/etc/ssl/certs/ca-certificates.crt";
constexpr size_t kMaxKeyFile = 4096;

constexpr std::array kFlags = {
    Flag{"address", "HOST:PORT",
         "The gateway's gRPC door; default: LIMPID_GATEWAY_TARGET, else 127.0.0.1:50050."},
    Flag{"key-file", "FILE",
         "File with the API key; default: LIMPID_KEY, LIMPID_KEY_FILE, else var/admin.key."},
    Flag{"tls", "", "Speak TLS, and believe the system's authorities."},
    Flag{"tls-ca-file", "FILE", "Speak TLS, and believe the authorities in this file (PEM)."},
};

std::string Environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

absl::StatusOr<std::string> KeyFrom(const std::string& file) {
  absl::StatusOr<std::string> text = ReadFile(file, kMaxKeyFile);
  if (!text.ok()) return text.status();
  return std::string(Trim(*text));
}

absl::StatusOr<std::string> FindKey(const Arguments& arguments) {
  if (arguments.Has("key-file")) return KeyFrom(arguments.Value("key-file"));
  for (const auto& [name, file_name] :
       {std::pair{"LIMPID_KEY", "LIMPID_KEY_FILE"}, {"LIMPID_BOOTSTRAP_KEY", "LIMPID_BOOTSTRAP_KEY_FILE"}}) {
    if (const std::string key = Environment(name); !key.empty()) return key;
    if (const std::string file = Environment(file_name); !file.empty()) return KeyFrom(file);
  }
  std::string folder = Environment("LIMPID_STATE_DIR");
  if (folder.empty()) folder = "var";
  absl::StatusOr<std::string> key = KeyFrom(folder + "/admin.key");
  if (!key.ok()) {
    return Unauthenticated(reason::kCredentialsMissing, StrCat("no API key: give --key-file or LIMPID_KEY (",
                                                               key.status().message(), ")"));
  }
  return key;
}

}  // namespace

std::span<const Flag> ConnectionFlags() { return kFlags; }

absl::StatusOr<rpc::Peer> ConnectGateway(const Arguments& arguments) {
  const absl::StatusOr<std::string> key = FindKey(arguments);
  if (!key.ok()) return key.status();
  // A header is ASCII without spaces; gRPC ends the process over anything else.
  for (const char c : *key) {
    if (c <= ' ' || c > '~') return InvalidRequest(reason::kInvalidFormat, "the API key is no key");
  }
  rpc::ChannelOptions options;
  options.target = arguments.Value("address");
  if (options.target.empty()) options.target = Environment("LIMPID_GATEWAY_TARGET");
  if (options.target.empty()) options.target = kDefaultTarget;
  if (arguments.Has("tls")) options.tls.ca_file = kSystemAuthorities;
  if (arguments.Has("tls-ca-file")) options.tls.ca_file = arguments.Value("tls-ca-file");
  if (!options.tls.empty()) {
    if (absl::Status status = rpc::CheckTlsFiles(options.tls, /*server=*/false); !status.ok()) return status;
  }
  return rpc::Peer{.name = StrCat("the gateway at ", options.target),
                   .channel = rpc::MakeChannel(options),
                   .authorization = StrCat("Bearer ", *key)};
}

int Complain(const absl::Status& error) {
  const ErrorDetails details = DetailsOf(error);
  std::fprintf(stderr, "limpid: %s%s%s%s\n", std::string(error.message()).c_str(),
               details.reason.empty() ? "" : " (", details.reason.c_str(), details.reason.empty() ? "" : ")");
  for (const FieldViolation& violation : details.violations) {
    std::fprintf(stderr, "  %s: %s (%s)\n", violation.field.c_str(), violation.message.c_str(),
                 violation.reason.c_str());
  }
  if (details.retry_after > absl::ZeroDuration()) {
    std::fprintf(stderr, "  try again in %s\n", absl::FormatDuration(details.retry_after).c_str());
  } else if (error.code() == absl::StatusCode::kUnavailable) {
    std::fprintf(stderr, "  is it running? `limpid serve` starts it; --address says where it is\n");
  }
  return kExitFailed;
}

}  // namespace limpid::cli
