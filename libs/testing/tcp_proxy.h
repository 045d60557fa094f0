#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>

#include "absl/time/time.h"

#include "libs/base/mutex.h"
#include "libs/base/unique_fd.h"

namespace limpid::testing {

/// What is wrong with a link. Answers are what comes from the server.
struct LinkFault {
  enum class Kind {
    kNone,
    kRefuse,     ///< Nobody listens, and what was connected is cut.
    kBlackHole,  ///< Connections are taken, bytes vanish.
    kLatency,    ///< Answers come later by `delay`.
    kAnswer,     ///< Whatever the client sends is answered by `text`, the server never hears of it.
    kFlipByte,   ///< One bit of the answers' byte number `offset`, counted from now, is flipped.
    kCut,        ///< The connection is cut after `offset` more bytes of answers.
  };
  Kind kind = Kind::kNone;
  absl::Duration delay;
  std::string text;
  size_t offset = 0;
};

/// A TCP proxy between a test and a server on this machine, whose link can be made faulty while it is in use.
/// Thread-safe.
class TcpProxy {
 public:
  explicit TcpProxy(int server_port);
  ~TcpProxy();
  TcpProxy(const TcpProxy&) = delete;
  TcpProxy& operator=(const TcpProxy&) = delete;

  int port() const { return port_; }
  /// The fault holds, for open and new connections, when this returns.
  void Set(LinkFault fault);
  /// Connections taken so far.
  int64_t accepted() const;

 private:
  class Link;
  void Loop();

  const int server_port_;
  int port_ = 0;
  UniqueFd wake_;
  mutable Mutex mutex_;
  CondVar changed_;
  LinkFault fault_ ABSL_GUARDED_BY(mutex_);
  int64_t faults_set_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t faults_in_force_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t accepted_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  UniqueFd listener_;  ///< Of the thread, once it runs.
  std::thread thread_;
};

}  // namespace limpid::testing
