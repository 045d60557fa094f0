#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "libs/base/log.h"
#include "libs/base/metrics.h"
#include "libs/base/mutex.h"
#include "libs/base/strings.h"
#include "libs/redis/client.h"
#include "libs/testing/redis_server.h"

namespace limpid::redis {

/// Times that a busy machine keeps to, for tests in which nothing is wrong.
inline constexpr Connector::Timeouts kPatient = {
    .look_up = absl::Seconds(20), .connect = absl::Seconds(20), .command = absl::Seconds(20)};

/// What was logged, from the beginning of the test to its end. Thread-safe.
class LogWatch {
 public:
  LogWatch() {
    SetLogging({.service = "test", .sink = [this](std::string_view line) {
                  MutexLock lock(mutex_);
                  lines_.emplace_back(line);
                  changed_.NotifyAll();
                }});
  }
  ~LogWatch() { SetLogging({.service = "test"}); }

  /// The first line that holds `text`; empty when none came in time.
  std::string WaitFor(std::string_view text) {
    std::string found;
    MutexLock lock(mutex_);
    changed_.WaitUntil(mutex_, std::chrono::steady_clock::now() + std::chrono::seconds(30),
                       [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
                         for (const std::string& line : lines_) {
                           if (line.find(text) != std::string::npos) found = line;
                         }
                         return !found.empty();
                       });
    return found;
  }

 private:
  Mutex mutex_;
  CondVar changed_;
  std::vector<std::string> lines_ ABSL_GUARDED_BY(mutex_);
};

/// Tests with a real redis-server.
class RedisTest : public ::testing::Test {
 protected:
  static SteadyTime Soon() { return SystemClock().SteadyNow() + std::chrono::seconds(30); }
  static std::string Url(int port) { return StrCat("redis://127.0.0.1:", port, "/0"); }

  static std::unique_ptr<limpid::testing::RedisServer> StartServer(
      limpid::testing::RedisServer::Options options = {}) {
    auto server = limpid::testing::RedisServer::Start(std::move(options));
    if (!server.ok()) ADD_FAILURE() << server.status();
    return *std::move(server);
  }
  std::unique_ptr<Client> MakeClient(Client::Options options) {
    auto client = Client::Create(std::move(options), metrics_);
    if (!client.ok()) ADD_FAILURE() << client.status();
    return *std::move(client);
  }
  /// A connected one.
  std::unique_ptr<Client> Connected(Client::Options options) {
    auto client = MakeClient(std::move(options));
    EXPECT_TRUE(client->WaitUntilConnected(Soon()));
    return client;
  }
  double connections() {
    return metrics_.AddCounter("limpid_redis_connections_total", "Connections opened to Redis.").value();
  }

  LogWatch log_;  // Before the clients: they log until they end.
  MetricsRegistry metrics_;
};

}  // namespace limpid::redis
