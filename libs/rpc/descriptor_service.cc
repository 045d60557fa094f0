#include "libs/rpc/descriptor_service.h"

#include <algorithm>
#include <utility>

#include <google/protobuf/descriptor.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>

#include "libs/base/strings.h"
#include "libs/rpc/misbuilt.h"
#include "libs/rpc/unary_call.h"

namespace limpid::rpc {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using grpc::ByteBuffer;
using grpc::internal::RpcMethod;
using grpc::internal::RpcServiceMethod;

const ServiceDescriptor& Find(std::string_view full_name) {
  const ServiceDescriptor* found =
      DescriptorPool::generated_pool()->FindServiceByName(std::string(full_name));
  if (found == nullptr) Misbuilt(StrCat("no linked proto defines the service ", full_name));
  return *found;
}

}  // namespace

DescriptorService::DescriptorService(std::string_view full_name, std::shared_ptr<const Door> door)
    : descriptor_(Find(full_name)), door_(std::move(door)) {}

const std::string& DescriptorService::full_name() const { return descriptor_.full_name(); }

bool DescriptorService::Has(std::string_view method) const {
  return std::ranges::any_of(methods_,
                             [&](const auto& served) { return served->descriptor.name() == method; });
}

const ServedMethod& DescriptorService::Add(std::string_view name, Form form) {
  const MethodDescriptor* method = descriptor_.FindMethodByName(std::string(name));
  if (method == nullptr) Misbuilt(StrCat(full_name(), " has no method ", name));
  if (Has(name)) Misbuilt(StrCat(method->full_name(), " is served twice"));
  const Form declared = method->client_streaming()   ? Form::kBidi
                        : method->server_streaming() ? Form::kServerStream
                                                     : Form::kUnary;
  if (declared != form || (method->client_streaming() && !method->server_streaming())) {
    Misbuilt(StrCat(method->full_name(), " streams otherwise than it is served"));
  }
  methods_.push_back(std::make_unique<ServedMethod>(*method, door_));
  return *methods_.back();
}

void DescriptorService::AddUnary(std::string_view name, internal::UnaryHandler handler) {
  handlers_.push_back(std::make_unique<const internal::UnaryHandler>(std::move(handler)));
  AddUnary(name, [handler = handlers_.back().get()](const ServedMethod& served,
                                                    grpc::CallbackServerContext& context,
                                                    const PassedBytes& request, PassedBytes& response) {
    return UnaryCall::Start(served, *handler, context, request, response);
  });
  local_methods_.push_back({.served = methods_.back().get(), .handler = handlers_.back().get()});
}

void DescriptorService::AddUnary(std::string_view name, MakeUnary make) {
  const ServedMethod& method = Add(name, Form::kUnary);
  AddMethod(new RpcServiceMethod(method.path.c_str(), RpcMethod::NORMAL_RPC, nullptr));
  MarkMethodRawCallback(
      static_cast<int>(methods_.size()) - 1,
      new grpc::internal::CallbackUnaryHandler<PassedBytes, PassedBytes>(
          [&method, make = std::move(make)](grpc::CallbackServerContext* context, const PassedBytes* request,
                                            PassedBytes* response) {
            return make(method, *context, *request, *response);
          }));
}

void DescriptorService::AddServerStream(std::string_view name, MakeServerStream make) {
  const ServedMethod& method = Add(name, Form::kServerStream);
  AddMethod(new RpcServiceMethod(method.path.c_str(), RpcMethod::SERVER_STREAMING, nullptr));
  MarkMethodRawCallback(
      static_cast<int>(methods_.size()) - 1,
      new grpc::internal::CallbackServerStreamingHandler<ByteBuffer, ByteBuffer>(
          [&method, make = std::move(make)](grpc::CallbackServerContext* context, const ByteBuffer* request) {
            return make(method, *context, *request);
          }));
}

void DescriptorService::AddBidi(std::string_view name, MakeBidi make) {
  const ServedMethod& method = Add(name, Form::kBidi);
  AddMethod(new RpcServiceMethod(method.path.c_str(), RpcMethod::BIDI_STREAMING, nullptr));
  MarkMethodRawCallback(static_cast<int>(methods_.size()) - 1,
                        new grpc::internal::CallbackBidiHandler<ByteBuffer, ByteBuffer>(
                            [&method, make = std::move(make)](grpc::CallbackServerContext* context) {
                              return make(method, *context);
                            }));
}

}  // namespace limpid::rpc
