#pragma once

#include <grpcpp/impl/serialization_traits.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace google::protobuf {
class Message;
}

namespace limpid::rpc {

/// INVALID_ARGUMENT (MALFORMED_MESSAGE) when the caller ended its call without any message. Such bytes must
/// not be sent on: gRPC would end the process.
absl::Status CheckSent(const grpc::ByteBuffer& bytes);

/// Reads a message. INVALID_ARGUMENT with reason INVALID_UTF8 and the paths of all texts that are not UTF-8,
/// else with MALFORMED_MESSAGE.
absl::Status ParseMessage(const grpc::ByteBuffer& bytes, google::protobuf::Message& message);

/// Writes a message into one slice.
grpc::ByteBuffer SerializeMessage(const google::protobuf::Message& message);

/// Bytes of a call that change hands: a ByteBuffer knows no move, and gRPC would copy it at every step.
struct PassedBytes {
  mutable grpc::ByteBuffer bytes;  ///< Gone once they are sent.
};

/// A message that gRPC sends.
struct OutgoingMessage {
  const google::protobuf::Message* message;
};

/// A message that gRPC fills.
struct IncomingMessage {
  google::protobuf::Message* message;
  bool read = false;  ///< Whether one came, and was a message of this type.
};

/// SHA-256 in hexadecimal over a request's type and its deterministic serialisation: what an idempotency key
/// is bound to. The same for a request that came as JSON.
std::string RequestDigest(const google::protobuf::Message& request);

}  // namespace limpid::rpc

namespace grpc {

template <>
class SerializationTraits<limpid::rpc::PassedBytes> {
 public:
  static Status Serialize(const limpid::rpc::PassedBytes& passed, ByteBuffer* out, bool* own_buffer);
  static Status Deserialize(ByteBuffer* in, limpid::rpc::PassedBytes* passed);
};

template <>
class SerializationTraits<limpid::rpc::OutgoingMessage> {
 public:
  static Status Serialize(const limpid::rpc::OutgoingMessage& outgoing, ByteBuffer* out, bool* own_buffer);
};

template <>
class SerializationTraits<limpid::rpc::IncomingMessage> {
 public:
  /// OK also for what is no message: gRPC would drop any other status, and `read` says it.
  static Status Deserialize(ByteBuffer* in, limpid::rpc::IncomingMessage* incoming);
};

}  // namespace grpc
