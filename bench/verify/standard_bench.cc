// STANDARD verdicts beside c-ares alone: the same domains, each once, as many questions in flight on both
// sides, by turns against one real DNS server after the other. dnsmasq is itself the limit: it looks through
// its list of MX for every question. unbound is not.
//
//   build/release/bin/standard_bench [in flight, default 64]
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include <ares.h>
#include <arpa/inet.h>
#include <sys/epoll.h>

#include "libs/base/strings.h"
#include "libs/base/unique_fd.h"
#include "libs/redis/memory_cache.h"
#include "libs/testing/dns_server.h"
#include "libs/testing/temp_dir.h"
#include "verify-svc/app/verify_email.h"
#include "verify-svc/email/dns/cached_mail_domain_lookup.h"
#include "verify-svc/email/dns/dns_mail_domain_lookup.h"
#include "verify-svc/email/registry.h"

namespace limpid::verify {
namespace {

using limpid::testing::DnsServer;
using std::chrono::steady_clock;

constexpr int kRounds = 11;

std::string DomainOf(int number) { return StrCat("d", number, ".bench.fr"); }

struct Options {
  int domains;  ///< Of one turn.
  int in_flight;
};

double PerSecond(int count, steady_clock::time_point begin) {
  return count / std::chrono::duration<double>(steady_clock::now() - begin).count();
}

// c-ares and nothing else: MX answers are counted and thrown away.
class BareAres {
 public:
  BareAres(int port, Options options) : options_(options) {
    ares_library_init(ARES_LIB_INIT_ALL);
    ares_options wanted{};
    wanted.flags = ARES_FLAG_EDNS | ARES_FLAG_NOSEARCH;
    wanted.sock_state_cb = [](void* self, ares_socket_t socket, int readable, int writable) {
      static_cast<BareAres*>(self)->Watch(socket, readable != 0, writable != 0);
    };
    wanted.sock_state_cb_data = this;
    ares_init_options(&channel_, &wanted, ARES_OPT_FLAGS | ARES_OPT_SOCK_STATE_CB);
    ares_addr_port_node server{};
    server.family = AF_INET;
    server.addr.addr4.s_addr = htonl(INADDR_LOOPBACK);
    server.udp_port = server.tcp_port = port;
    ares_set_servers_ports(channel_, &server);
  }
  ~BareAres() { ares_destroy(channel_); }

  double AnswersPerSecond() {
    const auto begin = steady_clock::now();
    for (int i = 0; i < options_.in_flight; ++i) Ask();
    std::array<epoll_event, 16> events{};
    while (under_way_ > 0) {
      const int count = epoll_wait(epoll_.get(), events.data(), events.size(), 10);
      for (int i = 0; i < count; ++i) {
        ares_process_fd(channel_, events[i].data.fd,
                        (events[i].events & EPOLLOUT) != 0 ? events[i].data.fd : ARES_SOCKET_BAD);
      }
      if (count == 0) ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    }
    return PerSecond(answered_, begin);
  }

 private:
  void Ask() {
    ++under_way_;
    constexpr int kInternet = 1;
    constexpr int kMx = 15;
    ares_query(
        channel_, DomainOf(next_++).c_str(), kInternet, kMx,
        [](void* self, int status, int, unsigned char*, int) { static_cast<BareAres*>(self)->Take(status); },
        this);
  }
  void Take(int status) {
    --under_way_;
    if (status == ARES_SUCCESS) ++answered_;
    if (next_ < options_.domains) Ask();
  }
  void Watch(int socket, bool readable, bool writable) {
    epoll_event event{.events = (readable ? EPOLLIN : 0U) | (writable ? EPOLLOUT : 0U),
                      .data = {.fd = socket}};
    if (!readable && !writable) {
      epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, socket, &event);
    } else if (epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, socket, &event) != 0) {
      epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, socket, &event);
    }
  }

  const Options options_;
  const UniqueFd epoll_{epoll_create1(EPOLL_CLOEXEC)};
  ares_channel channel_ = nullptr;
  int next_ = 0;
  int under_way_ = 0;
  int answered_ = 0;
};

class NobodysPolicies final : public Policies {
 public:
  std::shared_ptr<const Policy> Of(const TenantId&) const override { return policy_; }

 private:
  const std::shared_ptr<const Policy> policy_ = std::make_shared<const Policy>();
};

// verify-svc's own way to a STANDARD verdict, without a door around it.
class Verdicts {
 public:
  Verdicts(const DnsServer& server, const std::shared_ptr<const RulesInForce>& rules, Options options)
      : options_(options),
        resolver_(dns::Resolver::Create({.servers = {server.address()}}, metrics_).value()),
        lookup_(std::make_unique<dns::DnsMailDomainLookup>(*resolver_, dns::DnsMailDomainLookup::Options()),
                20'000, {}, timers_, metrics_),
        verify_(rules,
                std::make_shared<const EmailChecks>(MakeEmailChecks({.mail_domains = lookup_,
                                                                     .callout = nullptr,
                                                                     .cache = cache_,
                                                                     .hasher = hasher_,
                                                                     .timers = timers_,
                                                                     .clock = SystemClock()})),
                policies_) {}
  ~Verdicts() { resolver_.reset(); }

  double AnswersPerSecond() {
    const auto begin = steady_clock::now();
    for (int i = 0; i < options_.in_flight; ++i) Ask();
    all_.get_future().get();
    return PerSecond(answered_, begin);
  }

 private:
  void Ask() {
    const int number = next_++;
    if (number >= options_.domains) return;
    auto email = std::make_unique<std::string>(StrCat("jean.dupont@", DomainOf(number)));
    const EmailQuery query{.email = *email, .depth = Depth::kStandard};
    Call call;
    call.deadline = steady_clock::now() + std::chrono::seconds(10);
    verify_.Run(call, query, [this, email = std::move(email)](const absl::StatusOr<EmailAnswer>& answer) {
      if (answer.ok() && answer->verdict.mail_host) ++answered_;
      if (--missing_ == 0) return all_.set_value();
      Ask();
    });
  }

  const Options options_;
  MetricsRegistry metrics_;
  Timers timers_;
  NobodysPolicies policies_;
  redis::KeyHasher hasher_{"secret"};
  redis::MemoryCache cache_{{}, metrics_};
  std::unique_ptr<dns::Resolver> resolver_;
  dns::CachedMailDomainLookup lookup_;
  VerifyEmail verify_;
  std::atomic<int> next_ = 0;
  std::atomic<int> answered_ = 0;
  std::atomic<int> missing_ = options_.domains;
  std::promise<void> all_;
};

double Median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + kRounds / 2, values.end());
  return values[kRounds / 2];
}

// By turns, each with nothing remembered; the median of each side, and of the ratios within a round.
void Compare(const char* name, const DnsServer& server, const std::shared_ptr<const RulesInForce>& rules,
             Options options) {
  std::vector<double> bare;
  std::vector<double> ours;
  std::vector<double> ratios;
  for (int round = 0; round < kRounds; ++round) {
    bare.push_back(BareAres(server.port(), options).AnswersPerSecond());
    ours.push_back(Verdicts(server, rules, options).AnswersPerSecond());
    ratios.push_back(ours.back() / bare.back());
  }
  std::printf("%-8s %4d in flight: c-ares alone %7.0f/s, STANDARD %7.0f/s, ratio %.2f\n", name,
              options.in_flight, Median(bare), Median(ours), Median(ratios));
}

std::unique_ptr<DnsServer> Dnsmasq(const limpid::testing::TempDir& folder, int domains) {
  std::ofstream out(folder.File("dnsmasq.conf"));
  for (int i = 0; i < domains; ++i) out << "mx-host=" << DomainOf(i) << ",mx.bench.fr,10\n";
  out << "host-record=mx.bench.fr,193.0.0.2\nlocal=/fr/\nlocal-ttl=300\n";
  out.close();
  return DnsServer::StartDnsmasq({StrCat("conf-dir=", folder.path().string())}).value();
}

std::unique_ptr<DnsServer> Unbound() {
  return DnsServer::StartUnbound({"local-zone: \"bench.fr.\" redirect",
                                  "local-data: \"bench.fr. 300 IN MX 10 mx.host.fr.\"",
                                  "local-data: \"mx.host.fr. 300 IN A 193.0.0.2\""})
      .value();
}

int Main(int argc, char** argv) {
  const int in_flight = argc > 1 ? std::atoi(argv[1]) : 64;
  const auto rules = std::make_shared<RulesInForce>(
      std::make_shared<const FastRules>(quality::QualityData::Load(LIMPID_SOURCE_DIR "/data").value()));
  const limpid::testing::TempDir folder;
  constexpr int kListed = 4000;
  Compare("dnsmasq", *Dnsmasq(folder, kListed), rules, {.domains = kListed, .in_flight = in_flight});
  Compare("unbound", *Unbound(), rules, {.domains = 20'000, .in_flight = in_flight});
  return 0;
}

}  // namespace
}  // namespace limpid::verify

int main(int argc, char** argv) { return limpid::verify::Main(argc, argv); }
