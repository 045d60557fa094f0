#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include "libs/rpc/local_server.h"
#include "libs/rpc/served_call.h"
#include "libs/rpc/service.h"
#include "libs/rpc/wire.h"

namespace google::protobuf {
class ServiceDescriptor;
}

namespace limpid::rpc {

/// A grpc::Service whose methods are added at run time, in raw bytes, from a descriptor.
///
/// It does by hand what generated code does with the protected members of grpc::Service; see
/// docs/adr/2026-11-21-services-from-descriptors.md. Reflection and health know it like any other service.
class DescriptorService final : public Service, public grpc::Service {
 public:
  using MakeUnary = std::function<grpc::ServerUnaryReactor*(const ServedMethod&, grpc::CallbackServerContext&,
                                                            const PassedBytes&, PassedBytes&)>;
  using MakeServerStream = std::function<grpc::ServerWriteReactor<grpc::ByteBuffer>*(
      const ServedMethod&, grpc::CallbackServerContext&, const grpc::ByteBuffer&)>;
  using MakeBidi = std::function<grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>*(
      const ServedMethod&, grpc::CallbackServerContext&)>;

  /// A name that no linked proto has ends the process.
  DescriptorService(std::string_view full_name, std::shared_ptr<const Door> door);

  const std::string& full_name() const override;
  const google::protobuf::ServiceDescriptor& descriptor() const { return descriptor_; }

  /// A method with a handler of ours; callers of this process reach it without gRPC.
  void AddUnary(std::string_view method, internal::UnaryHandler handler);
  const std::vector<LocalMethod>& local_methods() const { return local_methods_; }

  /// Each adds one method of the descriptor; `make` is called once for each call, on a gRPC thread.
  void AddUnary(std::string_view method, MakeUnary make);
  void AddServerStream(std::string_view method, MakeServerStream make);
  void AddBidi(std::string_view method, MakeBidi make);
  bool Has(std::string_view method) const;

 private:
  enum class Form { kUnary, kServerStream, kBidi };
  const ServedMethod& Add(std::string_view method, Form form);

  const google::protobuf::ServiceDescriptor& descriptor_;
  const std::shared_ptr<const Door> door_;
  std::vector<std::unique_ptr<ServedMethod>> methods_;
  std::vector<std::unique_ptr<const internal::UnaryHandler>> handlers_;
  std::vector<LocalMethod> local_methods_;
};

}  // namespace limpid::rpc
