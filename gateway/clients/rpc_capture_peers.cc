#include "gateway/clients/rpc_capture_peers.h"

#include <utility>

namespace limpid::gateway {

RpcCapturePeers::RpcCapturePeers(const Peers& peers)
    : verify_person_(peers.verify.ForRepeatableCalls(), "limpid.verify.v1.PersonService/VerifyPerson"),
      find_matches_(peers.contact.ForRepeatableCalls(), "limpid.contact.v1.ContactService/FindMatches"),
      preview_(peers.enrich.ForRepeatableCalls(), "limpid.enrich.v1.EnrichmentService/PreviewEnrichment"),
      record_capture_(peers.contact, "limpid.contact.v1.CaptureStoreService/RecordCapture"),
      look_up_capture_(peers.contact, "limpid.contact.v1.CaptureStoreService/LookUpCapture") {}

void RpcCapturePeers::VerifyPerson(const Call& call, verify::v1::VerifyPersonRequest request,
                                   std::shared_ptr<verify::v1::VerifyPersonResponse> response,
                                   Answered done) {
  verify_person_(call, std::move(request), std::move(response), std::move(done));
}

void RpcCapturePeers::FindMatches(const Call& call, contact::v1::FindMatchesRequest request,
                                  std::shared_ptr<contact::v1::FindMatchesResponse> response, Answered done) {
  find_matches_(call, std::move(request), std::move(response), std::move(done));
}

void RpcCapturePeers::PreviewEnrichment(const Call& call, enrich::v1::PreviewEnrichmentRequest request,
                                        std::shared_ptr<enrich::v1::PreviewEnrichmentResponse> response,
                                        Answered done) {
  Call as_gateway = call;
  as_gateway.role = Role::kService;
  preview_(as_gateway, std::move(request), std::move(response), std::move(done));
}

void RpcCapturePeers::RecordCapture(const Call& call, contact::v1::RecordCaptureRequest request,
                                    Done<contact::v1::RecordCaptureResponse> done) {
  record_capture_(call, std::move(request), std::move(done));
}

void RpcCapturePeers::LookUpCapture(const Call& call, Done<contact::v1::RecordCaptureResponse> done) {
  look_up_capture_(call, contact::v1::LookUpCaptureRequest(), std::move(done));
}

}  // namespace limpid::gateway
