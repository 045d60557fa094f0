// Bare servers whose figures are the limits that Limpid's are measured against (bench/README.md).
//
//   limits grpc-echo PORT
//   limits grpc-door PORT TARGET
//   limits http-echo PORT
//   limits http-json PORT [TARGET...]      one gRPC echo behind each target
//   limits http-json-inprocess PORT COUNT  COUNT gRPC echoes in this process
//   limits sign KEY                        a principal for the door of an inner service
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <signal.h>

#include "bench/limits/bare_grpc.h"
#include "bench/limits/bare_http.h"
#include "libs/rpc/principal.h"

namespace {

using limpid::bench::MakeDoor;
using limpid::bench::MakeEcho;

std::shared_ptr<grpc::Channel> ChannelTo(const std::string& target) {
  return grpc::CreateChannel(target, grpc::InsecureChannelCredentials());
}

std::unique_ptr<grpc::Server> Serve(grpc::Service& service, const std::string& port) {
  grpc::ServerBuilder builder;
  if (!port.empty()) builder.AddListeningPort("127.0.0.1:" + port, grpc::InsecureServerCredentials());
  builder.RegisterService(&service);
  return builder.BuildAndStart();
}

int Usage() {
  std::fputs("limits grpc-echo|grpc-door|http-echo|http-json|http-json-inprocess PORT [TARGET...|COUNT]\n",
             stderr);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return Usage();
  const std::string_view mode = argv[1];
  const std::string port = argv[2];
  if (mode == "sign") {
    limpid::rpc::PrincipalSigner signer({argv[2]});
    std::puts(signer.Sign({.tenant = limpid::TenantId("default"), .role = limpid::Role::kAdmin, .key = {}})
                  .c_str());
    return 0;
  }
  const std::vector<std::string> rest(argv + 3, argv + argc);

  std::vector<std::unique_ptr<grpc::Service>> services;
  std::vector<std::unique_ptr<grpc::Server>> grpc_servers;
  std::unique_ptr<limpid::http::Server> http_server;
  const auto serve_http = [&](std::shared_ptr<limpid::http::Handler> handler) {
    auto started = limpid::http::Server::Start({.port = static_cast<uint16_t>(std::stoi(port)), .threads = 2},
                                               std::move(handler));
    if (started.ok()) http_server = *std::move(started);
    return started.ok();
  };

  bool serving = false;
  if (mode == "grpc-echo" || (mode == "grpc-door" && rest.size() == 1)) {
    services.push_back(mode == "grpc-echo" ? MakeEcho() : MakeDoor(ChannelTo(rest.front())));
    grpc_servers.push_back(Serve(*services.back(), port));
    serving = grpc_servers.back() != nullptr;
  } else if (mode == "http-echo") {
    serving = serve_http(limpid::bench::MakeHttpEcho());
  } else if (mode == "http-json") {
    std::vector<std::shared_ptr<grpc::Channel>> echoes;
    for (const std::string& target : rest) echoes.push_back(ChannelTo(target));
    serving = serve_http(limpid::bench::MakeHttpJson(std::move(echoes)));
  } else if (mode == "http-json-inprocess" && rest.size() == 1) {
    std::vector<std::shared_ptr<grpc::Channel>> echoes;
    for (int i = 0; i < std::stoi(rest.front()); ++i) {
      services.push_back(MakeEcho());
      grpc_servers.push_back(Serve(*services.back(), ""));
      echoes.push_back(grpc_servers.back()->InProcessChannel({}));
    }
    serving = serve_http(limpid::bench::MakeHttpJson(std::move(echoes)));
  } else {
    return Usage();
  }
  if (!serving) {
    std::fprintf(stderr, "port %s cannot be served\n", port.c_str());
    return 1;
  }
  std::fputs("serving\n", stderr);
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  int signal = 0;
  sigprocmask(SIG_BLOCK, &ends, nullptr);
  sigwait(&ends, &signal);
  std::quick_exit(0);
}
