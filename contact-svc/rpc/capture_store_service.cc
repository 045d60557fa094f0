#include "contact-svc/rpc/capture_store_service.h"

#include <utility>

#include "google/protobuf/empty.pb.h"
#include "limpid/contact/v1/capture_store_service.pb.h"

#include "contact-svc/rpc/convert.h"
#include "contact-svc/rpc/handler.h"
#include "libs/base/error.h"

namespace limpid::contact {
namespace {

absl::Status Record(ContactCases& cases, const Call& call, const v1::RecordCaptureRequest& request,
                    v1::RecordCaptureResponse& response) {
  ErrorCollector inner;
  RecordCapture::Input in{.contact = FromProto(request.contact(), OutputOnlyFields::kRefused, inner),
                          .consents = {},
                          .default_region = request.default_region(),
                          .refused = request.refused(),
                          .check = request.check()};
  ErrorCollector errors;
  errors.Merge("contact", inner.Finish());
  if (absl::Status status = errors.Finish(); !status.ok()) return status;
  for (const v1::Consent& consent : request.consents()) in.consents.push_back(FromProto(consent));
  const absl::StatusOr<RecordedCapture> recorded = cases.record_capture.Run(call, std::move(in));
  if (recorded.ok()) ToProto(*recorded, response);
  return recorded.status();
}

absl::Status LookUp(ContactCases& cases, const Call& call, const v1::LookUpCaptureRequest&,
                    v1::RecordCaptureResponse& response) {
  const absl::StatusOr<RecordedCapture> recorded = cases.look_up_capture.Run(call);
  if (recorded.ok()) ToProto(*recorded, response);
  return recorded.status();
}

absl::Status ListHeld(ContactCases& cases, const Call& call, const v1::ListHeldCapturesRequest& request,
                      v1::ListHeldCapturesResponse& response) {
  const absl::StatusOr<ListHeldCaptures::Output> page =
      cases.list_held.Run(call, {.page_size = request.page_size(), .page_token = request.page_token()});
  if (!page.ok()) return page.status();
  for (const HeldCapture& capture : page->captures) ToProto(capture, *response.add_held_captures());
  response.set_next_page_token(page->next_page_token);
  return absl::OkStatus();
}

absl::Status DeleteHeld(ContactCases& cases, const Call& call, const v1::DeleteHeldCaptureRequest& request,
                        google::protobuf::Empty&) {
  const absl::StatusOr<std::string> id = IdOf(request.name(), kHeldCaptures, "name");
  if (!id.ok()) return id.status();
  return cases.delete_held.Run(call, *id);
}

}  // namespace

std::unique_ptr<rpc::Service> BuildCaptureStoreService(ContactCases& cases,
                                                       std::shared_ptr<const rpc::Door> door) {
  rpc::ServiceBuilder builder("limpid.contact.v1.CaptureStoreService", std::move(door));
  builder
      .Unary<v1::RecordCaptureRequest, v1::RecordCaptureResponse>("RecordCapture", HandlerOf(cases, Record))
      .Unary<v1::LookUpCaptureRequest, v1::RecordCaptureResponse>("LookUpCapture", HandlerOf(cases, LookUp))
      .Unary<v1::ListHeldCapturesRequest, v1::ListHeldCapturesResponse>("ListHeldCaptures",
                                                                        HandlerOf(cases, ListHeld))
      .Unary<v1::DeleteHeldCaptureRequest, google::protobuf::Empty>("DeleteHeldCapture",
                                                                    HandlerOf(cases, DeleteHeld));
  return builder.Build();
}

}  // namespace limpid::contact
