#include "verify-svc/rpc/phone_service.h"

#include <utility>

#include "limpid/verify/v1/phone_service.pb.h"

#include "verify-svc/rpc/answering.h"

namespace limpid::verify {

std::unique_ptr<rpc::Service> MakePhoneService(std::shared_ptr<const rpc::Door> door,
                                               std::shared_ptr<const VerifyPhone> verify_phone) {
  // FAST is computed in microseconds, so single requests are answered where they are read; a batch of a
  // thousand would keep a gRPC thread for too long.
  return rpc::ServiceBuilder("limpid.verify.v1.PhoneService", std::move(door))
      .Unary<v1::VerifyPhoneRequest, v1::PhoneVerdict>(
          "VerifyPhone",
          [verify_phone](const Call& call, const v1::VerifyPhoneRequest& request, v1::PhoneVerdict& verdict,
                         Finish finish) {
            AnswerOne(*verify_phone, call, request, verdict, std::move(finish));
          },
          {.run = rpc::Run::kInline})
      .Unary<v1::BatchVerifyPhonesRequest, v1::BatchVerifyPhonesResponse>(
          "BatchVerifyPhones",
          [verify_phone](const Call& call, const v1::BatchVerifyPhonesRequest& batch,
                         v1::BatchVerifyPhonesResponse& verdicts) {
            return AnswerBatch(*verify_phone, call, batch, verdicts);
          })
      .Map<v1::VerifyPhoneRequest, v1::PhoneVerdict>(
          "StreamVerifyPhones",
          [verify_phone](const Call& call, const v1::VerifyPhoneRequest& request, v1::PhoneVerdict& verdict,
                         Finish finish) {
            AnswerRow(*verify_phone, call, request, verdict, std::move(finish));
          },
          {.run = rpc::Run::kInline})
      .Build();
}

}  // namespace limpid::verify
