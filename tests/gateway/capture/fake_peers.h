#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/capture/peers.h"

namespace limpid::gateway {

/// Peers that answer when the test says so: for orders and faults that real services do not produce on
/// demand.
class FakePeers final : public CapturePeers {
 public:
  void VerifyPerson(const Call& call, verify::v1::VerifyPersonRequest request,
                    Done<verify::v1::VerifyPersonResponse> done) override {
    asked.push_back("verify");
    verify_call = call;
    verify_request = std::move(request);
    std::move(done)(verdicts);
  }
  void FindMatches(const Call&, contact::v1::FindMatchesRequest request,
                   Done<contact::v1::FindMatchesResponse> done) override {
    asked.push_back("matches");
    match_request = std::move(request);
    std::move(done)(matches);
  }
  void PreviewEnrichment(const Call&, enrich::v1::PreviewEnrichmentRequest,
                         Done<enrich::v1::PreviewEnrichmentResponse> done) override {
    asked.push_back("enrich");
    if (hold_completions) {
      held_completions = std::move(done);
      return;
    }
    std::move(done)(completions);
  }
  void RecordCapture(const Call& call, contact::v1::RecordCaptureRequest request,
                     Done<contact::v1::RecordCaptureResponse> done) override {
    asked.push_back("record");
    record_call = call;
    record_request = std::move(request);
    if (recorded.ok()) recorded->set_check(record_request.check());
    std::move(done)(recorded);
  }
  void LookUpCapture(const Call&, Done<contact::v1::RecordCaptureResponse> done) override {
    asked.push_back("look up");
    std::move(done)(stored);
  }

  /// Keeps the enrichment's answer back until the test calls `held_completions`.
  bool hold_completions = false;
  Done<enrich::v1::PreviewEnrichmentResponse> held_completions;
  std::vector<std::string> asked;
  Call verify_call;
  Call record_call;
  verify::v1::VerifyPersonRequest verify_request;
  contact::v1::FindMatchesRequest match_request;
  contact::v1::RecordCaptureRequest record_request;
  absl::StatusOr<verify::v1::VerifyPersonResponse> verdicts = verify::v1::VerifyPersonResponse();
  absl::StatusOr<contact::v1::FindMatchesResponse> matches = contact::v1::FindMatchesResponse();
  absl::StatusOr<enrich::v1::PreviewEnrichmentResponse> completions = enrich::v1::PreviewEnrichmentResponse();
  absl::StatusOr<contact::v1::RecordCaptureResponse> recorded = contact::v1::RecordCaptureResponse();
  absl::StatusOr<contact::v1::RecordCaptureResponse> stored = absl::NotFoundError("none");
};

}  // namespace limpid::gateway
