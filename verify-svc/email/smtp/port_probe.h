#pragma once

#include <memory>
#include <string>

#include "absl/time/time.h"

#include "libs/base/clock.h"
#include "verify-svc/email/smtp/event_loop.h"

namespace limpid::verify {

/// Finds out whether this network lets us reach mail servers at all: most clouds close port 25.
///
/// Connects to a host that is always there, and says nothing to it. Asked at the start, or only once several
/// providers in a row could not be reached. Lives on the loop.
class PortProbe {
 public:
  enum class Mode {
    kOff,   ///< The port is taken to be open.
    kAuto,  ///< Probes when nobody could be reached.
    kOn,    ///< Probes at the start as well.
  };
  struct Options {
    Mode mode = Mode::kAuto;
    std::string target;  ///< `host:port`.
    absl::Duration timeout = absl::Seconds(5);
    /// A closed port is looked at again after this, an open one is believed for as long.
    absl::Duration believed_for = absl::Minutes(10);
  };

  PortProbe(EventLoop& loop, Options options);
  ~PortProbe();
  PortProbe(const PortProbe&) = delete;
  PortProbe& operator=(const PortProbe&) = delete;

  /// Called once on the loop before anything else.
  void Start();
  /// True while mail servers are known to be out of reach.
  bool Closed();
  /// How long that is believed.
  absl::Duration RetryAfter() const;
  /// What came of connecting to a provider.
  void Reached();
  void NotReached(const std::string& provider);

 private:
  struct Probe;
  void Run();
  void Finish(bool open);

  EventLoop& loop_;
  const Options options_;
  std::unique_ptr<Probe> running_;
  bool closed_ = false;
  SteadyTime believed_until_;
  int unreached_ = 0;  ///< Providers in a row.
  std::string last_unreached_;
};

}  // namespace limpid::verify
