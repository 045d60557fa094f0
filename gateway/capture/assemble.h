#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"
#include "limpid/contact/v1/contact_service.pb.h"
#include "limpid/enrich/v1/enrichment_service.pb.h"
#include "limpid/gateway/v1/capture_service.pb.h"
#include "limpid/verify/v1/person_service.pb.h"

#include "gateway/capture/check.h"
#include "gateway/capture/message_catalogue.h"

namespace limpid::gateway {

/// What the services said to a check.
struct CaptureAnswers {
  v1::CheckRequest request;
  absl::StatusOr<verify::v1::VerifyPersonResponse> verdicts;
  absl::StatusOr<contact::v1::FindMatchesResponse> matches;
  absl::StatusOr<enrich::v1::PreviewEnrichmentResponse> completions;
  bool matches_wanted = true;
};

/// Makes the answer of the answers. Pure.
CheckedCapture Assemble(CaptureAnswers answers, const MessageCatalogue& messages, std::string_view language);

std::string RegionOf(const v1::CheckRequest& request, const TenantDefaults& defaults);
verify::v1::VerifyPersonRequest VerifyRequestOf(const v1::CheckRequest& request, const std::string& region);
contact::v1::FindMatchesRequest MatchRequestOf(const v1::CheckRequest& request, const std::string& region);
enrich::v1::PreviewEnrichmentRequest PreviewRequestOf(const v1::CheckRequest& request,
                                                      const std::string& region);

void SetDuration(absl::Duration from, google::protobuf::Duration& to);

}  // namespace limpid::gateway
