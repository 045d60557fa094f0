#pragma once

#include <memory>
#include <string>

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/service_type.h>

/// The barest gRPC that does what ours does: no door, no parsing, nothing but the library.
namespace limpid::bench {

/// Answers every call of `/limpid.bench.Echo/Call` with its own bytes.
std::unique_ptr<grpc::Service> MakeEcho();

/// Passes the frames of every call on to `target` and back, undecoded.
std::unique_ptr<grpc::Service> MakeDoor(std::shared_ptr<grpc::Channel> target);

inline constexpr char kEchoMethod[] = "/limpid.bench.Echo/Call";

}  // namespace limpid::bench
