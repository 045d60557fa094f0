#pragma once

#include "gateway/capture/peers.h"
#include "libs/rpc/client.h"

namespace limpid::gateway {

/// The services that capture asks, over gRPC: through the network, or inside one process. Thread-safe.
class RpcCapturePeers final : public CapturePeers {
 public:
  struct Peers {
    rpc::Peer verify;
    rpc::Peer contact;
    rpc::Peer enrich;
  };
  explicit RpcCapturePeers(const Peers& peers);

  void VerifyPerson(const Call& call, verify::v1::VerifyPersonRequest request,
                    std::shared_ptr<verify::v1::VerifyPersonResponse> response, Answered done) override;
  void FindMatches(const Call& call, contact::v1::FindMatchesRequest request,
                   std::shared_ptr<contact::v1::FindMatchesResponse> response, Answered done) override;
  void PreviewEnrichment(const Call& call, enrich::v1::PreviewEnrichmentRequest request,
                         std::shared_ptr<enrich::v1::PreviewEnrichmentResponse> response,
                         Answered done) override;
  void RecordCapture(const Call& call, contact::v1::RecordCaptureRequest request,
                     Done<contact::v1::RecordCaptureResponse> done) override;
  void LookUpCapture(const Call& call, Done<contact::v1::RecordCaptureResponse> done) override;

 private:
  rpc::UnaryMethod<verify::v1::VerifyPersonRequest, verify::v1::VerifyPersonResponse> verify_person_;
  rpc::UnaryMethod<contact::v1::FindMatchesRequest, contact::v1::FindMatchesResponse> find_matches_;
  rpc::UnaryMethod<enrich::v1::PreviewEnrichmentRequest, enrich::v1::PreviewEnrichmentResponse> preview_;
  rpc::UnaryMethod<contact::v1::RecordCaptureRequest, contact::v1::RecordCaptureResponse> record_capture_;
  rpc::UnaryMethod<contact::v1::LookUpCaptureRequest, contact::v1::RecordCaptureResponse> look_up_capture_;
};

}  // namespace limpid::gateway
