#include "gateway/rpc/local_upstream.h"

#include "google/protobuf/descriptor.h"

#include "libs/base/error.h"
#include "libs/rpc/wire.h"

namespace limpid::gateway {

void LocalUpstream::Unary(const Call& call, const google::protobuf::MethodDescriptor& method,
                          std::unique_ptr<google::protobuf::Message> request, Done<Answer> done) {
  const auto it = methods_.find(method.name());
  if (it == methods_.end()) return done(Unimplemented("This is not offered."));
  // Shared: a task that is not admitted is destroyed, and what it holds with it.
  struct Work {
    Call call;
    std::unique_ptr<google::protobuf::Message> request;
    Done<Answer> done;
  };
  const auto work = std::make_shared<Work>(Work{call, std::move(request), std::move(done)});
  const absl::Status submitted = executor_->Submit([work, &handler = it->second] {
    if (absl::Status status = work->call.Check(); !status.ok()) return work->done(status);
    if (!work->call.idempotency_key.empty()) work->call.request_digest = rpc::RequestDigest(*work->request);
    work->done(handler(work->call, *work->request));
  });
  if (!submitted.ok()) work->done(submitted);
}

void LocalUpstream::ServerStream(const Call&, const google::protobuf::MethodDescriptor&,
                                 std::unique_ptr<google::protobuf::Message>,
                                 std::shared_ptr<StreamSink> sink) {
  sink->OnEnd(Unimplemented("This is not offered."));
}

}  // namespace limpid::gateway
