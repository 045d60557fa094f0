#pragma once

#include <grpcpp/support/byte_buffer.h>

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

/// SHA-256 in hexadecimal over a request's type and its deterministic serialisation: what an idempotency key
/// is bound to. The same for a request that came as JSON.
std::string RequestDigest(const google::protobuf::Message& request);

}  // namespace limpid::rpc
