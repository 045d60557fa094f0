#include "verify-svc/rpc/phone_service.h"

#include <utility>
#include <vector>

#include "limpid/verify/v1/phone_service.pb.h"

#include "verify-svc/rpc/answering.h"

namespace limpid::verify {
namespace {

// The rows that can be read, asked together, so that the network is asked about all of them at once. Their
// places are those of their requests.
void AnswerPhones(const VerifyPhone& verify_phone, const Call& call,
                  const v1::BatchVerifyPhonesRequest& batch, v1::BatchVerifyPhonesResponse& verdicts,
                  Finish finish) {
  if (absl::Status status = CheckBatchSize(batch.requests_size()); !status.ok())
    return finish(std::move(status));
  verdicts.mutable_verdicts()->Reserve(batch.requests_size());
  std::vector<PhoneQuery> queries;
  std::vector<int> rows;
  for (int row = 0; row < batch.requests_size(); ++row) {
    v1::PhoneVerdict& verdict = *verdicts.add_verdicts();
    absl::StatusOr<PhoneQuery> query = ReadQuery(batch.requests(row));
    if (!query.ok()) {
      WriteFault(query.status(), batch.requests(row), verdict);
    } else {
      rows.push_back(row);
      queries.push_back(*std::move(query));
    }
  }
  verify_phone.RunAll(call, queries,
                      [&batch, &verdicts, rows = std::move(rows),
                       finish = std::move(finish)](absl::StatusOr<VerifyPhone::Answers> answers) mutable {
                        if (!answers.ok()) return finish(answers.status());
                        for (std::size_t i = 0; i < rows.size(); ++i) {
                          v1::PhoneVerdict& verdict = *verdicts.mutable_verdicts(rows[i]);
                          absl::StatusOr<PhoneAnswer>& answer = (*answers)[i];
                          if (answer.ok()) {
                            Write(*std::move(answer), verdict);
                          } else {
                            WriteFault(answer.status(), batch.requests(rows[i]), verdict);
                          }
                        }
                        finish(absl::OkStatus());
                      });
}

}  // namespace

std::unique_ptr<rpc::Service> MakePhoneService(std::shared_ptr<const rpc::Door> door,
                                               std::shared_ptr<const VerifyPhone> verify_phone,
                                               std::shared_ptr<const FormatPhone> format_phone) {
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
                         v1::BatchVerifyPhonesResponse& verdicts, Finish finish) {
            AnswerPhones(*verify_phone, call, batch, verdicts, std::move(finish));
          })
      .Map<v1::VerifyPhoneRequest, v1::PhoneVerdict>(
          "StreamVerifyPhones",
          [verify_phone](const Call& call, const v1::VerifyPhoneRequest& request, v1::PhoneVerdict& verdict,
                         Finish finish) {
            AnswerRow(*verify_phone, call, request, verdict, std::move(finish));
          },
          {.run = rpc::Run::kInline})
      .Unary<v1::FormatPhoneRequest, v1::FormatPhoneResponse>(
          "FormatPhone",
          [format_phone](const Call& call, const v1::FormatPhoneRequest& request,
                         v1::FormatPhoneResponse& response) {
            return AnswerFast(*format_phone, call, ReadQuery(request), response);
          },
          {.run = rpc::Run::kInline})
      .Build();
}

}  // namespace limpid::verify
