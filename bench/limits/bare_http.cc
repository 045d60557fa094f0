#include "bench/limits/bare_http.h"

#include <atomic>
#include <string>
#include <utility>

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include "limpid/gateway/v1/capture_service.pb.h"

#include "bench/limits/bare_grpc.h"
#include "libs/http/json_reader.h"
#include "libs/http/json_writer.h"

namespace limpid::bench {
namespace {

using gateway::v1::CheckRequest;
using TypedStub = grpc::TemplatedGenericStub<CheckRequest, CheckRequest>;

void SendJson(const CheckRequest& message, http::Responder responder) {
  http::Response response;
  response.headers.emplace_back("Content-Type", "application/json");
  http::AppendJson(message, response.body);
  responder.Send(std::move(response));
}

class Echo final : public http::Handler {
 public:
  void Handle(http::Request request, http::Responder responder) override {
    http::Response response;
    response.body = std::move(request.body);
    responder.Send(std::move(response));
  }
};

// The calls of one request; the last answer in writes.
struct FanOut {
  struct Leg {
    grpc::ClientContext context;
    CheckRequest answer;
  };
  explicit FanOut(size_t legs_count) : legs(legs_count), pending(static_cast<int>(legs_count)) {}
  CheckRequest request;
  http::Responder responder;
  std::vector<Leg> legs;
  std::atomic<int> pending;
};

class Json final : public http::Handler {
 public:
  explicit Json(std::vector<std::shared_ptr<grpc::Channel>> echoes) {
    for (auto& channel : echoes) stubs_.push_back(std::make_unique<TypedStub>(std::move(channel)));
  }

  void Handle(http::Request request, http::Responder responder) override {
    auto fan_out = std::make_shared<FanOut>(stubs_.size());
    if (!http::ReadJson(request.body, fan_out->request).ok()) {
      return responder.Send({.status = 400, .headers = {}, .body = {}});
    }
    if (stubs_.empty()) return SendJson(fan_out->request, std::move(responder));
    fan_out->responder = std::move(responder);
    for (size_t i = 0; i < stubs_.size(); ++i) {
      FanOut::Leg& leg = fan_out->legs[i];
      stubs_[i]->UnaryCall(&leg.context, kEchoMethod, {}, &fan_out->request, &leg.answer,
                           [fan_out](grpc::Status status) {
                             if (fan_out->pending.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
                             if (!status.ok())
                               return fan_out->responder.Send({.status = 503, .headers = {}, .body = {}});
                             SendJson(fan_out->legs.front().answer, std::move(fan_out->responder));
                           });
    }
  }

 private:
  std::vector<std::unique_ptr<TypedStub>> stubs_;
};

}  // namespace

std::shared_ptr<http::Handler> MakeHttpEcho() { return std::make_shared<Echo>(); }

std::shared_ptr<http::Handler> MakeHttpJson(std::vector<std::shared_ptr<grpc::Channel>> echoes) {
  return std::make_shared<Json>(std::move(echoes));
}

}  // namespace limpid::bench
