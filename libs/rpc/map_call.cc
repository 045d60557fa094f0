#include "libs/rpc/map_call.h"

#include <utility>

#include "libs/rpc/wire.h"

namespace limpid::rpc {

struct MapCall::Item {
  std::unique_ptr<google::protobuf::Message> request;
  std::unique_ptr<google::protobuf::Message> response;
};

// Counts one item of the stream as answered, also when the handler loses it. Keeps its messages alive until
// then.
class MapCall::Ender {
 public:
  Ender(MapCall* call, std::unique_ptr<Item> item) : call_(call), item_(std::move(item)) {}
  Ender(Ender&& other) noexcept : call_(std::exchange(other.call_, nullptr)), item_(std::move(other.item_)) {}
  ~Ender() {
    if (call_ != nullptr) call_->Answer(absl::InternalError("a handler dropped its call"), nullptr);
  }
  void operator()(const absl::Status& status) {
    std::exchange(call_, nullptr)->Answer(status, item_->response.get());
  }

 private:
  MapCall* call_;
  std::unique_ptr<Item> item_;
};

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* MapCall::Start(
    const ServedMethod& method, const internal::UnaryHandler& handler, size_t max_in_flight,
    grpc::CallbackServerContext& context) {
  auto* call = new MapCall(method, handler, max_in_flight, context);
  call->Enter();
  return call;
}

MapCall::MapCall(const ServedMethod& method, const internal::UnaryHandler& handler, size_t max_in_flight,
                 grpc::CallbackServerContext& context)
    : ServerCall(method, context), handler_(handler), max_in_flight_(max_in_flight) {}

void MapCall::Entered(absl::Status status) {
  bool my_turn = false;
  {
    MutexLock lock(mutex_);
    failure_ = std::move(status);
    my_turn = TakeTurn();
  }
  if (my_turn) Advance();
}

void MapCall::OnReadDone(bool ok) {
  absl::Status status;
  auto item = std::make_unique<Item>();
  if (ok) {
    item->request.reset(handler_.request_prototype->New());
    item->response.reset(handler_.response_prototype->New());
    status = ParseMessage(incoming_, *item->request);
  }
  bool work = false;
  {
    MutexLock lock(mutex_);
    reading_ = false;
    if (!ok) read_all_ = true;
    if (failure_.ok()) failure_ = status;
    // What arrives after a failure may arrive after the end as well, when nothing waits for its answer any
    // more.
    work = ok && failure_.ok();
    if (work) ++in_flight_;
  }
  if (work) Work(std::move(item));
  // This is a reaction, so the call is alive, whatever has become of the item.
  bool my_turn = false;
  {
    MutexLock lock(mutex_);
    my_turn = TakeTurn();
  }
  if (my_turn) Advance();
}

void MapCall::Work(std::unique_ptr<Item> item) {
  if (handler_.run == Run::kInline) return RunHandler(std::move(item));
  const absl::Status admitted = method().door->executor->Submit(
      [this, item = std::move(item)]() mutable { RunHandler(std::move(item)); });
  if (!admitted.ok()) Answer(admitted, nullptr);
}

void MapCall::RunHandler(std::unique_ptr<Item> item) {
  Item& taken = *item;
  if (handler_.sync) {
    const absl::Status status = handler_.sync(call(), *taken.request, *taken.response);
    return Answer(status, taken.response.get());
  }
  handler_.async(call(), *taken.request, *taken.response, Ender(this, std::move(item)));
}

void MapCall::Answer(const absl::Status& status, const google::protobuf::Message* response) {
  grpc::ByteBuffer bytes;
  if (status.ok()) bytes = SerializeMessage(*response);
  bool my_turn = false;
  {
    MutexLock lock(mutex_);
    --in_flight_;
    if (!status.ok()) {
      if (failure_.ok()) failure_ = status;
    } else if (failure_.ok()) {
      answers_.push_back(std::move(bytes));
    }
    my_turn = TakeTurn();
  }
  if (my_turn) Advance();
}

void MapCall::OnWriteDone(bool ok) {
  bool my_turn = false;
  {
    MutexLock lock(mutex_);
    writing_ = false;
    if (!ok && failure_.ok()) failure_ = absl::CancelledError("the reader of the stream has gone");
    my_turn = TakeTurn();
  }
  if (my_turn) Advance();
}

void MapCall::Advance() {
  for (;;) {
    bool read = false;
    bool write = false;
    bool finish = false;
    absl::Status failure;
    {
      MutexLock lock(mutex_);
      const bool failed = !failure_.ok();
      if (failed) answers_.clear();
      write = !writing_ && !answers_.empty();
      read = !failed && !reading_ && !read_all_ && in_flight_ + answers_.size() < max_in_flight_;
      finish = !writing_ && in_flight_ == 0 && (failed || (read_all_ && answers_.empty()));
      if (!read && !write && !finish) {
        advancing_ = false;
        return;
      }
      if (write) {
        writing_ = true;
        outgoing_.Swap(&answers_.front());
        answers_.pop_front();
      }
      if (read) reading_ = true;
      failure = failure_;
    }
    // Finish is the last thing that this call does: the turn is never given back, and `this` may be gone.
    if (finish) return Finish(Leave(failure));
    if (read) StartRead(&incoming_);
    if (write) StartWrite(&outgoing_);
  }
}

}  // namespace limpid::rpc
