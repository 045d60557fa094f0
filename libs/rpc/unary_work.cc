#include "libs/rpc/unary_work.h"

#include <utility>

#include "libs/rpc/wire.h"

namespace limpid::rpc {

// Ends a call when the handler calls it, and also when the handler loses it: no caller waits for nothing.
class UnaryWork::Ender {
 public:
  explicit Ender(UnaryWork* work) : work_(work) {}
  Ender(Ender&& other) noexcept : work_(std::exchange(other.work_, nullptr)) {}
  ~Ender() {
    if (work_ != nullptr) work_->Ended(absl::InternalError("a handler dropped its call"));
  }
  void operator()(const absl::Status& status) { std::exchange(work_, nullptr)->Ended(status); }

 private:
  UnaryWork* work_;
};

void UnaryWork::Work(const internal::UnaryHandler& handler, const ServedMethod& method, Call& call,
                     const google::protobuf::Message& request, google::protobuf::Message& response) {
  if (!call.idempotency_key.empty() && call.request_digest.empty()) {
    call.request_digest = RequestDigest(request);
  }
  if (handler.run == rpc::Run::kInline) return Run(handler, call, request, response);
  const absl::Status admitted = method.door->executor->Submit([this, &handler, &call, &request, &response] {
    // Its turn may have come too late.
    if (absl::Status check = call.Check(); !check.ok()) return Ended(check);
    Run(handler, call, request, response);
  });
  if (!admitted.ok()) Ended(admitted);
}

void UnaryWork::Run(const internal::UnaryHandler& handler, const Call& call,
                    const google::protobuf::Message& request, google::protobuf::Message& response) {
  if (handler.sync) return Ended(handler.sync(call, request, response));
  handler.async(call, request, response, Ender(this));
}

}  // namespace limpid::rpc
