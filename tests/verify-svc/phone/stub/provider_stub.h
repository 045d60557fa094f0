#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "libs/base/mutex.h"
#include "tests/verify-svc/phone/stub/line.h"
#include "tests/verify-svc/phone/stub/provider_answers.h"

namespace limpid::testing {

/// All providers of phone look-ups at once, on a port of the loopback address: speaks the documented JSON of
/// each, misbehaves by number (LineOf), and counts, so that a test can say that nothing was paid twice.
class ProviderStub {
 public:
  struct Options {
    uint16_t port = 0;  ///< 0: any free one.
  };

  ProviderStub() : ProviderStub(Options()) {}
  explicit ProviderStub(Options options);
  ~ProviderStub();
  ProviderStub(const ProviderStub&) = delete;
  ProviderStub& operator=(const ProviderStub&) = delete;

  /// `http://127.0.0.1:PORT`
  std::string url() const;
  uint16_t port() const { return port_; }

  /// Questions over HTTP so far, whatever came of them.
  int calls() const;
  /// How often a number was asked about, with or without `+`.
  int asked(const std::string& number) const;
  /// The head of the last question: request line and headers.
  std::string last_head() const;
  /// Where the last report was to be sent.
  std::string last_notify_url() const;

  /// Answers nobody until Resume(); the questions are taken and counted.
  void Pause();
  void Resume();
  /// Waits until so many questions have come.
  void AwaitCalls(int calls) const;

 private:
  struct Connection {
    int fd;
    std::thread thread;
  };
  struct Request {
    std::string head;
    ProviderRequest question;
  };

  void Accept();
  void Serve(int fd);
  bool ReadRequest(int fd, Request& request) const;
  void Answer(int fd, const ProviderQuestion& question);
  void Misbehave(int fd, Fault fault, const ProviderQuestion& question);

  int listener_ = -1;
  uint16_t port_ = 0;
  std::thread accepting_;
  mutable Mutex mutex_;
  mutable CondVar changed_;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  bool paused_ ABSL_GUARDED_BY(mutex_) = false;
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<std::string, int> asked_ ABSL_GUARDED_BY(mutex_);
  std::string last_head_ ABSL_GUARDED_BY(mutex_);
  std::string last_notify_url_ ABSL_GUARDED_BY(mutex_);
  std::list<Connection> connections_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace limpid::testing
