#include "gateway/rpc/capture_service.h"

#include <utility>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "libs/base/error.h"
#include "libs/rpc/wire.h"

namespace limpid::gateway {
namespace {

using google::protobuf::Message;

class CaptureUpstream final : public Upstream {
 public:
  CaptureUpstream(CheckCapture& check, SubmitCapture& submit) : check_(check), submit_(submit) {}

  void Unary(const Call& call, const google::protobuf::MethodDescriptor& method,
             std::unique_ptr<Message> request, Done<Answer> done) override {
    if (method.input_type() == v1::CheckRequest::descriptor()) {
      return check_.Run(call, std::move(static_cast<v1::CheckRequest&>(*request)),
                        [done = std::move(done)](auto checked) mutable { done(std::move(checked)); });
    }
    auto& submit = static_cast<v1::SubmitRequest&>(*request);
    Call keyed = call;
    if (!keyed.idempotency_key.empty()) keyed.request_digest = rpc::RequestDigest(submit);
    submit_.Run(keyed, std::move(submit),
                [done = std::move(done)](absl::StatusOr<v1::SubmitResponse> submitted) mutable {
                  if (!submitted.ok()) return done(submitted.status());
                  done(std::make_shared<const v1::SubmitResponse>(*std::move(submitted)));
                });
  }

  void ServerStream(const Call&, const google::protobuf::MethodDescriptor&, std::unique_ptr<Message>,
                    std::shared_ptr<StreamSink> sink) override {
    sink->OnEnd(Unimplemented("Capture has no streams."));
  }

 private:
  CheckCapture& check_;
  SubmitCapture& submit_;
};

}  // namespace

std::unique_ptr<rpc::Service> BuildCaptureService(CheckCapture& check, SubmitCapture& submit,
                                                  std::shared_ptr<const rpc::Door> door) {
  return rpc::ServiceBuilder("limpid.gateway.v1.CaptureService", std::move(door))
      .Unary<v1::CheckRequest, v1::CheckResponse>(
          "Check",
          [&check](const Call& call, const v1::CheckRequest& request, v1::CheckResponse& response,
                   absl::AnyInvocable<void(absl::Status)> done) {
            check.Run(call, request, [&response, done = std::move(done)](auto checked) mutable {
              if (checked.ok()) response = **checked;
              done(checked.status());
            });
          },
          {.run = rpc::Run::kInline})
      .Unary<v1::SubmitRequest, v1::SubmitResponse>(
          "Submit", [&submit](const Call& call, const v1::SubmitRequest& request,
                              Done<v1::SubmitResponse> done) { submit.Run(call, request, std::move(done)); })
      .Build();
}

std::unique_ptr<Upstream> MakeCaptureUpstream(CheckCapture& check, SubmitCapture& submit) {
  return std::make_unique<CaptureUpstream>(check, submit);
}

}  // namespace limpid::gateway
