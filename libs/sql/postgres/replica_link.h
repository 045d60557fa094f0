#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

#include "libs/base/call.h"
#include "libs/sql/commit_signal.h"
#include "libs/sql/postgres/connection.h"

namespace limpid::sql {

/// Carries the news of commits between the replicas of a service by LISTEN and NOTIFY, on a thread and a
/// connection of its own. The NOTIFY is not part of the writing transactions (at their end it would take a
/// lock that lets them commit only one after another) but sent after them, one for many; what is lost with a
/// crash in between, the poll interval makes good.
class ReplicaLink {
 public:
  ReplicaLink(PostgresConnection::Settings settings, absl::Duration poll_interval, CommitSignal& commits);
  ~ReplicaLink();
  ReplicaLink(const ReplicaLink&) = delete;
  ReplicaLink& operator=(const ReplicaLink&) = delete;

  /// This process has committed: tells the other replicas soon.
  void Tell();
  /// Whether the server took its connection and keeps it.
  bool connected() const { return connected_; }

 private:
  void Work();
  /// Connects, listens and forwards until the connection breaks or the end.
  void Follow(PostgresConnection& connection);
  /// Waits for the socket (-1: none), Tell, the end, or `timeout`. True when Tell was called.
  bool WaitForNews(int socket);

  const PostgresConnection::Settings settings_;
  const absl::Duration poll_interval_;
  CommitSignal& commits_;
  const std::string channel_;
  const int wake_;
  /// A link that is being made hopes: the database was just opened.
  std::atomic<bool> connected_ = true;
  std::stop_source stop_;
  std::thread thread_;
};

}  // namespace limpid::sql
