#include "enrich-svc/wiring.h"

#include <string>
#include <utility>
#include <vector>

#include "enrich-svc/app/enrich_contact.h"
#include "enrich-svc/app/list_providers.h"
#include "enrich-svc/app/manage_scenarios.h"
#include "enrich-svc/app/preview_enrichment.h"
#include "enrich-svc/app/read_runs.h"
#include "enrich-svc/clients/rpc_contact_events.h"
#include "enrich-svc/clients/rpc_contacts.h"
#include "enrich-svc/jobs/contact_watcher.h"
#include "enrich-svc/jobs/run_worker.h"
#include "enrich-svc/providers/registry.h"
#include "enrich-svc/rpc/enrichment_service.h"
#include "enrich-svc/rpc/scenario_service.h"
#include "enrich-svc/storage/schema.h"
#include "enrich-svc/storage/sql_run_store.h"
#include "enrich-svc/storage/sql_scenario_store.h"
#include "libs/base/clock.h"
#include "libs/base/executor.h"
#include "libs/base/log.h"
#include "libs/base/random.h"
#include "libs/base/strings.h"
#include "libs/base/unique_id.h"
#include "libs/quality/quality_data.h"
#include "libs/rpc/principal.h"
#include "libs/rpc/server.h"
#include "libs/service/common_parts.h"
#include "libs/sql/database.h"
#include "libs/sql/migration.h"

namespace limpid::enrich {
namespace {

constexpr absl::Duration kStartTimeout = absl::Seconds(60);

// Everything of the service that lives as long as it does, in the order in which it is built: what comes
// later may use what came before, and ends first.
class RunningService final : public EnrichService {
 public:
  RunningService(const Settings& settings, std::shared_ptr<MetricsRegistry> metrics, InnerServer inner,
                 Peers peers)
      : settings_(settings),
        metrics_(std::move(metrics)),
        inner_(std::move(inner)),
        peers_(std::move(peers)) {}
  ~RunningService() override { StopJobs(); }

  absl::Status Start() {
    absl::StatusOr<std::string> data = DataFolder(settings_);
    if (!data.ok()) return data.status();
    data_ = *std::move(data);
    if (absl::Status status = LoadProviders(); !status.ok()) return status;
    if (absl::Status status = OpenStorage(); !status.ok()) return status;
    BuildUseCases();
    if (absl::Status status = OpenDoor(); !status.ok()) return status;
    StartJobs();
    return absl::OkStatus();
  }

  absl::Status Ready() const override { return absl::OkStatus(); }
  std::vector<std::pair<std::string_view, int>> Ports() const override { return {{"grpc", server_->port()}}; }
  rpc::Channel InProcessChannel() override { return server_->InProcessChannel(); }
  void Reload() override {
    if (absl::Status status = LoadProviders(); !status.ok()) {
      Log(LogLevel::kError, "tables_not_reloaded", {{"why", Label(Std(status.message()))}});
    }
  }
  void AnnounceDrain() override { server_->AnnounceDrain(); }
  void Drain(absl::Duration grace) override {
    StopJobs();
    server_->Drain(grace);
    executor_->Shutdown();
  }

 private:
  absl::Status LoadProviders() {
    auto quality = quality::QualityData::Load(data_);
    if (!quality.ok()) return quality.status();
    absl::StatusOr<Providers> providers = MakeProviders(data_, *std::move(quality), *metrics_);
    if (!providers.ok()) return providers.status();
    providers_.Set(std::make_shared<const Providers>(*std::move(providers)));
    return absl::OkStatus();
  }

  absl::Status OpenStorage() {
    auto database = sql::Database::Open(DatabaseUrl(settings_, "enrich"), {.schema = "enrich"});
    const std::string where = DatabaseSetting(settings_, "enrich");
    if (!database.ok()) return NamingSetting(where, database.status());
    database_ = *std::move(database);
    if (absl::Status status = sql::Migrate(*database_, Call().Within(kStartTimeout), Migrations());
        !status.ok()) {
      return NamingSetting(where, status);
    }
    runs_ = std::make_unique<SqlRunStore>(*database_);
    scenarios_ = std::make_unique<SqlScenarioStore>(*database_);
    return absl::OkStatus();
  }

  void BuildUseCases() {
    contacts_ = std::make_unique<RpcContacts>(peers_.contact);
    contact_events_ = std::make_unique<RpcContactEvents>(peers_.contact);
    preview_ = std::make_unique<PreviewEnrichment>(providers_);
    enrich_ = std::make_unique<EnrichContact>(providers_, *contacts_);
    list_providers_ = std::make_unique<ListProviders>(providers_);
    manage_scenarios_ = std::make_unique<ManageScenarios>(*scenarios_, clock_);
    read_runs_ = std::make_unique<ReadRuns>(*runs_);
  }

  absl::Status OpenDoor() {
    executor_ = std::make_shared<Executor>(Executor::Options{
        .name = "enrich", .threads = static_cast<int>(settings_.Integer("enrich.executor_threads"))});
    const std::shared_ptr<const rpc::Door> door = MakeInnerDoor(inner_, executor_, metrics_);
    std::vector<std::unique_ptr<rpc::Service>> services;
    services.push_back(BuildEnrichmentService(*preview_, *enrich_, *list_providers_, door));
    services.push_back(BuildScenarioService(*manage_scenarios_, *read_runs_, door));
    auto server = OpenInnerServer(inner_, settings_, std::move(services));
    if (!server.ok()) return server.status();
    server_ = *std::move(server);
    return absl::OkStatus();
  }

  void StartJobs() {
    worker_ = std::make_unique<RunWorker>(
        RunWorker::Options{
            .max_batch = static_cast<int>(settings_.Integer("enrich.runs_at_a_time")),
            .budget = settings_.Duration("enrich.run_budget"),
            // A worker that is late, not gone, shall find its runs still its own.
            .lease = settings_.Duration("enrich.run_budget") + absl::Seconds(40),
            .retention = settings_.Duration("enrich.run_retention"),
            .retries = {.max_attempts = static_cast<int>(settings_.Integer("enrich.run_attempts"))}},
        *runs_, *enrich_, *metrics_);
    watcher_ = std::make_unique<ContactWatcher>(
        ContactWatcher::Options{.replica = NewId("enrich-", clock_, random_)}, *contact_events_, *runs_,
        *metrics_, [this] { worker_->Wake(); });
    worker_->Start();
    watcher_->Start();
  }

  void StopJobs() {
    if (watcher_) watcher_->Stop();
    if (worker_) worker_->Stop();
  }

  const Settings& settings_;
  const std::shared_ptr<MetricsRegistry> metrics_;
  const InnerServer inner_;
  const Peers peers_;
  const Clock& clock_ = SystemClock();
  Random& random_ = SecureRandom();

  std::string data_;  ///< The folder of tables.
  ProvidersInForce providers_;
  std::unique_ptr<sql::Database> database_;
  std::unique_ptr<SqlRunStore> runs_;
  std::unique_ptr<SqlScenarioStore> scenarios_;
  std::unique_ptr<RpcContacts> contacts_;
  std::unique_ptr<RpcContactEvents> contact_events_;
  std::unique_ptr<PreviewEnrichment> preview_;
  std::unique_ptr<EnrichContact> enrich_;
  std::unique_ptr<ListProviders> list_providers_;
  std::unique_ptr<ManageScenarios> manage_scenarios_;
  std::unique_ptr<ReadRuns> read_runs_;
  std::shared_ptr<Executor> executor_;
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<RunWorker> worker_;
  std::unique_ptr<ContactWatcher> watcher_;
};

}  // namespace

absl::StatusOr<Peers> RemotePeers(const Settings& settings) {
  absl::StatusOr<rpc::PrincipalKeys> keys = InternalKeys(settings);
  if (!keys.ok()) return keys.status();
  const rpc::Channel channel =
      rpc::MakeChannel({.target = settings.Text("contact.target"),
                        .tls = InternalTls(settings),
                        .retried_reads = {"limpid.contact.v1.ContactService/GetContact"}});
  return Peers{.contact = {.name = "contact-svc",
                           .channel = channel,
                           .signer = std::make_shared<rpc::PrincipalSigner>(*keys)}};
}

absl::StatusOr<std::unique_ptr<EnrichService>> Build(const Settings& settings,
                                                     std::shared_ptr<MetricsRegistry> metrics,
                                                     InnerServer inner, Peers peers) {
  auto service =
      std::make_unique<RunningService>(settings, std::move(metrics), std::move(inner), std::move(peers));
  if (absl::Status status = service->Start(); !status.ok()) return status;
  return service;
}

}  // namespace limpid::enrich
