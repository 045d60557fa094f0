#include "verify-svc/email/smtp/event_loop.h"

#include <algorithm>
#include <array>
#include <utility>

#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

namespace limpid::verify {
namespace {

constexpr int kEventsAtOnce = 64;
constexpr int kLongestWait = 60'000;  // Milliseconds.

CURLM* NewMulti() {
  static const CURLcode initialized = curl_global_init(CURL_GLOBAL_ALL);
  (void)initialized;
  return curl_multi_init();
}

}  // namespace

EventLoop::EventLoop(const char* thread_name)
    : epoll_(epoll_create1(EPOLL_CLOEXEC)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      multi_(NewMulti()) {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &EventLoop::OnCurlSocket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &EventLoop::OnCurlTimer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  epoll_event event{.events = EPOLLIN, .data = {.fd = wake_.get()}};
  epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, wake_.get(), &event);
  thread_ = std::thread([this] { Work(); });
  pthread_setname_np(thread_.native_handle(), thread_name);
}

EventLoop::~EventLoop() {
  Stop([] {});
  curl_multi_cleanup(multi_);
}

void EventLoop::Stop(Task last) {
  {
    MutexLock lock(mutex_);
    if (ending_) return;
    ending_ = true;
    posted_.push_back(std::move(last));
  }
  eventfd_write(wake_.get(), 1);
  thread_.join();
}

bool EventLoop::Post(Task task) {
  {
    MutexLock lock(mutex_);
    if (ending_) return false;
    posted_.push_back(std::move(task));
  }
  eventfd_write(wake_.get(), 1);
  return true;
}

EventLoop::Timer EventLoop::At(SteadyTime when, Task task) {
  const Timer timer{when, ++timers_made_};
  timers_.emplace(timer, std::move(task));
  return timer;
}

void EventLoop::Start(CURL* easy, OnDone done) {
  transfers_[easy] = std::move(done);
  curl_multi_add_handle(multi_, easy);
}

void EventLoop::Remove(CURL* easy) {
  transfers_.erase(easy);
  curl_multi_remove_handle(multi_, easy);
}

void EventLoop::Watch(int fd, bool writable, OnEvent on_event) {
  SetEvents(fd, EPOLLIN | (writable ? EPOLLOUT : 0U));
  watchers_[fd].on_event = std::move(on_event);
}

void EventLoop::Unwatch(int fd) { SetEvents(fd, 0); }

void EventLoop::SetEvents(int fd, std::uint32_t events) {
  const auto found = watchers_.find(fd);
  if (events == 0) {
    if (found == watchers_.end()) return;
    watchers_.erase(found);
    epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
    return;
  }
  epoll_event event{.events = events, .data = {.fd = fd}};
  epoll_ctl(epoll_.get(), found == watchers_.end() ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd, &event);
  watchers_[fd].events = events;
}

int EventLoop::OnCurlSocket(CURL*, curl_socket_t fd, int what, void* self, void*) {
  std::uint32_t events = 0;
  if (what == CURL_POLL_IN || what == CURL_POLL_INOUT) events |= EPOLLIN;
  if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT) events |= EPOLLOUT;
  static_cast<EventLoop*>(self)->SetEvents(fd, events);
  return 0;
}

int EventLoop::OnCurlTimer(CURLM*, long milliseconds, void* self) {
  auto& loop = *static_cast<EventLoop*>(self);
  loop.curl_due_ = milliseconds < 0 ? SteadyTime::max()
                                    : SystemClock().SteadyNow() + std::chrono::milliseconds(milliseconds);
  return 0;
}

int EventLoop::WaitMilliseconds() const {
  SteadyTime due = curl_due_;
  if (!timers_.empty()) due = std::min(due, timers_.begin()->first.first);
  if (due == SteadyTime::max()) return kLongestWait;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - SystemClock().SteadyNow()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, kLongestWait));
}

void EventLoop::Work() {
  std::array<epoll_event, kEventsAtOnce> events{};
  for (;;) {
    const int count = epoll_wait(epoll_.get(), events.data(), kEventsAtOnce, WaitMilliseconds());
    for (int i = 0; i < count; ++i) {
      const int fd = events[i].data.fd;
      if (fd == wake_.get()) {
        eventfd_t ignored = 0;
        eventfd_read(fd, &ignored);
        continue;
      }
      // What was handled just now may have closed it.
      const auto found = watchers_.find(fd);
      if (found == watchers_.end()) continue;
      if (found->second.on_event) {
        const OnEvent on_event = found->second.on_event;
        on_event();
      } else {
        const std::uint32_t happened = events[i].events;
        TellCurl(fd, ((happened & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
                         ((happened & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
                         ((happened & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0));
      }
    }
    if (SystemClock().SteadyNow() >= curl_due_) {
      curl_due_ = SteadyTime::max();
      TellCurl(CURL_SOCKET_TIMEOUT, 0);
    }
    RunPosted();
    RunTimers();
    MutexLock lock(mutex_);
    if (ending_ && posted_.empty()) return;
  }
}

void EventLoop::TellCurl(curl_socket_t fd, int events) {
  int running = 0;
  curl_multi_socket_action(multi_, fd, events, &running);
  FinishTransfers();
}

void EventLoop::FinishTransfers() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const auto found = transfers_.find(message->easy_handle);
    if (found == transfers_.end()) continue;
    const OnDone done = std::move(found->second);
    const CURLcode code = message->data.result;
    done(code);
  }
}

void EventLoop::RunPosted() {
  std::vector<Task> tasks;
  {
    MutexLock lock(mutex_);
    tasks.swap(posted_);
  }
  for (Task& task : tasks) task();
}

void EventLoop::RunTimers() {
  const SteadyTime now = SystemClock().SteadyNow();
  while (!timers_.empty() && timers_.begin()->first.first <= now) {
    const auto first = timers_.begin();
    Task task = std::move(first->second);
    timers_.erase(first);
    task();
  }
}

}  // namespace limpid::verify
