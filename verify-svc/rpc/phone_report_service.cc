#include "verify-svc/rpc/phone_report_service.h"

#include <string>
#include <utility>

#include "limpid/verify/v1/phone_report_service.pb.h"

#include "libs/base/error.h"
#include "libs/base/strings.h"
#include "libs/http/json_writer.h"
#include "verify-svc/rpc/answering.h"

namespace limpid::verify {
namespace {

void Take(NumberReports* reports, std::string_view token, const std::string& report, Finish finish) {
  if (reports == nullptr) return finish(NotFound("phoneReport", ""));
  reports->Take(token, report, std::move(finish));
}

// The parameters that say something, as one JSON object.
std::string ReportOf(const v1::NotePhoneReportRequest& request) {
  std::string json;
  const auto add = [&json](std::string_view name, const std::string& value) {
    StrAppend(json, json.empty() ? "{" : ",", "\"", name, "\":");
    http::AppendJsonString(value, json);
  };
  add("msisdn", request.msisdn());
  add("status", request.status());
  add("network", request.network());
  return json + "}";
}

}  // namespace

std::unique_ptr<rpc::Service> MakePhoneReportService(std::shared_ptr<const rpc::Door> door,
                                                     NumberReports* reports) {
  return rpc::ServiceBuilder("limpid.verify.v1.PhoneReportService", std::move(door))
      .Unary<v1::TakePhoneReportRequest, v1::TakePhoneReportResponse>(
          "TakePhoneReport",
          [reports](const Call& /*call*/, const v1::TakePhoneReportRequest& request,
                    v1::TakePhoneReportResponse& /*response*/, Finish finish) {
            std::string report;
            http::AppendJson(request.report(), report);
            Take(reports, request.token(), report, std::move(finish));
          },
          {.run = rpc::Run::kInline})
      .Unary<v1::NotePhoneReportRequest, v1::TakePhoneReportResponse>(
          "NotePhoneReport",
          [reports](const Call& /*call*/, const v1::NotePhoneReportRequest& request,
                    v1::TakePhoneReportResponse& /*response*/, Finish finish) {
            Take(reports, request.reference(), ReportOf(request), std::move(finish));
          },
          {.run = rpc::Run::kInline})
      .Build();
}

}  // namespace limpid::verify
