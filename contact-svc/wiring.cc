#include "contact-svc/wiring.h"

#include <string>
#include <utility>
#include <vector>

#include "contact-svc/app/contact_cases.h"
#include "contact-svc/app/watch_contacts.h"
#include "contact-svc/jobs/upkeep_job.h"
#include "contact-svc/rpc/capture_store_service.h"
#include "contact-svc/rpc/contact_service.h"
#include "contact-svc/storage/sql_contact_store.h"
#include "libs/base/log.h"
#include "libs/base/strings.h"
#include "libs/quality/quality_data.h"
#include "libs/rpc/server.h"
#include "libs/service/common_parts.h"

namespace limpid::contact {
namespace {

class RunningService final : public ContactService {
 public:
  RunningService(std::string lists, std::shared_ptr<const quality::QualityData> data,
                 std::unique_ptr<SqlContactStore> store, const Settings& settings)
      : lists_(std::move(lists)),
        forms_(std::move(data)),
        store_(std::move(store)),
        cases_(Parts{*store_, forms_, SystemClock(), SecureRandom()}),
        watch_({.max_watchers = static_cast<size_t>(settings.Integer("contact.max_watchers"))}, *store_),
        upkeep_(Upkeep({.events_kept = settings.Duration("contact.events_kept")}, *store_, SystemClock()),
                settings.Duration("contact.upkeep_interval")) {}

  absl::Status OpenDoor(const Settings& settings, std::shared_ptr<MetricsRegistry> metrics,
                        const InnerServer& inner, rpc::Run reads) {
    executor_ = std::make_shared<Executor>(
        Executor::Options{.name = "contact",
                          .threads = static_cast<int>(settings.Integer("contact.executor_threads")),
                          .max_queue = static_cast<size_t>(settings.Integer("contact.max_queue"))});
    const std::shared_ptr<rpc::Door> door = MakeInnerDoor(inner, executor_, std::move(metrics));
    door->default_deadline = settings.Duration("contact.call_deadline");
    std::vector<std::unique_ptr<rpc::Service>> services;
    services.push_back(BuildContactService(cases_, watch_, door, reads));
    services.push_back(BuildCaptureStoreService(cases_, door));
    auto server = OpenInnerServer(inner, settings, std::move(services));
    if (!server.ok()) return server.status();
    server_ = *std::move(server);
    return absl::OkStatus();
  }

  // A replica that cannot reach the database sends its callers to one that can.
  absl::Status Ready() const override { return store_->Reachable(); }
  std::vector<std::pair<std::string_view, int>> Ports() const override { return {{"grpc", server_->port()}}; }
  rpc::Channel InProcessChannel() override { return server_->InProcessChannel(); }
  void Reload() override {
    absl::StatusOr<std::shared_ptr<const quality::QualityData>> data = quality::QualityData::Load(lists_);
    if (!data.ok()) {
      Log(LogLevel::kError, "lists_not_reloaded", {{"why", Label(Std(data.status().message()))}});
      return;
    }
    forms_.Replace(*std::move(data));
  }
  void AnnounceDrain() override { server_->AnnounceDrain(); }
  void Drain(absl::Duration grace) override {
    // Streams of changes have no end of their own: their readers resume elsewhere.
    watch_.Stop();
    server_->Drain(grace);
    executor_->Shutdown();
  }

 private:
  const std::string lists_;
  NormalForms forms_;
  const std::unique_ptr<SqlContactStore> store_;
  ContactCases cases_;
  WatchContacts watch_;
  UpkeepJob upkeep_;
  std::shared_ptr<Executor> executor_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<ContactService>> Build(const Settings& settings,
                                                      std::shared_ptr<MetricsRegistry> metrics,
                                                      const InnerServer& inner) {
  absl::StatusOr<std::string> folder = DataFolder(settings);
  if (!folder.ok()) return folder.status();
  absl::StatusOr<std::shared_ptr<const quality::QualityData>> data = quality::QualityData::Load(*folder);
  if (!data.ok()) return data.status();
  const std::string url = DatabaseUrl(settings, "contact");
  absl::StatusOr<std::unique_ptr<SqlContactStore>> store = SqlContactStore::Open(
      url, {.schema = "contact",
            .max_connections = static_cast<int>(settings.Integer("contact.database_connections"))});
  if (!store.ok()) return NamingSetting(DatabaseSetting(settings, "contact"), store.status());
  auto service =
      std::make_unique<RunningService>(*std::move(folder), *std::move(data), *std::move(store), settings);
  // A look-up in SQLite takes microseconds and waits for nobody; to another thread and back takes as long.
  const rpc::Run reads = url.starts_with("sqlite:") ? rpc::Run::kInline : rpc::Run::kExecutor;
  if (absl::Status status = service->OpenDoor(settings, std::move(metrics), inner, reads); !status.ok()) {
    return status;
  }
  return service;
}

}  // namespace limpid::contact
