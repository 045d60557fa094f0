#include "verify-svc/email/dns/mail_hosts.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"

#include "libs/base/strings.h"

namespace limpid::verify::dns {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool IsHostName(std::string_view name) {
  // Bytes that no host has stand escaped.
  if (name.empty() || name.find('\\') != std::string_view::npos) return false;
  const std::string_view top = name.substr(name.rfind('.') + 1);
  return !std::ranges::all_of(top, IsDigit);
}

bool IsNullMx(const std::vector<Record>& mx) { return mx.size() == 1 && mx.front().data.empty(); }

std::vector<MailHost> HostsInOrder(const std::vector<Record>& mx, Random& random) {
  std::vector<MailHost> hosts;
  for (const Record& record : mx) {
    if (IsHostName(record.data)) hosts.push_back({.name = record.data, .preference = record.preference});
  }
  for (std::size_t left = hosts.size(); left > 1; --left) {
    std::swap(hosts[left - 1], hosts[random.Next() % left]);
  }
  std::ranges::stable_sort(hosts, {}, &MailHost::preference);
  std::vector<MailHost> unique;
  for (MailHost& host : hosts) {
    if (std::ranges::find(unique, host.name, &MailHost::name) == unique.end())
      unique.push_back(std::move(host));
  }
  return unique;
}

bool DeniesAllSenders(const std::vector<Record>& texts) {
  int policies = 0;
  bool denies = false;
  for (const Record& record : texts) {
    const std::string text = absl::AsciiStrToLower(record.data);
    const std::vector<std::string> terms = absl::StrSplit(text, ' ', absl::SkipEmpty());
    if (terms.empty() || terms.front() != "v=spf1") continue;
    ++policies;
    denies = terms.size() == 2 && terms.back() == "-all";
  }
  return policies == 1 && denies;
}

}  // namespace limpid::verify::dns
