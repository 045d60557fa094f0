#include "verify-svc/rpc/phone_history_service.h"

#include <utility>

#include "verify-svc/rpc/convert.h"

namespace limpid::verify {
namespace {

template <class Request>
ManageNumberHistory::Number NumberOf(const Request& request) {
  return {.phone = request.phone(), .default_region = request.default_region()};
}

}  // namespace

std::unique_ptr<rpc::Service> MakePhoneHistoryService(std::shared_ptr<const rpc::Door> door,
                                                      std::shared_ptr<const ManageNumberHistory> history) {
  return rpc::ServiceBuilder("limpid.verify.v1.PhoneHistoryService", std::move(door))
      .Unary<v1::ListPhoneHistoryRequest, v1::ListPhoneHistoryResponse>(
          "ListPhoneHistory",
          [history](const Call& call, const v1::ListPhoneHistoryRequest& request,
                    v1::ListPhoneHistoryResponse& response) {
            const auto entries = history->List(call, NumberOf(request));
            if (!entries.ok()) return entries.status();
            for (const NumberHistory::Entry& entry : *entries) Write(entry, *response.add_entries());
            return absl::OkStatus();
          })
      .Unary<v1::ForgetPhoneRequest, v1::ForgetPhoneResponse>(
          "ForgetPhone",
          [history](const Call& call, const v1::ForgetPhoneRequest& request,
                    v1::ForgetPhoneResponse& /*response*/) {
            return history->Forget(call, NumberOf(request));
          })
      .Build();
}

}  // namespace limpid::verify
