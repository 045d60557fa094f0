#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "limpid/enrich/v1/enrichment_service.pb.h"
#include "limpid/enrich/v1/scenario_service.pb.h"

#include "enrich-svc/app/ask_providers.h"
#include "enrich-svc/app/enrich_contact.h"
#include "enrich-svc/app/provider.h"
#include "enrich-svc/domain/completion.h"
#include "enrich-svc/domain/profile.h"
#include "enrich-svc/domain/run.h"
#include "enrich-svc/domain/scenario.h"

/// Between the messages of our doors and our values.
namespace limpid::enrich {

/// `contacts/c1` of the collection `contacts` is `c1`. INVALID_ARGUMENT at `name` for any other form.
absl::StatusOr<std::string> IdFromName(std::string_view collection, std::string_view name);

Profile FromProto(const v1::PreviewEnrichmentRequest& request);

void ToProto(const Completion& completion, type::v1::Completion& out);
void ToProto(const ProviderAnswers& answers, v1::PreviewEnrichmentResponse& out);
/// INTERNAL when the contact cannot be read back.
absl::StatusOr<v1::EnrichContactResponse> ToProto(const EnrichedContact& enriched);
v1::Provider ToProto(const ProviderInfo& provider);
v1::Scenario ToProto(const Scenario& scenario);
v1::Run ToProto(const Run& run);

}  // namespace limpid::enrich
