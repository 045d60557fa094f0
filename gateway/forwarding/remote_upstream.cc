#include "gateway/forwarding/remote_upstream.h"

#include <string>
#include <utility>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "libs/base/error.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::Message;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;

const Message& Prototype(const Descriptor* type) {
  return *MessageFactory::generated_factory()->GetPrototype(type);
}

std::unique_ptr<Message> Copy(const Message& message) {
  std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  return copy;
}

}  // namespace

RemoteUpstream::RemoteUpstream(const rpc::Peer& peer, const std::vector<std::string_view>& services) {
  for (const std::string_view name : services) {
    const auto* service = DescriptorPool::generated_pool()->FindServiceByName(std::string(name));
    for (int i = 0; service != nullptr && i < service->method_count(); ++i) {
      const MethodDescriptor* method = service->method(i);
      if (method->client_streaming()) continue;
      methods_.emplace(method, rpc::internal::ClientMethod(
                                   peer, StrCat(name, "/", method->name()), Prototype(method->input_type()),
                                   Prototype(method->output_type()), method->server_streaming()));
    }
  }
}

void RemoteUpstream::Unary(const Call& call, const MethodDescriptor& method, std::unique_ptr<Message> request,
                           Done<Answer> done) {
  const auto found = methods_.find(&method);
  if (found == methods_.end()) return done(Unimplemented("This method is not forwarded."));
  std::unique_ptr<Message> response(Prototype(method.output_type()).New());
  found->second.Unary(call,
                      std::make_unique<rpc::AnyExchange>(
                          std::move(request), std::move(response),
                          [done = std::move(done)](absl::StatusOr<std::unique_ptr<Message>> answer) mutable {
                            done(std::move(answer));
                          }));
}

void RemoteUpstream::ServerStream(const Call& call, const MethodDescriptor& method,
                                  std::unique_ptr<Message> request, std::shared_ptr<StreamSink> sink) {
  const auto found = methods_.find(&method);
  if (found == methods_.end()) return sink->OnEnd(Unimplemented("This method is not forwarded."));
  found->second.Stream(
      call, *request, std::unique_ptr<Message>(Prototype(method.output_type()).New()),
      [sink](const Message& message, rpc::ReadNext next) {
        // The next one is read over this message: the sink keeps a copy.
        sink->OnMessage(Copy(message), [next = std::move(next)](bool go_on) mutable {
          if (go_on) next();
        });
      },
      [sink](absl::Status status) { sink->OnEnd(std::move(status)); });
}

}  // namespace limpid::gateway
