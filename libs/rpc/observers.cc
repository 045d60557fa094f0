#include "libs/rpc/observers.h"

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "libs/base/log.h"
#include "libs/base/mutex.h"
#include "libs/base/strings.h"

namespace limpid::rpc {
namespace {

constexpr int kCodes = 17;

// The figures of one method. Series of codes other than OK appear when they are first seen: seventeen for
// each method would hide those that matter.
class MethodFigures {
 public:
  MethodFigures(std::shared_ptr<MetricsRegistry> metrics, std::string server, std::string_view method)
      : metrics_(std::move(metrics)),
        server_(std::move(server)),
        method_(method),
        seconds_(metrics_->AddHistogram("limpid_rpc_server_seconds", "Time of a call, by server and method.",
                                        {{"server", server_}, {"method", method_}})),
        ok_(CounterOf(absl::StatusCode::kOk)) {}

  void Observe(const CallRecord& record) {
    seconds_.Observe(absl::ToDoubleSeconds(record.elapsed));
    if (record.status.ok()) {
      ok_.Increment();
      return;
    }
    const int code = static_cast<int>(record.status.code());
    MutexLock lock(mutex_);
    std::optional<Counter>& counter = failed_[code >= 0 && code < kCodes ? code : 2];
    if (!counter) counter = CounterOf(record.status.code());
    counter->Increment();
  }

 private:
  Counter CounterOf(absl::StatusCode code) {
    return metrics_->AddCounter(
        "limpid_rpc_server_calls_total", "Calls that have ended, by server, method and code.",
        {{"server", server_}, {"method", method_}, {"code", absl::StatusCodeToString(code)}});
  }

  const std::shared_ptr<MetricsRegistry> metrics_;
  const std::string server_;
  const std::string method_;
  Histogram seconds_;
  Counter ok_;
  Mutex mutex_;
  std::array<std::optional<Counter>, kCodes> failed_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

bool IsOurFault(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kDataLoss;
}

CallObserverFactory CountCalls(std::shared_ptr<MetricsRegistry> metrics, std::string server) {
  return [metrics = std::move(metrics), server = std::move(server)](std::string_view method) -> CallObserver {
    auto figures = std::make_shared<MethodFigures>(metrics, server, method);
    return [figures = std::move(figures)](const CallRecord& record) { figures->Observe(record); };
  };
}

CallObserverFactory LogCalls() {
  return [](std::string_view name) -> CallObserver {
    return [method = std::string(name)](const CallRecord& record) {
      if (!IsOurFault(record.status.code())) return;
      const std::string code = absl::StatusCodeToString(record.status.code());
      // The sentence of such a status is ours, and by the rule of libs/base/error.h holds nothing of a
      // caller.
      Log(LogLevel::kError, "call_failed",
          {{"request_id", Label(record.call.request_id)},
           {"tenant", Label(record.call.tenant.value())},
           {"method", Label(method)},
           {"code", Label(code)},
           {"why", Label(Std(record.status.message()))},
           {"ms", record.elapsed}});
    };
  };
}

std::vector<CallObserverFactory> StandardObservers(std::shared_ptr<MetricsRegistry> metrics,
                                                   std::string server) {
  return {CountCalls(std::move(metrics), std::move(server)), LogCalls()};
}

}  // namespace limpid::rpc
