#include "libs/redis/url.h"

#include <charconv>
#include <optional>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/reasons.h"

namespace limpid::redis {
namespace {

constexpr int kServerPort = 6379;
constexpr int kSentinelPort = 26379;

absl::Status Broken(std::string_view what) { return InvalidRequest(reason::kInvalidFormat, what); }

std::optional<int> Number(std::string_view text, int least, int most) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) {
    return std::nullopt;
  }
  return value;
}

std::optional<std::string> Unescape(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    unsigned char byte = 0;
    if (i + 2 >= text.size()) return std::nullopt;
    const char* digits = text.data() + i + 1;
    if (const auto [end, error] = std::from_chars(digits, digits + 2, byte, 16);
        error != std::errc() || end != digits + 2) {
      return std::nullopt;
    }
    out.push_back(static_cast<char>(byte));
    i += 2;
  }
  return out;
}

// Splits at the first `separator`; the second part is empty when there is none.
std::pair<std::string_view, std::string_view> Cut(std::string_view text, char separator) {
  const size_t at = text.find(separator);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

absl::StatusOr<HostPort> ParseHostPort(std::string_view text, int default_port) {
  std::string_view host = text;
  std::string_view port;
  if (text.starts_with('[')) {
    const size_t close = text.find(']');
    if (close == std::string_view::npos) return Broken("An IPv6 address is not closed by a bracket.");
    host = text.substr(1, close - 1);
    const std::string_view rest = text.substr(close + 1);
    if (!rest.empty() && !rest.starts_with(':')) return Broken("A port is not given as a number.");
    if (!rest.empty()) port = rest.substr(1);
    if (!rest.empty() && port.empty()) return Broken("A port is not given as a number.");
  } else if (const size_t colon = text.find(':'); colon != std::string_view::npos) {
    host = text.substr(0, colon);
    port = text.substr(colon + 1);
    if (port.empty()) return Broken("A port is not given as a number.");
  }
  if (host.empty()) return Broken("The host is missing.");
  if (port.empty()) return HostPort{std::string(host), default_port};
  const std::optional<int> number = Number(port, 1, 65535);
  if (!number) return Broken("A port is not a number from 1 to 65535.");
  return HostPort{std::string(host), *number};
}

absl::Status ReadCredentials(std::string_view text, Target& target) {
  const auto [user, password] = Cut(text, ':');
  const std::optional<std::string> plain_user = Unescape(user);
  const std::optional<std::string> plain_password = Unescape(password);
  if (!plain_user || !plain_password) return Broken("User or password hold a broken %-escape.");
  if (plain_password->empty()) return Broken("The password is missing.");
  target.user = *plain_user;
  target.password = *plain_password;
  return absl::OkStatus();
}

absl::Status ReadDatabase(std::string_view text, Target& target) {
  if (text.empty()) return absl::OkStatus();
  const std::optional<int> database = Number(text, 0, 1'000'000);
  if (!database) return Broken("The database is not a number.");
  target.database = *database;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Target> ParseUrl(std::string_view url) {
  Target target;
  if (url.starts_with("unix:")) {
    target.unix_path = url.substr(5);
    if (target.unix_path.empty()) return Broken("The path of the unix socket is missing.");
    return target;
  }
  const size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return Broken("The scheme is missing.");
  const std::string_view scheme = url.substr(0, scheme_end);
  const bool sentinel = scheme.ends_with("+sentinel");
  const std::string_view server_scheme = sentinel ? scheme.substr(0, scheme.find('+')) : scheme;
  if (server_scheme != "redis" && server_scheme != "rediss") {
    return Broken("The scheme is none of redis, rediss, redis+sentinel, rediss+sentinel, unix.");
  }
  target.tls = server_scheme == "rediss";

  std::string_view rest = url.substr(scheme_end + 3);
  const size_t path_start = rest.find('/');
  std::string_view path = path_start == std::string_view::npos ? "" : rest.substr(path_start + 1);
  std::string_view authority = rest.substr(0, path_start);
  if (const size_t at = authority.rfind('@'); at != std::string_view::npos) {
    if (absl::Status status = ReadCredentials(authority.substr(0, at), target); !status.ok()) return status;
    authority.remove_prefix(at + 1);
  }
  if (sentinel) {
    const auto [master, database] = Cut(path, '/');
    if (master.empty()) return Broken("The master's name is missing.");
    target.sentinel_master = master;
    path = database;
  }
  if (absl::Status status = ReadDatabase(path, target); !status.ok()) return status;
  for (bool more = true; more;) {
    const size_t comma = sentinel ? authority.find(',') : std::string_view::npos;
    more = comma != std::string_view::npos;
    absl::StatusOr<HostPort> host =
        ParseHostPort(authority.substr(0, comma), sentinel ? kSentinelPort : kServerPort);
    if (!host.ok()) return host.status();
    target.hosts.push_back(*std::move(host));
    if (more) authority.remove_prefix(comma + 1);
  }
  return target;
}

}  // namespace limpid::redis
