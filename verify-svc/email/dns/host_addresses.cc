#include "verify-svc/email/dns/host_addresses.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace limpid::verify::dns {
namespace {

constexpr std::size_t kMaxKnownHosts = 16'384;
constexpr std::size_t kMaxAddresses = 2;

struct SocketAddress {
  sockaddr_storage storage{};
  const sockaddr& generic() const { return reinterpret_cast<const sockaddr&>(storage); }
};

SocketAddress SocketAddressOf(const Record& record) {
  SocketAddress address;
  if (record.type == RecordType::kA) {
    auto& v4 = reinterpret_cast<sockaddr_in&>(address.storage);
    v4.sin_family = AF_INET;
    std::memcpy(&v4.sin_addr, record.data.data(), sizeof(v4.sin_addr));
  } else {
    auto& v6 = reinterpret_cast<sockaddr_in6&>(address.storage);
    v6.sin6_family = AF_INET6;
    std::memcpy(&v6.sin6_addr, record.data.data(), sizeof(v6.sin6_addr));
  }
  return address;
}

std::string TextOf(const Record& record) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(record.type == RecordType::kA ? AF_INET : AF_INET6, record.data.data(), text.data(), text.size());
  return text.data();
}

bool HasNone(const HostAddresses& addresses) {
  return addresses.outcome == Outcome::kAnswered && addresses.admitted.empty();
}

Outcome Worse(Outcome left, Outcome right) {
  if (left == Outcome::kAnswered) return right;
  if (right == Outcome::kAnswered) return left;
  return left == Outcome::kTimeout ? left : right;
}

}  // namespace

// A host whose addresses are being asked for.
struct HostAddressBook::Asking {
  HostAddresses v4;
  HostAddresses v6;
  int missing = 2;
  std::vector<OnAddresses> waiting;
};

HostAddressBook::HostAddressBook(Resolver& resolver, http::AddressGuard guard, const Clock& clock)
    : resolver_(resolver), guard_(std::move(guard)), known_(kMaxKnownHosts, clock) {}

HostAddressBook::~HostAddressBook() = default;

void HostAddressBook::Find(const std::string& host, SteadyTime deadline, OnAddresses on_addresses) {
  if (const auto known = known_.Get(host)) return on_addresses(*known);
  std::unique_ptr<Asking>& asking = asking_[host];
  const bool asked = asking != nullptr;
  if (!asked) asking = std::make_unique<Asking>();
  asking->waiting.push_back(std::move(on_addresses));
  if (asked) return;
  for (const RecordType type : {RecordType::kA, RecordType::kAaaa}) {
    AskThroughAliases(resolver_, host, type, deadline,
                      [this, host, type](const Answer& answer) { Take(host, type, answer); });
  }
}

void HostAddressBook::Admit(const Record& record, HostAddresses& addresses) const {
  if (!guard_.Admits(SocketAddressOf(record).generic())) {
    addresses.refused_some = true;
  } else if (addresses.admitted.size() < kMaxAddresses) {
    addresses.admitted.push_back(TextOf(record));
  }
}

void HostAddressBook::Take(const std::string& host, RecordType type, const Answer& answer) {
  const auto place = asking_.find(host);
  Asking& asking = *place->second;
  HostAddresses& taken = type == RecordType::kA ? asking.v4 : asking.v6;
  taken.outcome = answer.outcome;
  taken.no_such_name = answer.no_such_name;
  taken.time_to_live = answer.time_to_live;
  for (const Record& record : answer.records) Admit(record, taken);
  if (--asking.missing > 0) return;

  const auto addresses = std::make_shared<HostAddresses>(std::move(asking.v4));
  HostAddresses& v6 = asking.v6;
  // That a host has no address of one kind shortens nothing when it has one of the other.
  if (HasNone(*addresses) == HasNone(v6)) {
    addresses->time_to_live = std::min(addresses->time_to_live, v6.time_to_live);
  } else if (HasNone(*addresses)) {
    addresses->time_to_live = v6.time_to_live;
  }
  // One of each family when there are both.
  if (!addresses->admitted.empty() && !v6.admitted.empty()) {
    addresses->admitted.resize(1);
    v6.admitted.resize(1);
  }
  addresses->admitted.insert(addresses->admitted.end(), v6.admitted.begin(), v6.admitted.end());
  addresses->refused_some |= v6.refused_some;
  addresses->no_such_name |= v6.no_such_name;
  addresses->outcome = Worse(addresses->outcome, v6.outcome);
  std::vector<OnAddresses> waiting = std::move(asking.waiting);
  known_.Put(host, addresses, addresses->time_to_live);
  asking_.erase(place);
  for (OnAddresses& waiter : waiting) waiter(*addresses);
}

}  // namespace limpid::verify::dns
