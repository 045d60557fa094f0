#pragma once

#include <memory>
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
                    std::shared_ptr<verify::v1::VerifyPersonResponse> response, Answered done) override {
    asked.push_back("verify");
    verify_call = call;
    verify_request = std::move(request);
    Give(verdicts, *response, done);
  }
  void FindMatches(const Call&, contact::v1::FindMatchesRequest request,
                   std::shared_ptr<contact::v1::FindMatchesResponse> response, Answered done) override {
    asked.push_back("matches");
    match_request = std::move(request);
    Give(matches, *response, done);
  }
  void PreviewEnrichment(const Call&, enrich::v1::PreviewEnrichmentRequest,
                         std::shared_ptr<enrich::v1::PreviewEnrichmentResponse> response,
                         Answered done) override {
    asked.push_back("enrich");
    Done<enrich::v1::PreviewEnrichmentResponse> give =
        [response = std::move(response),
         done = std::move(done)](absl::StatusOr<enrich::v1::PreviewEnrichmentResponse> answer) mutable {
          Give(answer, *response, done);
        };
    if (hold_completions) {
      held_completions = std::move(give);
      return;
    }
    give(completions);
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

 private:
  template <class Response>
  static void Give(const absl::StatusOr<Response>& answer, Response& response, Answered& done) {
    if (answer.ok()) response = *answer;
    done(answer.status());
  }
};

}  // namespace limpid::gateway
