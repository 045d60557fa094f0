#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libs/base/random.h"
#include "tests/fuzz/require.h"
#include "verify-svc/email/dns/dns_message.h"
#include "verify-svc/email/dns/mail_hosts.h"

namespace limpid::fuzz {
namespace {

namespace dns = verify::dns;

// Four characters stand for a byte that no host has, and a dot for a length.
constexpr std::size_t kMaxNameText = 4 * 255;

bool IsTame(std::string_view name) {
  return name.size() <= kMaxNameText && std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
                  c == '\\';
         });
}

void Look(const dns::Message& message, std::string_view name) {
  for (const dns::RecordType type : {dns::RecordType::kMx, dns::RecordType::kA, dns::RecordType::kTxt}) {
    const std::optional<dns::Found> found = dns::Find(message, name, type);
    if (!found) continue;
    std::vector<dns::Record> records;
    for (const dns::Record* record : found->records) records.push_back(*record);
    (void)dns::DeniesAllSenders(records);
    for (const verify::MailHost& host : dns::HostsInOrder(records, SecureRandom())) {
      Require(dns::IsHostName(host.name), "a host has a host's name");
    }
  }
}

}  // namespace
}  // namespace limpid::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using limpid::fuzz::Require;
  const auto message = limpid::verify::dns::ParseMessage({data, size});
  if (!message) return 0;
  for (const limpid::verify::dns::Record& record : message->answers) {
    Require(limpid::fuzz::IsTame(record.owner), "a name is lower case, escaped and bounded");
    using limpid::verify::dns::RecordType;
    if (record.type == RecordType::kMx || record.type == RecordType::kCname) {
      Require(limpid::fuzz::IsTame(record.data), "a name is lower case, escaped and bounded");
    }
    if (record.type == RecordType::kA) Require(record.data.size() == 4, "an IPv4 address has four bytes");
    if (record.type == RecordType::kAaaa)
      Require(record.data.size() == 16, "an IPv6 address has sixteen bytes");
    limpid::fuzz::Look(*message, record.owner);
  }
  return 0;
}
