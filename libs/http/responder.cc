#include <utility>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/http/exchange.h"
#include "libs/http/problem.h"
#include "libs/http/server.h"

namespace limpid::http {

ResponseStream::ResponseStream(std::shared_ptr<internal::Exchange> exchange)
    : exchange_(std::move(exchange)) {}

ResponseStream::ResponseStream(ResponseStream&&) noexcept = default;

ResponseStream& ResponseStream::operator=(ResponseStream&& other) noexcept {
  if (exchange_ != nullptr) exchange_->Abort();
  exchange_ = std::move(other.exchange_);
  return *this;
}

ResponseStream::~ResponseStream() {
  if (exchange_ != nullptr) exchange_->Abort();
}

void ResponseStream::Write(std::string piece, Written written) {
  exchange_->Write(std::move(piece), std::move(written));
}

void ResponseStream::Finish() { std::exchange(exchange_, nullptr)->Finish(); }

Responder::Responder(std::shared_ptr<internal::Exchange> exchange) : exchange_(std::move(exchange)) {}

Responder::Responder(Responder&&) noexcept = default;

Responder& Responder::operator=(Responder&& other) noexcept {
  std::swap(exchange_, other.exchange_);
  return *this;
}

Responder::~Responder() {
  if (exchange_ == nullptr) return;
  exchange_->Send(
      ProblemResponse(MakeError(absl::StatusCode::kInternal, reason::kInternal, "unanswered"), {}));
}

void Responder::Send(Response response) { std::exchange(exchange_, nullptr)->Send(std::move(response)); }

ResponseStream Responder::Stream(int status, Headers headers) {
  exchange_->StartStream(status, std::move(headers));
  return ResponseStream(std::exchange(exchange_, nullptr));
}

}  // namespace limpid::http
