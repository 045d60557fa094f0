#pragma once

#include <memory>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "libs/http/server.h"

/// The barest HTTP paths that end where ours end, from the same HTTP server, JSON and gRPC.
namespace limpid::bench {

/// Answers with the request's body.
std::shared_ptr<http::Handler> MakeHttpEcho();

/// Reads the body as a CheckRequest, sends it to each of `echoes` at once, waits for all, and writes what
/// came back as JSON. Without echoes: JSON both ways alone.
std::shared_ptr<http::Handler> MakeHttpJson(std::vector<std::shared_ptr<grpc::Channel>> echoes);

}  // namespace limpid::bench
