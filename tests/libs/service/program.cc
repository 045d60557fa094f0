// A service without any work, for the tests of what surrounds one.
#include <cstdio>

#include "libs/service/service_process.h"

namespace {

constexpr limpid::SettingSpec kTable[] = {
    {.name = "verify.ops_addr",
     .type = limpid::SettingType::kAddress,
     .default_value = "127.0.0.1:0",
     .sentence = "Operations."},
    {.name = "verify.fails", .default_value = "", .sentence = "Why it cannot be built: database, value."},
};

class Idle final : public limpid::ServiceParts {
 public:
  absl::Status Ready() const override { return absl::OkStatus(); }
  std::vector<std::pair<std::string_view, int>> Ports() const override { return {{"grpc", 7}}; }
  void Reload() override { std::fputs("reloaded\n", stderr); }
  void AnnounceDrain() override { std::fputs("announced\n", stderr); }
  void Drain(absl::Duration) override { std::fputs("drained\n", stderr); }
};

}  // namespace

int main(int argc, char** argv) {
  return limpid::RunService(
      {.name = "idle-svc",
       .summary = "Does nothing.",
       .services = {"verify"},
       .tables = {kTable},
       .ops_addr = "verify.ops_addr",
       .build = [](const limpid::Settings& settings, std::shared_ptr<limpid::MetricsRegistry> metrics)
           -> absl::StatusOr<std::unique_ptr<limpid::ServiceParts>> {
         metrics->AddCounter("limpid_idle_total", "Nothing.");
         if (settings.Text("verify.fails") == "database") return absl::UnavailableError("no database");
         if (settings.Text("verify.fails") == "value") return absl::InvalidArgumentError("no such value");
         return std::make_unique<Idle>();
       }},
      {argv + 1, argv + argc});
}
