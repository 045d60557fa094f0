#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "limpid/gateway/v1/capture_service.pb.h"

#include "gateway/capture/decision.h"
#include "gateway/capture/message_catalogue.h"
#include "gateway/capture/peers.h"
#include "libs/base/call.h"
#include "libs/base/clock.h"

namespace limpid::gateway {

/// What a tenant's capture assumes where the caller says nothing.
struct TenantDefaults {
  std::string region = "FR";
  std::string language = "fr";
};

/// A check with what Submit needs of it beside the answer.
struct CheckedCapture {
  std::shared_ptr<v1::CheckResponse> response;
  /// The decision for what was typed alone: a match does not refuse a capture.
  CaptureDecision typed = CaptureDecision::kAccept;
};

/// Checks what a person typed: asks the three services at once, waits for them no longer than the budget, and
/// assembles what they said. What did not come in time is named in `incomplete` and decides nothing.
/// Thread-safe.
class CheckCapture {
 public:
  struct Options {
    absl::Duration default_budget = absl::Milliseconds(800);
  };
  using DefaultsOfTenant = std::function<TenantDefaults(const TenantId&)>;

  CheckCapture(Options options, CapturePeers& peers, std::shared_ptr<const MessageCatalogue> messages,
               DefaultsOfTenant defaults, const Clock& clock);

  void Run(const Call& call, v1::CheckRequest request, Done<std::shared_ptr<v1::CheckResponse>> done);
  /// The same for a request that has been validated.
  void Gather(const Call& call, v1::CheckRequest request, Done<CheckedCapture> done);

  /// `request.default_region`, else the address's, else the tenant's.
  std::string RegionFor(const Call& call, const v1::CheckRequest& request) const;

 private:
  class Gathering;

  const Options options_;
  CapturePeers& peers_;
  const std::shared_ptr<const MessageCatalogue> messages_;
  const DefaultsOfTenant defaults_;
  const Clock& clock_;
};

}  // namespace limpid::gateway
