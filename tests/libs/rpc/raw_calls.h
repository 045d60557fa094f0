#pragma once

#include <future>
#include <string>

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/support/byte_buffer.h>

#include "libs/rpc/channel.h"

namespace limpid::rpc {

inline const std::string kEchoPath = "/limpid.testing.v1.EchoService/Echo";
inline const std::string kEchoEachPath = "/limpid.testing.v1.EchoService/EchoEach";

inline std::string TextOf(const grpc::ByteBuffer& bytes) {
  std::vector<grpc::Slice> slices;
  std::string text;
  if (!bytes.Dump(&slices).ok()) return text;
  for (const grpc::Slice& slice : slices)
    text.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return text;
}

inline grpc::ByteBuffer BytesOf(const std::string& text) {
  const grpc::Slice slice(text);
  return grpc::ByteBuffer(&slice, 1);
}

/// One unary call in raw bytes, with what `context` says.
inline grpc::Status RawCall(const Channel& channel, const std::string& path, const std::string& request,
                            grpc::ClientContext& context, std::string* response = nullptr) {
  grpc::GenericStub stub(channel.grpc);
  const grpc::ByteBuffer in = BytesOf(request);
  grpc::ByteBuffer out;
  std::promise<grpc::Status> done;
  stub.UnaryCall(&context, path, {}, &in, &out,
                 [&done](grpc::Status status) { done.set_value(std::move(status)); });
  grpc::Status status = done.get_future().get();
  if (response != nullptr) *response = TextOf(out);
  return status;
}

/// A call that ends without having sent a message, which no client of the usual kind does.
inline grpc::Status CallWithoutMessage(const Channel& channel, const std::string& path,
                                       grpc::ClientContext& context) {
  grpc::GenericStub stub(channel.grpc);
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareCall(&context, path, &queue);
  const auto wait = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
  };
  grpc::Status status;
  call->StartCall(nullptr);
  wait();
  call->WritesDone(nullptr);
  wait();
  call->Finish(&status, nullptr);
  wait();
  return status;
}

}  // namespace limpid::rpc
