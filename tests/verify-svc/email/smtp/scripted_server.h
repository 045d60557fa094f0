#pragma once

#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/time/time.h"

#include "libs/base/mutex.h"
#include "libs/base/unique_fd.h"

namespace limpid::verify {

/// A mail server that answers what a test tells it to, on a port of its own, and keeps every line it is sent.
/// For what real servers will not do. Thread-safe.
class ScriptedServer {
 public:
  struct Reaction {
    std::string text;  ///< With line ends; empty: nothing is said.
    bool close = false;
  };
  /// What to do with a line from the client (without its end); an empty one asks for the greeting.
  /// `connection` counts from 0. Called from one thread for each connection.
  using Script = std::function<Reaction(int connection, const std::string& line)>;

  struct Options {
    std::string address = "127.0.0.1";
    int port = 0;          ///< 0: the system chooses.
    absl::Duration delay;  ///< Before each reply.
  };
  explicit ScriptedServer(Script script) : ScriptedServer(std::move(script), Options()) {}
  ScriptedServer(Script script, Options options);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  int port() const { return port_; }
  /// All lines so far, in the order of their arrival.
  std::vector<std::string> lines() const;
  /// Waits until there are so many of them: the last may still be on their way when the client has what it
  /// wanted.
  std::vector<std::string> AwaitLines(std::size_t count) const;
  int connections() const;
  /// The most that were open at once.
  int most_at_once() const;

 private:
  void Accept();
  void Serve(int number, int fd);
  bool Say(int fd, int number, const std::string& line, bool& closed);

  const Script script_;
  const Options options_;
  int port_ = 0;
  UniqueFd listener_;
  UniqueFd ending_;  ///< Readable once all is over.
  mutable Mutex mutex_;
  mutable CondVar line_came_;
  std::vector<std::string> lines_ ABSL_GUARDED_BY(mutex_);
  int connections_ ABSL_GUARDED_BY(mutex_) = 0;
  int open_ ABSL_GUARDED_BY(mutex_) = 0;
  int most_at_once_ ABSL_GUARDED_BY(mutex_) = 0;
  std::list<std::thread> threads_;  ///< Of the accepting thread.
  std::thread accepting_;
};

/// A well-behaved server: pipelining, `known` local parts exist.
ScriptedServer::Script Mailboxes(std::vector<std::string> known);

}  // namespace limpid::verify
