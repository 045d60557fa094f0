#include "libs/service/service_process.h"

#include <atomic>
#include <cstdio>

#include <signal.h>
#include <time.h>

#include "libs/base/error.h"
#include "libs/base/log.h"
#include "libs/base/strings.h"
#include "libs/http/listen_address.h"
#include "libs/http/ops.h"
#include "libs/http/server.h"

namespace limpid {
namespace {

constexpr int kCannotStart = 1;
constexpr int kBadSettings = 2;
// What may still ask for metrics or liveness when the doors are shut.
constexpr absl::Duration kOpsGrace = absl::Seconds(1);

// Signals that this process waits for instead of being interrupted by them. Blocked before the first thread
// starts, so that every thread inherits it.
sigset_t BlockSignals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  return set;
}

// Until the orderly end is asked for.
void ServeUntilAsked(const sigset_t& signals, ServiceParts& parts) {
  for (int signal = 0; sigwait(&signals, &signal) == 0;) {
    if (signal != SIGHUP) return;
    Log(LogLevel::kInfo, "reloading");
    parts.Reload();
  }
}

void WaitOrSignal(const sigset_t& signals, absl::Duration wait) {
  const timespec time = absl::ToTimespec(wait);
  sigtimedwait(&signals, nullptr, &time);
}

int Fail(const ServiceProgram& program, int status, std::string_view why) {
  std::fprintf(stderr, "%s: %.*s\n", program.name.c_str(), static_cast<int>(why.size()), why.data());
  return status;
}

// A value that can never do is the operator's to mend; what is away or taken may be there at the next start.
int ExitStatusOf(const absl::Status& why) {
  return why.code() == absl::StatusCode::kInvalidArgument ? kBadSettings : kCannotStart;
}

absl::StatusOr<std::unique_ptr<http::Server>> StartOps(const std::string& address, http::OpsSources sources) {
  absl::StatusOr<http::ListenAddress> listen = http::ParseListenAddress(address);
  if (!listen.ok()) return listen.status();
  http::Server::Options options;
  options.host = listen->host;
  options.port = listen->port;
  options.threads = 1;
  options.max_connections = 64;
  return http::Server::Start(std::move(options), http::MakeOpsHandler(std::move(sources)));
}

}  // namespace

int RunService(const ServiceProgram& program, std::vector<std::string> args) {
  std::vector<std::span<const SettingSpec>> tables = {CommonSettings()};
  tables.insert(tables.end(), program.tables.begin(), program.tables.end());
  const absl::StatusOr<Settings> settings = Settings::Load({.tables = tables,
                                                            .services = program.services,
                                                            .args = std::move(args),
                                                            .environment = Settings::Environment()});
  if (!settings.ok()) return Fail(program, kBadSettings, Std(settings.status().message()));
  if (settings->wants_help()) {
    std::printf("%s: %s\n\n%s", program.name.c_str(), program.summary.c_str(),
                Settings::Help(tables).c_str());
    return 0;
  }
  if (settings->wants_print()) {
    std::fputs(settings->Print().c_str(), stdout);
    return 0;
  }
  LogLevel level = LogLevel::kInfo;
  if (!ParseLogLevel(settings->Text("log_level"), level)) {
    return Fail(program, kBadSettings, "log_level must be debug, info, warning or error");
  }
  SetLogging({.service = program.name, .level = level, .sink = {}});
  const sigset_t signals = BlockSignals();

  const auto metrics = std::make_shared<MetricsRegistry>();
  auto parts = program.build(*settings, metrics);
  if (!parts.ok()) return Fail(program, ExitStatusOf(parts.status()), Std(parts.status().message()));

  std::atomic<bool> draining = false;
  const auto ops =
      StartOps(settings->Text(program.ops_addr), {.ready = [&draining, &running = **parts]() -> absl::Status {
                                                    if (draining)
                                                      return Unavailable("a service that is being stopped");
                                                    return running.Ready();
                                                  },
                                                  .metrics = [metrics] { return metrics->Text(); }});
  if (!ops.ok()) {
    const absl::Status why = NamingSetting(program.ops_addr, ops.status());
    return Fail(program, ExitStatusOf(why), Std(why.message()));
  }

  int http = 0;
  int grpc = 0;
  for (const auto& [name, port] : (*parts)->Ports()) (name == "http" ? http : grpc) = port;
  if (http != 0) {
    Log(LogLevel::kInfo, "serving", {{"http", http}, {"grpc", grpc}, {"ops", (*ops)->port()}});
  } else {
    Log(LogLevel::kInfo, "serving", {{"grpc", grpc}, {"ops", (*ops)->port()}});
  }
  ServeUntilAsked(signals, **parts);

  Log(LogLevel::kInfo, "draining");
  draining = true;
  (*parts)->AnnounceDrain();
  WaitOrSignal(signals, settings->Duration("drain_wait"));
  (*parts)->Drain(settings->Duration("drain_time"));
  (*ops)->Drain(kOpsGrace);
  Log(LogLevel::kInfo, "ended");
  return 0;
}

}  // namespace limpid
