#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libs/http/exchange.h"
#include "libs/http/server.h"

namespace limpid::gateway {

/// Keeps what a handler answers, without a connection. Pieces of a stream are taken when the test says so.
class RecordedAnswer {
 public:
  RecordedAnswer() : exchange_(std::make_shared<Recorder>()) {}

  http::Responder responder() { return http::Responder(exchange_); }

  bool answered() const { return exchange_->response.has_value(); }
  int status() const { return answered() ? exchange_->response->status : 0; }
  /// The body; of a stream what has been written so far.
  const std::string& body() const { return exchange_->response->body; }
  /// Value of a header, empty when there is none.
  std::string header(std::string_view name) const {
    for (const auto& [key, value] : exchange_->response->headers) {
      if (http::SameHeaderName(key, name)) return value;
    }
    return {};
  }
  bool finished() const { return exchange_->finished; }
  bool aborted() const { return exchange_->aborted; }
  /// The client takes the piece that was written last.
  void Take(absl::Status status = absl::OkStatus()) {
    std::exchange(exchange_->written, nullptr)(std::move(status));
  }
  bool waiting() const { return static_cast<bool>(exchange_->written); }

 private:
  struct Recorder final : http::internal::Exchange {
    void Send(http::Response given) override {
      response = std::move(given);
      finished = true;
    }
    void StartStream(int status, http::Headers headers) override {
      response = http::Response{.status = status, .headers = std::move(headers)};
    }
    void Write(std::string piece, http::ResponseStream::Written done) override {
      response->body += piece;
      written = std::move(done);
    }
    void Finish() override { finished = true; }
    void Abort() override { aborted = true; }

    std::optional<http::Response> response;
    http::ResponseStream::Written written;
    bool finished = false;
    bool aborted = false;
  };

  std::shared_ptr<Recorder> exchange_;
};

}  // namespace limpid::gateway
