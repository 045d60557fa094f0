#include "gateway/wiring.h"

#include <algorithm>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "gateway/app/create_key.h"
#include "gateway/app/create_tenant.h"
#include "gateway/app/get_key.h"
#include "gateway/app/get_tenant.h"
#include "gateway/app/list_keys.h"
#include "gateway/app/list_tenants.h"
#include "gateway/app/remembered_answer.h"
#include "gateway/app/revoke_key.h"
#include "gateway/app/rotate_key.h"
#include "gateway/app/update_tenant.h"
#include "gateway/capture/check.h"
#include "gateway/capture/message_catalogue.h"
#include "gateway/capture/submit.h"
#include "gateway/clients/rpc_capture_peers.h"
#include "gateway/doors/client_address.h"
#include "gateway/doors/confirm_page.h"
#include "gateway/doors/key_gatekeeper.h"
#include "gateway/doors/quota.h"
#include "gateway/doors/site.h"
#include "gateway/forwarding/grpc_door.h"
#include "gateway/forwarding/remote_upstream.h"
#include "gateway/identity/authenticator.h"
#include "gateway/identity/bootstrap.h"
#include "gateway/identity/change_follower.h"
#include "gateway/identity/invalidating_store.h"
#include "gateway/identity/key_cache.h"
#include "gateway/identity/scrypt_answer_seal.h"
#include "gateway/identity/sha256_secret_mint.h"
#include "gateway/identity/trusted_proxies.h"
#include "gateway/rpc/capture_service.h"
#include "gateway/rpc/key_service.h"
#include "gateway/rpc/tenant_service.h"
#include "gateway/storage/migrations.h"
#include "gateway/storage/sql_identity_store.h"
#include "gateway/transcoding/descriptor_set.h"
#include "gateway/transcoding/openapi.h"
#include "gateway/transcoding/transcoder.h"
#include "libs/base/clock.h"
#include "libs/base/error.h"
#include "libs/base/executor.h"
#include "libs/base/log.h"
#include "libs/base/random.h"
#include "libs/base/strings.h"
#include "libs/base/version.h"
#include "libs/http/listen_address.h"
#include "libs/http/server.h"
#include "libs/redis/client.h"
#include "libs/redis/key_hasher.h"
#include "libs/redis/quota.h"
#include "libs/rpc/observers.h"
#include "libs/rpc/server.h"
#include "libs/service/common_parts.h"
#include "libs/service/redis_options.h"
#include "libs/sql/database.h"
#include "libs/sql/migration.h"

namespace limpid::gateway {
namespace {

const std::vector<std::string_view> kVerifyServices = {
    "limpid.verify.v1.ChallengeService",    "limpid.verify.v1.EmailService",
    "limpid.verify.v1.PhoneHistoryService", "limpid.verify.v1.PhoneReportService",
    "limpid.verify.v1.PhoneService",        "limpid.verify.v1.PolicyService"};
const std::vector<std::string_view> kContactServices = {"limpid.contact.v1.ContactService",
                                                        "limpid.contact.v1.CaptureStoreService"};
const std::vector<std::string_view> kEnrichServices = {"limpid.enrich.v1.EnrichmentService",
                                                       "limpid.enrich.v1.ScenarioService"};
constexpr absl::Duration kStartTimeout = absl::Seconds(60);

struct IdentityUseCases {
  IdentityUseCases(IdentityStore& store, AnswerSeal& seal, SecretMint& mint, const Clock& clock,
                   Random& random)
      : writes(store, seal, clock),
        create_key(writes, mint, clock, random),
        get_key(store),
        list_keys(store),
        revoke_key(store, clock),
        rotate_key(writes, mint, clock),
        create_tenant(writes, mint, clock, random),
        get_tenant(store),
        list_tenants(store),
        update_tenant(store) {}

  RememberedWrite writes;
  CreateKey create_key;
  GetKey get_key;
  ListKeys list_keys;
  RevokeKey revoke_key;
  RotateKey rotate_key;
  CreateTenant create_tenant;
  GetTenant get_tenant;
  ListTenants list_tenants;
  UpdateTenant update_tenant;
};

// Everything of the gateway that lives as long as it does, in the order in which it is built: what comes
// later may use what came before, and ends first.
class RunningGateway final : public ServiceParts {
 public:
  RunningGateway(const Settings& settings, std::shared_ptr<MetricsRegistry> metrics, Peers peers)
      : settings_(settings), metrics_(std::move(metrics)), peers_(std::move(peers)) {}

  absl::Status Start() {
    absl::StatusOr<TrustedProxies> proxies = TrustedProxies::Parse(
        settings_.List("gateway.trusted_proxies"), settings_.Text("gateway.forwarded_header"));
    if (!proxies.ok()) return proxies.status();
    proxies_ = *std::move(proxies);
    if (absl::Status status = OpenIdentity(); !status.ok()) return status;
    if (absl::Status status = OpenQuota(); !status.ok()) return status;
    if (absl::Status status = BuildCapture(); !status.ok()) return status;
    if (absl::Status status = OpenGrpc(); !status.ok()) return status;
    return OpenHttp();
  }

  absl::Status Ready() const override { return absl::OkStatus(); }
  std::vector<std::pair<std::string_view, int>> Ports() const override {
    return {{"http", http_->port()}, {"grpc", grpc_->port()}};
  }
  void Reload() override {
    if (settings_.Text("gateway.tls_cert_file").empty()) return;
    if (absl::Status status = http_->ReloadTls(); !status.ok()) {
      Log(LogLevel::kError, "tls_not_reloaded", {{"reason", Label(ReasonOf(status))}});
    }
  }
  void AnnounceDrain() override {
    grpc_->AnnounceDrain();
    http_->AnnounceDrain();
  }
  void Drain(absl::Duration grace) override {
    const SteadyTime end = clock_.SteadyNow() + absl::ToChronoNanoseconds(grace);
    transcoder_->EndStreams();
    ending_streams_.request_stop();
    http_->Drain(grace);
    // What the first door has taken of the time the second does not have.
    grpc_->Drain(std::max(absl::ZeroDuration(), absl::FromChrono(end - clock_.SteadyNow())));
    executor_->Shutdown();
  }

 private:
  absl::Status OpenIdentity() {
    auto database = sql::Database::Open(DatabaseUrl(settings_, "gateway"), {.schema = "gateway"});
    const std::string where = DatabaseSetting(settings_, "gateway");
    if (!database.ok()) return NamingSetting(where, database.status());
    database_ = *std::move(database);
    const Call call = Call().Within(kStartTimeout);
    if (absl::Status status = sql::Migrate(*database_, call, Migrations()); !status.ok())
      return NamingSetting(where, status);
    store_ = std::make_unique<SqlIdentityStore>(*database_);
    const BootstrapOptions bootstrap = {.bootstrap_key = settings_.Text("bootstrap_key"),
                                        .state_dir = settings_.Text("state_dir")};
    if (absl::Status status = Bootstrap(bootstrap, *store_, mint_, clock_, random_); !status.ok())
      return status;
    executor_ = std::make_shared<Executor>(Executor::Options{
        .name = "gateway", .threads = static_cast<int>(settings_.Integer("gateway.executor_threads"))});
    invalidating_ = std::make_unique<InvalidatingStore>(*store_, cache_);
    follower_ = std::make_unique<ChangeFollower>(*store_, cache_, *executor_, database_->commits());
    Authenticator::Options options;
    options.default_rate_per_minute = static_cast<int>(settings_.Integer("gateway.rate_per_minute"));
    options.refusals.per_minute = settings_.Integer("gateway.wrong_keys_per_minute");
    authenticator_ = std::make_unique<Authenticator>(options, *store_, cache_, *executor_, clock_);
    use_cases_ = std::make_unique<IdentityUseCases>(*invalidating_, seal_, mint_, clock_, random_);
    return absl::OkStatus();
  }

  absl::Status OpenQuota() {
    if (!settings_.Text("redis_url").empty()) {
      auto client = redis::Client::Create(RedisOptions(settings_), *metrics_);
      if (!client.ok()) return NamingRedisSetting(client.status());
      redis_ = *std::move(client);
    }
    // Gateways that share a Redis share the internal key as well; one alone needs no secret that others know.
    const std::vector<std::string> keys = settings_.List("internal_key");
    hasher_ = std::make_unique<redis::KeyHasher>(keys.empty() ? rpc::RandomPrincipalKey() : keys.front());
    buckets_ = std::make_unique<redis::SharedTokenBucket>(redis::SharedTokenBucket::Options(), redis_.get(),
                                                          *hasher_, clock_);
    quota_ = std::make_unique<Quota>(*buckets_,
                                     static_cast<double>(settings_.Integer("gateway.keyless_per_minute")));
    return absl::OkStatus();
  }

  absl::Status BuildCapture() {
    const absl::StatusOr<std::string> data = DataFolder(settings_);
    if (!data.ok()) return data.status();
    auto messages = MessageCatalogue::Load(*data);
    if (!messages.ok()) return messages.status();
    messages_ = *std::move(messages);
    capture_peers_ = std::make_unique<RpcCapturePeers>(
        RpcCapturePeers::Peers{.verify = peers_.verify, .contact = peers_.contact, .enrich = peers_.enrich});
    check_ = std::make_unique<CheckCapture>(
        CheckCapture::Options{.default_budget = settings_.Duration("gateway.capture_budget")},
        *capture_peers_, messages_,
        [this](const TenantId& tenant) {
          TenantSettings found = authenticator_->SettingsOf(tenant);
          return TenantDefaults{.region = std::move(found.default_region),
                                .language = std::move(found.language_code)};
        },
        clock_);
    submit_ = std::make_unique<SubmitCapture>(*check_, *capture_peers_, clock_);
    return absl::OkStatus();
  }

  KeyUseCases Keys() {
    return {.create = use_cases_->create_key,
            .get = use_cases_->get_key,
            .list = use_cases_->list_keys,
            .revoke = use_cases_->revoke_key,
            .rotate = use_cases_->rotate_key,
            .default_rate_per_minute = static_cast<int>(settings_.Integer("gateway.rate_per_minute"))};
  }
  TenantUseCases Tenants() {
    return {.create = use_cases_->create_tenant,
            .get = use_cases_->get_tenant,
            .list = use_cases_->list_tenants,
            .update = use_cases_->update_tenant,
            .default_rate_per_minute = static_cast<int>(settings_.Integer("gateway.rate_per_minute"))};
  }

  absl::Status OpenGrpc() {
    auto door = std::make_shared<rpc::Door>();
    door->domain = "gateway.limpid";
    door->authenticator = std::make_shared<KeyDoorAuthenticator>(*authenticator_, *quota_, proxies_);
    door->executor = executor_;
    door->default_deadline = settings_.Duration("gateway.call_deadline");
    door->outer = true;
    door->observers = rpc::StandardObservers(metrics_, "gateway");
    std::vector<std::unique_ptr<rpc::Service>> services;
    services.push_back(BuildCaptureService(*check_, *submit_, door));
    services.push_back(BuildKeyService(Keys(), door));
    services.push_back(BuildTenantService(Tenants(), door));
    for (const auto& [names, peer] : ForwardedServices()) {
      for (const std::string_view name : names) {
        services.push_back(MakeForwardingService(name, door, peer, ending_streams_.get_token()));
      }
    }
    rpc::ServerOptions options;
    options.address = settings_.Text("gateway.grpc_addr");
    options.tls = {.cert_file = settings_.Text("gateway.tls_cert_file"),
                   .key_file = settings_.Text("gateway.tls_key_file"),
                   .ca_file = {}};
    if (absl::Status status = rpc::CheckTlsFiles(options.tls, /*server=*/true); !status.ok())
      return NamingSetting("gateway.tls_cert_file, gateway.tls_key_file", status);
    auto server = rpc::Server::Start(options, std::move(services));
    if (!server.ok()) return NamingSetting("gateway.grpc_addr", server.status());
    grpc_ = *std::move(server);
    return absl::OkStatus();
  }

  absl::Status OpenHttp() {
    std::vector<Transcoder::Service> services;
    const std::shared_ptr<Upstream> capture = MakeCaptureUpstream(*check_, *submit_);
    services.push_back({"limpid.gateway.v1.CaptureService", capture});
    services.push_back({"limpid.gateway.v1.KeyService", MakeKeyUpstream(Keys(), executor_)});
    services.push_back({"limpid.gateway.v1.TenantService", MakeTenantUpstream(Tenants(), executor_)});
    for (const auto& [names, peer] : ForwardedServices()) {
      const auto upstream = std::make_shared<RemoteUpstream>(peer, names);
      for (const std::string_view name : names) services.push_back({std::string(name), upstream});
    }
    auto transcoder = Transcoder::Make(services, std::make_shared<KeyGatekeeper>(*authenticator_, *quota_),
                                       {.default_deadline = settings_.Duration("gateway.call_deadline"),
                                        .observers = rpc::StandardObservers(metrics_, "gateway")});
    if (!transcoder.ok()) return transcoder.status();
    transcoder_ = *std::move(transcoder);
    absl::StatusOr<std::string> openapi =
        MakeOpenApi(EmbeddedDescriptorSet(), {.version = std::string(Version())});
    if (!openapi.ok()) return openapi.status();
    auto page = std::make_shared<ConfirmPage>(
        ConfirmPage::Options{.timeout = settings_.Duration("gateway.call_deadline"),
                             .refusals = {.per_minute = settings_.Integer("gateway.wrong_keys_per_minute")}},
        rpc::UnaryMethod<verify::v1::ConfirmLinkRequest, verify::v1::ConfirmLinkResponse>(
            peers_.verify, "limpid.verify.v1.ChallengeService/ConfirmLink"),
        messages_, clock_, transcoder_);
    auto site = std::make_shared<Site>(Site::Options{.openapi = *std::move(openapi),
                                                     .version = std::string(Version()),
                                                     .commit = std::string(Commit())},
                                       *capture_peers_, std::move(page));
    absl::StatusOr<http::Server::Options> options = HttpOptions();
    if (!options.ok()) return options.status();
    auto server =
        http::Server::Start(*std::move(options), std::make_shared<ClientAddress>(proxies_, std::move(site)));
    if (!server.ok()) return NamingSetting("gateway.http_addr", server.status());
    http_ = *std::move(server);
    return absl::OkStatus();
  }

  std::vector<std::pair<std::vector<std::string_view>, rpc::Peer>> ForwardedServices() const {
    return {{kVerifyServices, peers_.verify},
            {kContactServices, peers_.contact},
            {kEnrichServices, peers_.enrich}};
  }

  absl::StatusOr<http::Server::Options> HttpOptions() const {
    http::Server::Options options;
    absl::StatusOr<http::ListenAddress> address =
        http::ParseListenAddress(settings_.Text("gateway.http_addr"));
    if (!address.ok()) return address.status();
    options.host = address->host;
    options.port = address->port;
    options.threads = static_cast<int>(settings_.Integer("gateway.http_threads"));
    options.max_connections = static_cast<size_t>(settings_.Integer("gateway.max_connections"));
    options.max_body_bytes = static_cast<size_t>(settings_.Bytes("gateway.max_body"));
    options.tls_cert_file = settings_.Text("gateway.tls_cert_file");
    options.tls_key_file = settings_.Text("gateway.tls_key_file");
    return options;
  }

  const Settings& settings_;
  const std::shared_ptr<MetricsRegistry> metrics_;
  const Peers peers_;
  const Clock& clock_ = SystemClock();
  Random& random_ = SecureRandom();
  TrustedProxies proxies_;

  std::unique_ptr<sql::Database> database_;
  std::unique_ptr<SqlIdentityStore> store_;
  std::shared_ptr<Executor> executor_;
  KeyCache cache_{KeyCache::Options()};
  Sha256SecretMint mint_{random_};
  ScryptAnswerSeal seal_{random_};
  std::unique_ptr<InvalidatingStore> invalidating_;
  std::unique_ptr<ChangeFollower> follower_;
  std::unique_ptr<Authenticator> authenticator_;
  std::unique_ptr<IdentityUseCases> use_cases_;
  std::unique_ptr<redis::Client> redis_;
  std::unique_ptr<redis::KeyHasher> hasher_;
  std::unique_ptr<redis::SharedTokenBucket> buckets_;
  std::unique_ptr<Quota> quota_;
  std::shared_ptr<const MessageCatalogue> messages_;
  std::unique_ptr<RpcCapturePeers> capture_peers_;
  std::unique_ptr<CheckCapture> check_;
  std::unique_ptr<SubmitCapture> submit_;
  std::stop_source ending_streams_;  // Of the gRPC door.
  std::unique_ptr<rpc::Server> grpc_;
  std::shared_ptr<Transcoder> transcoder_;
  std::unique_ptr<http::Server> http_;
};

}  // namespace

absl::StatusOr<Peers> RemotePeers(const Settings& settings) {
  absl::StatusOr<rpc::PrincipalKeys> keys = InternalKeys(settings);
  if (!keys.ok()) return keys.status();
  const auto signer = std::make_shared<rpc::PrincipalSigner>(*keys);
  const auto peer = [&](const char* name, const char* target) {
    rpc::ChannelOptions options{.target = settings.Text(target), .tls = InternalTls(settings)};
    rpc::Peer made{.name = name, .channel = rpc::MakeChannel(options), .signer = signer};
    options.repeatable = true;
    made.repeatable = rpc::MakeChannel(options);
    return made;
  };
  return Peers{.verify = peer("verify-svc", "verify.target"),
               .contact = peer("contact-svc", "contact.target"),
               .enrich = peer("enrich-svc", "enrich.target")};
}

absl::StatusOr<std::unique_ptr<ServiceParts>> Build(const Settings& settings,
                                                    std::shared_ptr<MetricsRegistry> metrics, Peers peers) {
  auto gateway = std::make_unique<RunningGateway>(settings, std::move(metrics), std::move(peers));
  if (absl::Status status = gateway->Start(); !status.ok()) return status;
  return gateway;
}

}  // namespace limpid::gateway
