#include "libs/redis/connector.h"

#include <charconv>
#include <utility>
#include <vector>

#include <poll.h>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/redis/resolve.h"

namespace limpid::redis {
namespace {

SteadyTime In(absl::Duration duration) {
  return SystemClock().SteadyNow() + absl::ToChronoNanoseconds(duration);
}

absl::Status Unusable(std::string_view what) {
  return MakeError(absl::StatusCode::kUnavailable, reason::kServiceUnavailable, what);
}

absl::Status FinishHandshake(Transport& transport, SteadyTime until, const Interrupt& interrupt) {
  for (;;) {
    const IoResult result = transport.Handshake();
    if (result.state == IoResult::State::kDone) return absl::OkStatus();
    if (result.state == IoResult::State::kClosed) return Unusable("The TLS handshake with Redis failed.");
    const short events = result.state == IoResult::State::kWantRead ? POLLIN : POLLOUT;
    if (WaitFor(transport.fd(), events, until, interrupt) != Waited::kReady) return Unavailable("redis");
  }
}

}  // namespace

Connector::Connector(Target target, std::optional<TlsContext> tls, Timeouts timeouts,
                     const Interrupt& interrupt)
    : target_(std::move(target)), tls_(std::move(tls)), timeouts_(timeouts), interrupt_(interrupt) {}

absl::StatusOr<std::unique_ptr<Session>> Connector::Open() {
  if (!target_.sentinel_master.empty()) return OpenMaster();
  SessionOr session = target_.unix_path.empty() ? Dial(target_.hosts.front()) : DialUnix();
  if (!session.ok()) return session.status();
  if (absl::Status status = SignIn(**session); !status.ok()) return status;
  if (absl::Status status = SelectDatabase(**session); !status.ok()) return status;
  // A server that loads its data, or hangs, takes connections all the same: it must answer once.
  if (absl::StatusOr<Reply> pong = Exchange(**session, {"PING"}); !pong.ok()) return pong.status();
  return session;
}

absl::StatusOr<std::unique_ptr<Session>> Connector::OpenMaster() {
  absl::Status last = Unavailable("redis");
  for (size_t tried = 0; tried < target_.hosts.size(); ++tried) {
    const absl::StatusOr<HostPort> master = AskSentinel(target_.hosts[next_sentinel_]);
    SessionOr session = master.ok() ? Dial(*master) : SessionOr(master.status());
    if (session.ok()) last = SignIn(**session);
    if (session.ok() && last.ok()) last = SelectDatabase(**session);
    if (!session.ok()) last = session.status();
    if (last.ok()) {
      // During a failover a sentinel may still name the old master, which may have become a replica.
      const absl::StatusOr<Reply> role = Exchange(**session, {"ROLE"});
      if (role.ok() && !role->elements.empty() && role->elements.front().text == "master") return session;
      last = role.ok() ? Unusable("The sentinels name a server that is no master.") : role.status();
    }
    next_sentinel_ = (next_sentinel_ + 1) % target_.hosts.size();
  }
  return last;
}

absl::StatusOr<HostPort> Connector::AskSentinel(const HostPort& sentinel) {
  SessionOr session = Dial(sentinel);
  if (!session.ok()) return session.status();
  const std::initializer_list<std::string_view> question = {"SENTINEL", "get-master-addr-by-name",
                                                            target_.sentinel_master};
  absl::StatusOr<Reply> answer = Exchange(**session, question);
  if (!answer.ok() && !target_.password.empty()) {
    // Sentinels often ask for no password where the servers do; those that do are given the same.
    if (absl::Status status = SignIn(**session); !status.ok()) return status;
    answer = Exchange(**session, question);
  }
  if (!answer.ok()) return answer.status();
  if (answer->elements.size() != 2) return Unusable("The sentinels know no master of that name.");
  HostPort master = {.host = answer->elements[0].text, .port = 0};
  const std::string& port = answer->elements[1].text;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), master.port);
  if (error != std::errc() || master.port < 1 || master.port > 65535) {
    return Unusable("A sentinel named a master without a port.");
  }
  return master;
}

absl::StatusOr<std::unique_ptr<Session>> Connector::Dial(const HostPort& host) {
  const absl::StatusOr<std::vector<Address>> addresses = Resolve(host, In(timeouts_.look_up), interrupt_);
  if (!addresses.ok()) return addresses.status();
  absl::Status last = Unavailable("redis");
  for (const Address& address : *addresses) {
    const SteadyTime until = In(timeouts_.connect);
    absl::StatusOr<UniqueFd> fd = Connect(address, until, interrupt_);
    if (!fd.ok()) {
      last = fd.status();
      continue;
    }
    std::unique_ptr<Transport> transport =
        tls_ ? tls_->Wrap(*std::move(fd), host.host) : MakePlainTransport(*std::move(fd));
    last = FinishHandshake(*transport, until, interrupt_);
    if (last.ok()) return std::make_unique<Session>(std::move(transport));
  }
  return last;
}

absl::StatusOr<std::unique_ptr<Session>> Connector::DialUnix() {
  const absl::StatusOr<Address> address = UnixAddress(target_.unix_path);
  if (!address.ok()) return address.status();
  absl::StatusOr<UniqueFd> fd = Connect(*address, In(timeouts_.connect), interrupt_);
  if (!fd.ok()) return fd.status();
  return std::make_unique<Session>(MakePlainTransport(*std::move(fd)));
}

absl::Status Connector::SignIn(Session& session) {
  if (target_.password.empty()) return absl::OkStatus();
  if (target_.user.empty()) return Exchange(session, {"AUTH", target_.password}).status();
  return Exchange(session, {"AUTH", target_.user, target_.password}).status();
}

absl::Status Connector::SelectDatabase(Session& session) {
  if (target_.database == 0) return absl::OkStatus();
  return Exchange(session, {"SELECT", std::to_string(target_.database)}).status();
}

absl::StatusOr<Reply> Connector::Exchange(Session& session, std::initializer_list<std::string_view> command) {
  return session.Exchange({command.begin(), command.size()}, In(timeouts_.command), interrupt_);
}

}  // namespace limpid::redis
