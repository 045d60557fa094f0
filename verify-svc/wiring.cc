#include "verify-svc/wiring.h"

#include <utility>

#include "libs/rpc/server.h"
#include "verify-svc/app/verify_person.h"
#include "verify-svc/rpc/challenge_service.h"
#include "verify-svc/rpc/email_service.h"
#include "verify-svc/rpc/person_service.h"
#include "verify-svc/rpc/phone_history_service.h"
#include "verify-svc/rpc/phone_report_service.h"
#include "verify-svc/rpc/phone_service.h"
#include "verify-svc/rpc/policy_service.h"
#include "verify-svc/wiring_email.h"
#include "verify-svc/wiring_ownership.h"
#include "verify-svc/wiring_phone.h"
#include "verify-svc/wiring_shared.h"

namespace limpid::verify {
namespace {

// In the order in which it is built: what comes later may use what came before, and ends first.
class RunningService final : public VerifyService {
 public:
  absl::Status Start(const Settings& settings, std::shared_ptr<MetricsRegistry> metrics,
                     const InnerServer& inner) {
    auto shared = SharedParts::Build(settings, std::move(metrics));
    if (!shared.ok()) return shared.status();
    shared_ = *std::move(shared);
    auto email = EmailParts::Build(*shared_);
    if (!email.ok()) return email.status();
    email_ = *std::move(email);
    auto phone = PhoneParts::Build(*shared_);
    if (!phone.ok()) return phone.status();
    phone_ = *std::move(phone);
    auto ownership = OwnershipParts::Build(*shared_);
    if (!ownership.ok()) return ownership.status();
    ownership_ = *std::move(ownership);
    shared_->WatchData();
    return OpenDoor(inner);
  }

  absl::Status Ready() const override { return absl::OkStatus(); }
  std::vector<std::pair<std::string_view, int>> Ports() const override { return {{"grpc", server_->port()}}; }
  rpc::Channel InProcessChannel() override { return server_->InProcessChannel(); }
  void Reload() override { shared_->data.Reload(); }
  void AnnounceDrain() override { server_->AnnounceDrain(); }
  void Drain(absl::Duration grace) override {
    server_->Drain(grace);
    shared_->Shutdown();
  }

 private:
  std::shared_ptr<rpc::Door> MakeDoor(const InnerServer& inner, const std::shared_ptr<Executor>& executor) {
    const std::shared_ptr<rpc::Door> door = MakeInnerDoor(inner, executor, shared_->metrics);
    door->default_deadline = shared_->settings.Duration("verify.call_deadline");
    return door;
  }

  absl::Status OpenDoor(const InnerServer& inner) {
    const std::shared_ptr<rpc::Door> verdicts = MakeDoor(inner, shared_->batches);
    const std::shared_ptr<rpc::Door> stored = MakeDoor(inner, shared_->storage);
    std::vector<std::unique_ptr<rpc::Service>> services;
    services.push_back(MakeEmailService(verdicts, email_->verify()));
    services.push_back(MakePhoneService(verdicts, phone_->verify(), phone_->format()));
    services.push_back(MakePhoneHistoryService(stored, phone_->history()));
    services.push_back(MakePhoneReportService(verdicts, phone_->reports()));
    services.push_back(MakePersonService(
        verdicts, std::make_shared<const VerifyPerson>(email_->verify(), phone_->verify())));
    services.push_back(MakePolicyService(stored, ownership_->policy()));
    services.push_back(MakeChallengeService(stored, ownership_->challenges()));
    auto server = OpenInnerServer(inner, shared_->settings, std::move(services));
    if (!server.ok()) return server.status();
    server_ = *std::move(server);
    return absl::OkStatus();
  }

  std::unique_ptr<SharedParts> shared_;
  std::unique_ptr<EmailParts> email_;
  std::unique_ptr<PhoneParts> phone_;
  std::unique_ptr<OwnershipParts> ownership_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<VerifyService>> Build(const Settings& settings,
                                                     std::shared_ptr<MetricsRegistry> metrics,
                                                     const InnerServer& inner) {
  auto service = std::make_unique<RunningService>();
  if (absl::Status status = service->Start(settings, std::move(metrics), inner); !status.ok()) return status;
  return service;
}

}  // namespace limpid::verify
