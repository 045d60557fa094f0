#include "gateway/identity/forwarded_header.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

std::string_view Trimmed(std::string_view text) { return Std(absl::StripAsciiWhitespace(Absl(text))); }

/// Takes the value of a parameter, bare or quoted, from the front of `rest`. Backslashes within quotes, which
/// no address needs, are not read.
std::optional<std::string_view> TakeValue(std::string_view& rest) {
  const bool quoted = rest.starts_with('"');
  if (quoted) rest.remove_prefix(1);
  const size_t end = std::min(rest.find_first_of(quoted ? "\"\\" : "\",; \t"), rest.size());
  const std::string_view value = rest.substr(0, end);
  rest.remove_prefix(end);
  if (quoted) {
    if (!rest.starts_with('"')) return std::nullopt;
    rest.remove_prefix(1);
  }
  return value;
}

std::optional<std::vector<std::string_view>> ReadForwarded(std::string_view rest) {
  std::vector<std::string_view> hops(1);
  for (;;) {
    rest = Trimmed(rest);
    const std::string_view name = rest.substr(0, rest.find_first_of("=,;\" \t"));
    rest.remove_prefix(name.size());
    if (!name.empty()) {
      if (!rest.starts_with('=')) return std::nullopt;
      rest.remove_prefix(1);
      const std::optional<std::string_view> value = TakeValue(rest);
      if (!value) return std::nullopt;
      if (absl::EqualsIgnoreCase(Absl(name), "for")) {
        if (!hops.back().empty()) return std::nullopt;
        hops.back() = *value;
      }
    }
    rest = Trimmed(rest);
    if (rest.empty()) return hops;
    if (rest.front() == ',') {
      hops.emplace_back();
    } else if (rest.front() != ';') {
      return std::nullopt;
    }
    rest.remove_prefix(1);
  }
}

}  // namespace

std::vector<std::string_view> HopsOfXForwardedFor(std::string_view line) {
  std::vector<std::string_view> hops;
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find(',', begin), line.size());
    hops.push_back(Trimmed(line.substr(begin, end - begin)));
    begin = end + 1;
  }
  return hops;
}

std::vector<std::string_view> HopsOfForwarded(std::string_view line) {
  return ReadForwarded(line).value_or(std::vector<std::string_view>(1));
}

std::string_view AddressOfHop(std::string_view hop) {
  if (hop.starts_with('[')) {
    const size_t end = hop.find(']');
    if (end == std::string_view::npos) return {};
    const std::string_view port = hop.substr(end + 1);
    return port.empty() || port.starts_with(':') ? hop.substr(1, end - 1) : std::string_view();
  }
  // One colon parts an IPv4 address from its port; several are an IPv6 address.
  return std::ranges::count(hop, ':') == 1 ? hop.substr(0, hop.find(':')) : hop;
}

}  // namespace limpid::gateway
