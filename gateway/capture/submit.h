#pragma once

#include "limpid/gateway/v1/capture_service.pb.h"

#include "gateway/capture/check.h"
#include "gateway/capture/peers.h"
#include "libs/base/call.h"

namespace limpid::gateway {

/// Checks what a person typed and stores what is accepted.
///
/// Under an idempotency key the stored answer is looked up first: a repeat is answered whole and checks
/// nothing anew. The budget bounds the checks; the write has what is left of the call. Thread-safe.
class SubmitCapture {
 public:
  SubmitCapture(CheckCapture& check, CapturePeers& peers, const Clock& clock)
      : check_(check), peers_(peers), clock_(clock) {}

  void Run(const Call& call, v1::SubmitRequest request, Done<v1::SubmitResponse> done);

 private:
  void CheckAndRecord(const Call& call, v1::SubmitRequest request, Done<v1::SubmitResponse> done);
  void Record(const Call& call, v1::SubmitRequest request, CheckedCapture checked,
              Done<v1::SubmitResponse> done);

  CheckCapture& check_;
  CapturePeers& peers_;
  const Clock& clock_;
};

}  // namespace limpid::gateway
