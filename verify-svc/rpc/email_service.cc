#include "verify-svc/rpc/email_service.h"

#include <utility>

#include "limpid/verify/v1/email_service.pb.h"

#include "verify-svc/rpc/answering.h"

namespace limpid::verify {

std::unique_ptr<rpc::Service> MakeEmailService(std::shared_ptr<const rpc::Door> door,
                                               std::shared_ptr<const VerifyEmail> verify_email) {
  // FAST is computed in microseconds, so single requests are answered where they are read; a batch of a
  // thousand would keep a gRPC thread for too long.
  return rpc::ServiceBuilder("limpid.verify.v1.EmailService", std::move(door))
      .Unary<v1::VerifyEmailRequest, v1::EmailVerdict>(
          "VerifyEmail",
          [verify_email](const Call& call, const v1::VerifyEmailRequest& request, v1::EmailVerdict& verdict,
                         Finish finish) {
            AnswerOne(*verify_email, call, request, verdict, std::move(finish));
          },
          {.run = rpc::Run::kInline})
      .Unary<v1::BatchVerifyEmailsRequest, v1::BatchVerifyEmailsResponse>(
          "BatchVerifyEmails",
          [verify_email](const Call& call, const v1::BatchVerifyEmailsRequest& batch,
                         v1::BatchVerifyEmailsResponse& verdicts) {
            return AnswerBatch(*verify_email, call, batch, verdicts);
          })
      .Map<v1::VerifyEmailRequest, v1::EmailVerdict>(
          "StreamVerifyEmails",
          [verify_email](const Call& call, const v1::VerifyEmailRequest& request, v1::EmailVerdict& verdict,
                         Finish finish) {
            AnswerRow(*verify_email, call, request, verdict, std::move(finish));
          },
          {.run = rpc::Run::kInline})
      .Build();
}

}  // namespace limpid::verify
