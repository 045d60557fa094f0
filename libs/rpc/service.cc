#include "libs/rpc/service.h"

#include <google/protobuf/descriptor.h>

#include "libs/base/strings.h"
#include "libs/rpc/descriptor_service.h"
#include "libs/rpc/map_call.h"
#include "libs/rpc/misbuilt.h"
#include "libs/rpc/server_stream_call.h"

namespace limpid::rpc {

class ServiceBuilder::State {
 public:
  State(std::string_view full_name, std::shared_ptr<const Door> door)
      : service(std::make_unique<DescriptorService>(full_name, std::move(door))) {}

  void CheckTypes(std::string_view name, const google::protobuf::Message& request,
                  const google::protobuf::Message& response) const {
    const auto* method = service->descriptor().FindMethodByName(std::string(name));
    if (method == nullptr) Misbuilt(StrCat(service->full_name(), " has no method ", name));
    if (method->input_type() != request.GetDescriptor() ||
        method->output_type() != response.GetDescriptor()) {
      Misbuilt(StrCat(method->full_name(), " is served with other types than its proto says"));
    }
  }

  std::unique_ptr<DescriptorService> service;
};

ServiceBuilder::ServiceBuilder(std::string_view full_name, std::shared_ptr<const Door> door)
    : state_(std::make_unique<State>(full_name, std::move(door))) {}

ServiceBuilder::~ServiceBuilder() = default;

void ServiceBuilder::AddUnary(std::string_view method, internal::UnaryHandler handler) {
  state_->CheckTypes(method, *handler.request_prototype, *handler.response_prototype);
  state_->service->AddUnary(method, std::move(handler));
}

void ServiceBuilder::AddServerStream(std::string_view method, internal::ServerStreamHandler handler) {
  state_->CheckTypes(method, *handler.request_prototype, *handler.response_prototype);
  state_->service->AddServerStream(
      method, [handler = std::move(handler)](const ServedMethod& served, grpc::CallbackServerContext& context,
                                             const grpc::ByteBuffer& request) {
        return ServerStreamCall::Start(served, handler, context, request);
      });
}

void ServiceBuilder::AddMap(std::string_view method, internal::UnaryHandler handler, int max_in_flight) {
  state_->CheckTypes(method, *handler.request_prototype, *handler.response_prototype);
  state_->service->AddBidi(method, [handler = std::move(handler), max_in_flight](
                                       const ServedMethod& served, grpc::CallbackServerContext& context) {
    return MapCall::Start(served, handler, static_cast<size_t>(max_in_flight), context);
  });
}

std::unique_ptr<Service> ServiceBuilder::Build() {
  const auto& descriptor = state_->service->descriptor();
  for (int i = 0; i < descriptor.method_count(); ++i) {
    if (!state_->service->Has(descriptor.method(i)->name())) {
      Misbuilt(StrCat(descriptor.method(i)->full_name(), " has no handler"));
    }
  }
  return std::move(state_->service);
}

}  // namespace limpid::rpc
