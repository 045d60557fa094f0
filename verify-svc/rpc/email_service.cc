#include "verify-svc/rpc/email_service.h"

#include <utility>
#include <vector>

#include "limpid/verify/v1/email_service.pb.h"

#include "verify-svc/rpc/answering.h"

namespace limpid::verify {
namespace {

// Rows of one stream that wait for the network at once.
constexpr int kRowsInFlight = 256;

// Every row in its order; a fault of a row stands in the row's own answer.
void AnswerBatch(const VerifyEmails& verify_emails, const Call& call,
                 const v1::BatchVerifyEmailsRequest& batch, v1::BatchVerifyEmailsResponse& verdicts,
                 Finish finish) {
  if (absl::Status status = CheckBatchSize(batch.requests_size()); !status.ok()) return finish(status);
  std::vector<EmailQuery> queries;
  std::vector<int> asked;  // The rows that they came from.
  verdicts.mutable_verdicts()->Reserve(batch.requests_size());
  for (int row = 0; row < batch.requests_size(); ++row) {
    const v1::VerifyEmailRequest& request = batch.requests(row);
    v1::EmailVerdict& verdict = *verdicts.add_verdicts();
    if (const auto query = ReadQuery(request); query.ok()) {
      queries.push_back(*query);
      asked.push_back(row);
    } else {
      WriteFault(query.status(), request, verdict);
    }
  }
  verify_emails.Run(call, queries,
                    [&batch, &verdicts, asked = std::move(asked), finish = std::move(finish)](
                        absl::StatusOr<std::vector<VerifyEmails::Row>> rows) mutable {
                      if (!rows.ok()) return finish(rows.status());
                      for (std::size_t i = 0; i < asked.size(); ++i) {
                        v1::EmailVerdict& verdict = *verdicts.mutable_verdicts(asked[i]);
                        if (VerifyEmails::Row& row = (*rows)[i]; row.ok()) {
                          Write(*std::move(row), verdict);
                        } else {
                          WriteFault(row.status(), batch.requests(asked[i]), verdict);
                        }
                      }
                      finish(absl::OkStatus());
                    });
}

}  // namespace

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
          [verify_emails = VerifyEmails(verify_email)](
              const Call& call, const v1::BatchVerifyEmailsRequest& batch,
              v1::BatchVerifyEmailsResponse& verdicts,
              Finish finish) { AnswerBatch(verify_emails, call, batch, verdicts, std::move(finish)); })
      .Map<v1::VerifyEmailRequest, v1::EmailVerdict>(
          "StreamVerifyEmails",
          [verify_email](const Call& call, const v1::VerifyEmailRequest& request, v1::EmailVerdict& verdict,
                         Finish finish) {
            AnswerRow(*verify_email, call, request, verdict, std::move(finish));
          },
          {.run = rpc::Run::kInline, .max_in_flight = kRowsInFlight})
      .Build();
}

}  // namespace limpid::verify
