#pragma once

#include <memory>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

#include "libs/base/call.h"
#include "verify-svc/app/batch_size.h"
#include "verify-svc/rpc/convert.h"

/// The three ways in which a use case is asked over gRPC: one request, a row of a stream, a batch of rows.
///
/// A use case answers FAST by `Run(call, query)`, at once and on any thread, and deeper depths by
/// `Run(call, query, done)`, which waits on the network without a thread.
namespace limpid::verify {

using Finish = absl::AnyInvocable<void(absl::Status)>;

/// Asks at FAST and writes.
template <class UseCase, class Query, class Response>
absl::Status AnswerFast(const UseCase& use_case, const Call& call, const Query& query, Response& response) {
  auto answer = use_case.Run(call, query);
  if (!answer.ok()) return answer.status();
  Write(*std::move(answer), response);
  return absl::OkStatus();
}

/// Reads, asks, writes. The error of a single request is the call's.
template <class UseCase, class Request, class Response>
void AnswerOne(const UseCase& use_case, const Call& call, const Request& request, Response& response,
               Finish finish) {
  const auto query = ReadQuery(request);
  if (!query.ok()) return finish(query.status());
  if (query->depth == Depth::kFast) return finish(AnswerFast(use_case, call, *query, response));
  use_case.Run(call, *query, [&response, finish = std::move(finish)](auto answer) mutable {
    if (answer.ok()) Write(*std::move(answer), response);
    finish(answer.status());
  });
}

/// As AnswerOne, but a fault of the row stands in the row's own answer.
template <class UseCase, class Request, class Verdict>
void AnswerRow(const UseCase& use_case, const Call& call, const Request& request, Verdict& verdict,
               Finish finish) {
  const auto query = ReadQuery(request);
  if (!query.ok() || query->depth == Depth::kFast) {
    const absl::Status status = query.ok() ? AnswerFast(use_case, call, *query, verdict) : query.status();
    if (!status.ok()) WriteFault(status, request, verdict);
    return finish(absl::OkStatus());
  }
  use_case.Run(call, *query, [&request, &verdict, finish = std::move(finish)](auto answer) mutable {
    if (answer.ok()) {
      Write(*std::move(answer), verdict);
    } else {
      WriteFault(answer.status(), request, verdict);
    }
    finish(absl::OkStatus());
  });
}

/// Every row in its order, at FAST; given up when nobody waits any more.
template <class UseCase, class Batch, class Verdicts>
absl::Status AnswerBatch(const UseCase& use_case, const Call& call, const Batch& batch, Verdicts& verdicts) {
  if (absl::Status status = CheckBatchSize(batch.requests_size()); !status.ok()) return status;
  verdicts.mutable_verdicts()->Reserve(batch.requests_size());
  for (const auto& request : batch.requests()) {
    if (absl::Status status = call.Check(); !status.ok()) return status;
    auto& verdict = *verdicts.add_verdicts();
    const auto query = ReadQuery(request);
    const absl::Status status = query.ok() ? AnswerFast(use_case, call, *query, verdict) : query.status();
    if (!status.ok()) WriteFault(status, request, verdict);
  }
  return absl::OkStatus();
}

}  // namespace limpid::verify
