#include "libs/rpc/process_setup.h"

#include <mutex>

#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <malloc.h>

#include "absl/synchronization/mutex.h"

#include "libs/base/clock.h"
#include "libs/base/log.h"
#include "libs/base/strings.h"
#include "libs/base/token_bucket.h"

namespace limpid::rpc {
namespace {

// gRPC reports what peers do to it (handshakes that fail, frames that break HTTP/2): whoever can connect can
// make it write, so only so many lines a minute are kept.
constexpr double kLinesPerMinute = 30;

void LogLine(gpr_log_func_args* args) {
  static TokenBucket& bucket = *new TokenBucket(kLinesPerMinute, kLinesPerMinute);
  if (bucket.TryAcquire(SystemClock().SteadyNow()) > absl::ZeroDuration()) return;
  Log(LogLevel::kWarning, "grpc",
      {{"where", Label(StrCat(args->file, ":", args->line))}, {"message", Label(args->message)}});
}

// Each call makes and frees some kilobytes. As it is set, glibc gives the end of its heap back to the system
// whenever 128 KiB of it are free, to ask for it again at the next call, and at each allocation of more than
// 1 KiB goes through the small chunks that it had put aside.
void KeepHeap() {
  constexpr int kKept = 64 << 20;
  constexpr int kStep = 1 << 20;
  mallopt(M_TRIM_THRESHOLD, kKept);
  mallopt(M_TOP_PAD, kStep);
  mallopt(M_MMAP_THRESHOLD, kStep);  // Which glibc would raise by itself if none of these were set.
  mallopt(M_MXFAST, 0);
}

// The threads that run gRPC's callbacks end with the last channel or server, and are joined by whoever drops
// it. That may be one of them, which gRPC 1.51 does not survive. So one channel is never dropped: a lame one,
// which has made its one call, for only then it counts.
void KeepCallbackThreads() {
  static const auto& channel = *new std::shared_ptr<grpc::Channel>(grpc::CreateChannel("", nullptr));
  static grpc::GenericStub& stub = *new grpc::GenericStub(channel);
  static const grpc::ByteBuffer& request = *new grpc::ByteBuffer(nullptr, 0);
  static grpc::ByteBuffer& response = *new grpc::ByteBuffer();
  auto* context = new grpc::ClientContext();
  stub.UnaryCall(context, "/none", {}, &request, &response,
                 [context](const grpc::Status&) { delete context; });
}

}  // namespace

void SetUpProcess() {
  static std::once_flag once;
  std::call_once(once, [] {
    KeepHeap();
    gpr_set_log_function(LogLine);
    // Debian's abseil looks for deadlocks at each lock that gRPC takes, release or not.
    absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
    KeepCallbackThreads();
    // Its lines about texts that are not UTF-8 are for the caller, who gets them as violations.
    google::protobuf::SetLogHandler(nullptr);
    grpc::EnableDefaultHealthCheckService(true);
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  });
}

}  // namespace limpid::rpc
