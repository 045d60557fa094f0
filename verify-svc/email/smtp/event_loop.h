#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <thread>
#include <vector>

#include <curl/curl.h>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/any_invocable.h"

#include "libs/base/clock.h"
#include "libs/base/mutex.h"
#include "libs/base/unique_fd.h"

namespace limpid::verify {

/// One thread that waits by epoll for everything: libcurl's transfers, sockets, timers and work from other
/// threads.
///
/// All but Post() and Stop() is for tasks that run on the loop itself.
class EventLoop {
 public:
  using Task = absl::AnyInvocable<void()>;
  using OnDone = std::function<void(CURLcode)>;
  using OnEvent = std::function<void()>;
  using Timer = std::pair<SteadyTime, std::uint64_t>;

  explicit EventLoop(const char* thread_name);
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// Runs what was posted before, then `last`, and ends; nothing comes between. No handle may be left in it.
  /// Not from the loop. Does nothing the second time.
  void Stop(Task last);

  /// Runs the task on the loop. From any thread. False when the loop is ending: the task is not run.
  bool Post(Task task);

  Timer At(SteadyTime when, Task task);
  void Cancel(const Timer& timer) { timers_.erase(timer); }

  /// Hands a configured handle to libcurl. `done` runs once, from the loop and never within this call; the
  /// handle stays in use (a CONNECT_ONLY connection lives only there) until Remove.
  void Start(CURL* easy, OnDone done);
  /// Takes the handle back; its connection is closed.
  void Remove(CURL* easy);

  /// Calls `on_event` whenever the socket can be read (or written, with `writable`), or has failed.
  void Watch(int fd, bool writable, OnEvent on_event);
  void Unwatch(int fd);

 private:
  struct Watcher {
    std::uint32_t events = 0;
    OnEvent on_event;  ///< None: libcurl's own socket.
  };

  static int OnCurlSocket(CURL* easy, curl_socket_t fd, int what, void* self, void* socket);
  static int OnCurlTimer(CURLM* multi, long milliseconds, void* self);
  void Work();
  int WaitMilliseconds() const;
  void SetEvents(int fd, std::uint32_t events);
  void RunPosted();
  void RunTimers();
  void TellCurl(curl_socket_t fd, int events);
  void FinishTransfers();

  UniqueFd epoll_;
  UniqueFd wake_;
  CURLM* const multi_;
  Mutex mutex_;
  std::vector<Task> posted_ ABSL_GUARDED_BY(mutex_);
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;

  // Of the loop's thread.
  std::map<Timer, Task> timers_;
  std::uint64_t timers_made_ = 0;
  SteadyTime curl_due_ = SteadyTime::max();
  absl::flat_hash_map<int, Watcher> watchers_;
  absl::flat_hash_map<CURL*, OnDone> transfers_;
  std::thread thread_;
};

}  // namespace limpid::verify
