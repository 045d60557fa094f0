#include "enrich-svc/clients/rpc_contact_events.h"

#include <deque>
#include <optional>
#include <stop_token>
#include <utility>

#include "enrich-svc/clients/convert.h"
#include "libs/base/error.h"
#include "libs/base/mutex.h"

namespace limpid::enrich {
namespace {

constexpr size_t kMaxWaiting = 400;

// What gRPC's threads bring and the reader takes. Shared by both, as either may be gone first.
class Inbox {
 public:
  // Reads on at once, or when there is room again.
  void Put(ContactEvent event, rpc::ReadNext next) {
    std::optional<rpc::ReadNext> go_on;
    {
      MutexLock lock(mutex_);
      if (closed_) return;  // dropping `next` ends the stream
      events_.push_back(std::move(event));
      if (events_.size() < kMaxWaiting) {
        go_on.emplace(std::move(next));
      } else {
        next_.emplace(std::move(next));
      }
      changed_.NotifyAll();
    }
    // Not under the lock: it may deliver the next event at once.
    if (go_on) (*go_on)();
  }

  void End(absl::Status status) {
    MutexLock lock(mutex_);
    end_ = std::move(status);
    changed_.NotifyAll();
  }

  // The reader has gone: lets go of the stream, which holds us.
  void Close() {
    std::optional<rpc::ReadNext> dropped;
    MutexLock lock(mutex_);
    closed_ = true;
    dropped.swap(next_);
  }

  absl::StatusOr<std::vector<ContactEvent>> Take(size_t limit, absl::Duration wait) {
    std::vector<ContactEvent> taken;
    std::optional<rpc::ReadNext> go_on;
    {
      MutexLock lock(mutex_);
      changed_.WaitUntil(mutex_, std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(wait),
                         [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return !events_.empty() || end_; });
      // What came before the end is worked on first.
      if (events_.empty() && end_) return end_->ok() ? Unavailable("contact-svc") : *end_;
      while (!events_.empty() && taken.size() < limit) {
        taken.push_back(std::move(events_.front()));
        events_.pop_front();
      }
      go_on.swap(next_);
    }
    if (go_on) (*go_on)();
    return taken;
  }

 private:
  Mutex mutex_;
  CondVar changed_;
  std::deque<ContactEvent> events_ ABSL_GUARDED_BY(mutex_);
  std::optional<rpc::ReadNext> next_ ABSL_GUARDED_BY(mutex_);
  std::optional<absl::Status> end_ ABSL_GUARDED_BY(mutex_);
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

class RpcStream final : public ContactEventStream {
 public:
  RpcStream(const Call& call, std::shared_ptr<Inbox> inbox)
      : inbox_(std::move(inbox)), forward_stop_(call.stop, [this] { stop_.request_stop(); }) {}
  ~RpcStream() override {
    stop_.request_stop();
    inbox_->Close();
  }

  std::stop_token stop() const { return stop_.get_token(); }
  absl::StatusOr<std::vector<ContactEvent>> Next(size_t limit, absl::Duration wait) override {
    return inbox_->Take(limit, wait);
  }

 private:
  const std::shared_ptr<Inbox> inbox_;
  std::stop_source stop_;
  std::stop_callback<std::function<void()>> forward_stop_;
};

}  // namespace

RpcContactEvents::RpcContactEvents(const rpc::Peer& contact_svc)
    : watch_(contact_svc, "limpid.contact.v1.ContactService/WatchContacts") {}

std::unique_ptr<ContactEventStream> RpcContactEvents::Watch(const Call& call, std::string cursor) {
  const auto inbox = std::make_shared<Inbox>();
  auto stream = std::make_unique<RpcStream>(call, inbox);
  Call of_stream = call;
  of_stream.stop = stream->stop();
  contact::v1::WatchContactsRequest request;
  request.set_cursor(std::move(cursor));
  watch_(
      of_stream, request,
      [inbox](const contact::v1::ContactEvent& event, rpc::ReadNext next) {
        inbox->Put(FromProto(event), std::move(next));
      },
      [inbox](absl::Status status) { inbox->End(std::move(status)); });
  return stream;
}

}  // namespace limpid::enrich
