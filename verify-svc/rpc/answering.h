#pragma once

#include <memory>

#include "absl/status/status.h"

#include "libs/base/call.h"
#include "verify-svc/app/batch_size.h"
#include "verify-svc/rpc/convert.h"

/// The three ways in which a use case is asked over gRPC: one request, a row of a stream, a batch of rows.
namespace limpid::verify {

/// Reads, asks, writes. The error of a single request is the call's.
template <class UseCase, class Request, class Response>
absl::Status AnswerOne(const UseCase& use_case, const Call& call, const Request& request,
                       Response& response) {
  const auto query = ReadQuery(request);
  if (!query.ok()) return query.status();
  auto answer = use_case.Run(call, *query);
  if (!answer.ok()) return answer.status();
  Write(*std::move(answer), response);
  return absl::OkStatus();
}

/// As AnswerOne, but a fault of the row stands in the row's own answer.
template <class UseCase, class Request, class Verdict>
void AnswerRow(const UseCase& use_case, const Call& call, const Request& request, Verdict& verdict) {
  const absl::Status status = AnswerOne(use_case, call, request, verdict);
  if (!status.ok()) WriteFault(status, request, verdict);
}

/// Every row in its order; given up when nobody waits any more.
template <class UseCase, class Batch, class Verdicts>
absl::Status AnswerBatch(const UseCase& use_case, const Call& call, const Batch& batch, Verdicts& verdicts) {
  if (absl::Status status = CheckBatchSize(batch.requests_size()); !status.ok()) return status;
  verdicts.mutable_verdicts()->Reserve(batch.requests_size());
  for (const auto& request : batch.requests()) {
    if (absl::Status status = call.Check(); !status.ok()) return status;
    AnswerRow(use_case, call, request, *verdicts.add_verdicts());
  }
  return absl::OkStatus();
}

}  // namespace limpid::verify
