#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/duration.pb.h"
#include "limpid/contact/v1/contact_service.pb.h"
#include "limpid/enrich/v1/enrichment_service.pb.h"
#include "limpid/gateway/v1/capture_service.pb.h"
#include "limpid/verify/v1/person_service.pb.h"

#include "gateway/capture/check.h"
#include "gateway/capture/message_catalogue.h"

namespace limpid::gateway {

/// A message on the arena of a check, and whether it was filled.
template <class Response>
struct CaptureAnswer {
  absl::Status status = absl::UnknownError("not answered");
  Response* response = nullptr;
};

/// What the services said to a check. All messages lie on one arena, so that their parts change hands without
/// being copied.
struct CaptureAnswers {
  explicit CaptureAnswers(google::protobuf::Arena& arena);

  CaptureAnswer<verify::v1::VerifyPersonResponse> verdicts;
  CaptureAnswer<contact::v1::FindMatchesResponse> matches;
  CaptureAnswer<enrich::v1::PreviewEnrichmentResponse> completions;
  bool matches_wanted = true;
};

/// Makes the answer of the answers, which are spent. `response.normalized` holds the request. Returns the
/// decision for what was typed alone. Pure.
CaptureDecision Assemble(CaptureAnswers& answers, const MessageCatalogue& messages, std::string_view language,
                         v1::CheckResponse& response);

std::string RegionOf(const v1::CheckRequest& request, const TenantDefaults& defaults);
/// Where the address or the tenant is of another region than the one assumed, a number may be of that.
verify::v1::VerifyPersonRequest VerifyRequestOf(const v1::CheckRequest& request, const std::string& region,
                                                const TenantDefaults& defaults);
contact::v1::FindMatchesRequest MatchRequestOf(const v1::CheckRequest& request, const std::string& region);
enrich::v1::PreviewEnrichmentRequest PreviewRequestOf(const v1::CheckRequest& request,
                                                      const std::string& region);

void SetDuration(absl::Duration from, google::protobuf::Duration& to);

}  // namespace limpid::gateway
