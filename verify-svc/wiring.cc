#include "verify-svc/wiring.h"

#include <utility>

#include "libs/base/error.h"
#include "libs/base/log.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/quality/phone/number_plan.h"
#include "libs/rpc/server.h"
#include "libs/service/common_parts.h"
#include "verify-svc/app/verify_email.h"
#include "verify-svc/app/verify_person.h"
#include "verify-svc/app/verify_phone.h"
#include "verify-svc/rpc/email_service.h"
#include "verify-svc/rpc/person_service.h"
#include "verify-svc/rpc/phone_service.h"

namespace limpid::verify {
namespace {

absl::StatusOr<std::shared_ptr<const FastRules>> LoadRules(const std::string& folder) {
  absl::StatusOr<std::shared_ptr<const quality::QualityData>> data = quality::QualityData::Load(folder);
  if (!data.ok()) return data.status();
  return std::make_shared<const FastRules>(*data);
}

class RunningService final : public VerifyService {
 public:
  RunningService(std::string folder, std::shared_ptr<const FastRules> rules)
      : folder_(std::move(folder)), rules_(std::make_shared<RulesInForce>(std::move(rules))) {}

  absl::Status OpenDoor(const Settings& settings, std::shared_ptr<MetricsRegistry> metrics,
                        const InnerServer& inner) {
    executor_ = std::make_shared<Executor>(
        Executor::Options{.name = "verify",
                          .threads = static_cast<int>(settings.Integer("verify.executor_threads")),
                          .max_queue = static_cast<size_t>(settings.Integer("verify.max_queue"))});
    const std::shared_ptr<rpc::Door> door = MakeInnerDoor(inner, executor_, std::move(metrics));
    door->default_deadline = settings.Duration("verify.call_deadline");
    const auto email = std::make_shared<const VerifyEmail>(rules_);
    const auto phone = std::make_shared<const VerifyPhone>(rules_, settings.Text("verify.default_region"));
    std::vector<std::unique_ptr<rpc::Service>> services;
    services.push_back(MakeEmailService(door, email));
    services.push_back(MakePhoneService(door, phone));
    services.push_back(MakePersonService(door, std::make_shared<const VerifyPerson>(email, phone)));
    auto server = OpenInnerServer(inner, settings, std::move(services));
    if (!server.ok()) return server.status();
    server_ = *std::move(server);
    return absl::OkStatus();
  }

  absl::Status Ready() const override { return absl::OkStatus(); }
  std::vector<std::pair<std::string_view, int>> Ports() const override { return {{"grpc", server_->port()}}; }
  rpc::Channel InProcessChannel() override { return server_->InProcessChannel(); }
  void Reload() override {
    absl::StatusOr<std::shared_ptr<const FastRules>> rules = LoadRules(folder_);
    if (!rules.ok()) {
      Log(LogLevel::kError, "lists_not_reloaded", {{"why", Label(Std(rules.status().message()))}});
      return;
    }
    rules_->Set(*std::move(rules));
  }
  void AnnounceDrain() override { server_->AnnounceDrain(); }
  void Drain(absl::Duration grace) override {
    server_->Drain(grace);
    executor_->Shutdown();
  }

 private:
  const std::string folder_;
  const std::shared_ptr<RulesInForce> rules_;
  std::shared_ptr<Executor> executor_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<VerifyService>> Build(const Settings& settings,
                                                     std::shared_ptr<MetricsRegistry> metrics,
                                                     const InnerServer& inner) {
  const std::string& region = settings.Text("verify.default_region");
  if (quality::CallingCodeOf(region) == 0) {
    return InvalidField("verify.default_region", reason::kUnknownValue,
                        StrCat("verify.default_region: no country has the code ", region));
  }
  absl::StatusOr<std::string> folder = DataFolder(settings);
  if (!folder.ok()) return folder.status();
  absl::StatusOr<std::shared_ptr<const FastRules>> rules = LoadRules(*folder);
  if (!rules.ok()) return rules.status();
  auto service = std::make_unique<RunningService>(*folder, *std::move(rules));
  if (absl::Status status = service->OpenDoor(settings, std::move(metrics), inner); !status.ok())
    return status;
  return service;
}

}  // namespace limpid::verify
