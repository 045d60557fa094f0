#include "cli/serve.h"

#include <memory>
#include <utility>

#include "contact-svc/settings.h"
#include "contact-svc/wiring.h"
#include "enrich-svc/settings.h"
#include "enrich-svc/wiring.h"
#include "gateway/settings.h"
#include "gateway/wiring.h"
#include "libs/service/inner_server.h"
#include "libs/service/service_process.h"
#include "verify-svc/settings.h"
#include "verify-svc/wiring.h"

namespace limpid::cli {
namespace {

// The four services. What is called outlives who calls it: built first, drained and ended last.
class Suite final : public ServiceParts {
 public:
  absl::Status Start(const Settings& settings, const std::shared_ptr<MetricsRegistry>& metrics) {
    // Nobody outside can reach the inner services, so nobody else needs to know what signs the calls to them.
    const rpc::PrincipalKeys keys = {rpc::RandomPrincipalKey()};
    const auto signer = std::make_shared<rpc::PrincipalSigner>(keys);
    const auto inner = [&](const char* service) {
      return InnerServer{.service = service, .keys = keys, .in_process = true};
    };
    const auto peer = [&](const char* name, rpc::Channel channel) {
      return rpc::Peer{.name = name, .channel = std::move(channel), .signer = signer};
    };
    auto verify = verify::Build(settings, metrics, inner("verify"));
    if (!verify.ok()) return verify.status();
    verify_ = *std::move(verify);
    auto contact = contact::Build(settings, metrics, inner("contact"));
    if (!contact.ok()) return contact.status();
    contact_ = *std::move(contact);
    auto enrich = enrich::Build(settings, metrics, inner("enrich"),
                                {.contact = peer("contact-svc", contact_->InProcessChannel())});
    if (!enrich.ok()) return enrich.status();
    enrich_ = *std::move(enrich);
    auto gateway = gateway::Build(settings, metrics,
                                  {.verify = peer("verify-svc", verify_->InProcessChannel()),
                                   .contact = peer("contact-svc", contact_->InProcessChannel()),
                                   .enrich = peer("enrich-svc", enrich_->InProcessChannel())});
    if (!gateway.ok()) return gateway.status();
    gateway_ = *std::move(gateway);
    return absl::OkStatus();
  }

  // The only door is the gateway's, and it answers as well as it can without the others.
  absl::Status Ready() const override { return gateway_->Ready(); }
  std::vector<std::pair<std::string_view, int>> Ports() const override { return gateway_->Ports(); }
  void Reload() override {
    for (ServiceParts* part : Parts()) part->Reload();
  }
  void AnnounceDrain() override { gateway_->AnnounceDrain(); }
  void Drain(absl::Duration grace) override {
    for (ServiceParts* part : Parts()) part->Drain(grace);
  }

 private:
  std::vector<ServiceParts*> Parts() const {
    return {gateway_.get(), enrich_.get(), contact_.get(), verify_.get()};
  }

  std::unique_ptr<verify::VerifyService> verify_;
  std::unique_ptr<contact::ContactService> contact_;
  std::unique_ptr<enrich::EnrichService> enrich_;
  std::unique_ptr<ServiceParts> gateway_;
};

}  // namespace

int Serve(std::vector<std::string> args) {
  return RunService({.name = "limpid",
                     .summary = "The whole suite in one process.",
                     .services = {"gateway", "contact", "verify", "enrich"},
                     .tables = {gateway::SettingsTable(), contact::SettingsTable(), verify::SettingsTable(),
                                enrich::SettingsTable()},
                     .ops_addr = "gateway.ops_addr",
                     .build = [](const Settings& settings, std::shared_ptr<MetricsRegistry> metrics)
                         -> absl::StatusOr<std::unique_ptr<ServiceParts>> {
                       auto suite = std::make_unique<Suite>();
                       if (absl::Status status = suite->Start(settings, metrics); !status.ok()) return status;
                       return suite;
                     }},
                    std::move(args));
}

}  // namespace limpid::cli
