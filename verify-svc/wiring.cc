#include "verify-svc/wiring.h"

#include <utility>

#include "libs/base/error.h"
#include "libs/base/log.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/quality/phone/number_plan.h"
#include "libs/rpc/observers.h"
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

std::shared_ptr<const rpc::Door> MakeDoor(const Settings& settings, std::shared_ptr<MetricsRegistry> metrics,
                                          std::shared_ptr<rpc::PrincipalVerifier> principals) {
  return std::make_shared<rpc::Door>(
      rpc::Door{.domain = "verify.limpid",
                .authenticator = rpc::MakePrincipalAuthenticator(std::move(principals)),
                .executor = std::make_shared<Executor>(Executor::Options{
                    .name = "verify",
                    .threads = static_cast<int>(settings.Integer("verify.executor_threads")),
                    .max_queue = static_cast<size_t>(settings.Integer("verify.max_queue"))}),
                .default_deadline = settings.Duration("verify.call_deadline"),
                .observers = rpc::StandardObservers(std::move(metrics))});
}

class RunningVerification final : public Verification {
 public:
  RunningVerification(std::string folder, std::shared_ptr<const FastRules> rules,
                      const std::string& default_region, const std::shared_ptr<const rpc::Door>& door)
      : folder_(std::move(folder)), rules_(std::make_shared<RulesInForce>(std::move(rules))) {
    const auto email = std::make_shared<const VerifyEmail>(rules_);
    const auto phone = std::make_shared<const VerifyPhone>(rules_, default_region);
    services_.push_back(MakeEmailService(door, email));
    services_.push_back(MakePhoneService(door, phone));
    services_.push_back(MakePersonService(door, std::make_shared<const VerifyPerson>(email, phone)));
  }

  std::vector<std::unique_ptr<rpc::Service>> TakeServices() override { return std::move(services_); }

  void Reload() override {
    absl::StatusOr<std::shared_ptr<const FastRules>> rules = LoadRules(folder_);
    if (!rules.ok()) {
      Log(LogLevel::kError, "lists_not_reloaded", {{"why", Label(Std(rules.status().message()))}});
      return;
    }
    rules_->Set(*std::move(rules));
  }

 private:
  const std::string folder_;
  const std::shared_ptr<RulesInForce> rules_;
  std::vector<std::unique_ptr<rpc::Service>> services_;
};

class ServedVerification final : public ServiceParts {
 public:
  ServedVerification(std::unique_ptr<Verification> verification, std::unique_ptr<rpc::Server> server)
      : verification_(std::move(verification)), server_(std::move(server)) {}

  absl::Status Ready() const override { return absl::OkStatus(); }
  std::vector<std::pair<std::string_view, int>> Ports() const override { return {{"grpc", server_->port()}}; }
  void Reload() override { verification_->Reload(); }
  void AnnounceDrain() override { server_->AnnounceDrain(); }
  void Drain(absl::Duration grace) override { server_->Drain(grace); }

 private:
  const std::unique_ptr<Verification> verification_;
  const std::unique_ptr<rpc::Server> server_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Verification>> BuildVerification(
    const Settings& settings, std::shared_ptr<MetricsRegistry> metrics,
    std::shared_ptr<rpc::PrincipalVerifier> principals) {
  const std::string& region = settings.Text("verify.default_region");
  if (quality::CallingCodeOf(region) == 0) {
    return InvalidField("verify.default_region", reason::kUnknownValue,
                        StrCat("verify.default_region: no country has the code ", region));
  }
  absl::StatusOr<std::string> folder = DataFolder(settings);
  if (!folder.ok()) return folder.status();
  absl::StatusOr<std::shared_ptr<const FastRules>> rules = LoadRules(*folder);
  if (!rules.ok()) return rules.status();
  return std::make_unique<RunningVerification>(*folder, *std::move(rules), region,
                                               MakeDoor(settings, std::move(metrics), std::move(principals)));
}

absl::StatusOr<std::unique_ptr<ServiceParts>> Build(const Settings& settings,
                                                    std::shared_ptr<MetricsRegistry> metrics) {
  const absl::StatusOr<rpc::PrincipalKeys> keys = InternalKeys(settings);
  if (!keys.ok()) return keys.status();
  auto verification =
      BuildVerification(settings, std::move(metrics), std::make_shared<rpc::PrincipalVerifier>(*keys));
  if (!verification.ok()) return verification.status();
  absl::StatusOr<std::unique_ptr<rpc::Server>> server =
      rpc::Server::Start({.address = settings.Text("verify.grpc_addr"), .tls = InternalTls(settings)},
                         (*verification)->TakeServices());
  if (!server.ok()) return server.status();
  return std::make_unique<ServedVerification>(*std::move(verification), *std::move(server));
}

}  // namespace limpid::verify
