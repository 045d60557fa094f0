#include "libs/rpc/channel.h"

#include <google/protobuf/descriptor.h>
#include <grpc/grpc.h>
#include <grpcpp/grpcpp.h>

#include "libs/base/retry.h"
#include "libs/base/strings.h"
#include "libs/rpc/misbuilt.h"
#include "libs/rpc/process_setup.h"

namespace limpid::rpc {
namespace {

// Asks each address of the target by turns, and repeats reads that found a peer unavailable. gRPC itself adds
// the jitter, keeps to the call's deadline, and stops repeating while most calls fail (retryThrottling).
std::string ServiceConfig(const std::vector<std::string>& retried_reads) {
  std::string names;
  for (const std::string& path : retried_reads) {
    const size_t slash = path.find('/');
    if (slash == std::string::npos) Misbuilt(StrCat("no method path: ", path));
    StrAppend(names, names.empty() ? "" : ",", R"({"service":")", path.substr(0, slash), R"(","method":")",
              path.substr(slash + 1), R"("})");
  }
  std::string config =
      R"({"loadBalancingConfig":[{"round_robin":{}}],"healthCheckConfig":{"serviceName":""})";
  if (!names.empty()) {
    StrAppend(config, R"(,"retryThrottling":{"maxTokens":100,"tokenRatio":0.1},"methodConfig":[{"name":[)",
              names, R"(],"retryPolicy":{"maxAttempts":3,"initialBackoff":"0.02s","maxBackoff":"0.2s",)",
              R"("backoffMultiplier":2,"retryableStatusCodes":["UNAVAILABLE","CANCELLED"]}}])");
  }
  config.push_back('}');
  return config;
}

// No retries (we do them), no compression (nobody sends any), no idle channels, no limit of messages that a
// service of ours sends; the deadline stays gRPC's.
void LeaveOutWhatWeDo(grpc::ChannelArguments& arguments) {
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetInt(GRPC_ARG_MINIMAL_STACK, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_DEADLINE_CHECKS, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_CHANNELZ, 0);
}

}  // namespace

Channel MakeChannel(const ChannelOptions& options) {
  SetUpProcess();
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(ServiceConfig(options.retried_reads));
  arguments.SetMaxReceiveMessageSize(options.max_message_bytes);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS,
                   static_cast<int>(absl::ToInt64Milliseconds(options.keepalive_time)));
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                   static_cast<int>(absl::ToInt64Milliseconds(options.keepalive_timeout)));
  arguments.SetInt(GRPC_COMPRESSION_CHANNEL_ENABLED_ALGORITHMS_BITSET, 1);
  // A restarted peer is found within a second, not within the default two minutes.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  if (options.repeatable) LeaveOutWhatWeDo(arguments);
  return {.grpc = grpc::CreateCustomChannel(options.target, MakeChannelCredentials(options.tls), arguments),
          .local = nullptr,
          .retries = options.repeatable ? std::make_shared<RetryPolicy>(RetryPolicy::Options()) : nullptr};
}

}  // namespace limpid::rpc
