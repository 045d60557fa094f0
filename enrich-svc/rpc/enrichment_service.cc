#include "enrich-svc/rpc/enrichment_service.h"

#include <string>
#include <utility>

#include "limpid/enrich/v1/enrichment_service.pb.h"

#include "enrich-svc/rpc/convert.h"

namespace limpid::enrich {

std::unique_ptr<rpc::Service> BuildEnrichmentService(const PreviewEnrichment& preview,
                                                     const EnrichContact& enrich,
                                                     const ListProviders& list_providers,
                                                     std::shared_ptr<const rpc::Door> door) {
  return rpc::ServiceBuilder("limpid.enrich.v1.EnrichmentService", std::move(door))
      .Unary<v1::PreviewEnrichmentRequest, v1::PreviewEnrichmentResponse>(
          "PreviewEnrichment",
          [&preview](const Call& call, const v1::PreviewEnrichmentRequest& request,
                     v1::PreviewEnrichmentResponse& response, absl::AnyInvocable<void(absl::Status)> done) {
            preview.Run(call, FromProto(request),
                        [&response, done = std::move(done)](absl::StatusOr<ProviderAnswers> answers) mutable {
                          if (answers.ok()) ToProto(*answers, response);
                          done(answers.status());
                        });
          },
          // The providers ask tables in memory, or wait by callback.
          {.run = rpc::Run::kInline})
      .Unary<v1::EnrichContactRequest, v1::EnrichContactResponse>(
          "EnrichContact",
          [&enrich](const Call& call, const v1::EnrichContactRequest& request,
                    Done<v1::EnrichContactResponse> done) {
            const absl::StatusOr<std::string> id = IdFromName("contacts", request.name());
            if (!id.ok()) return done(id.status());
            enrich.Run(call, ContactId(*id),
                       [done = std::move(done)](absl::StatusOr<EnrichedContact> enriched) mutable {
                         if (!enriched.ok()) return done(enriched.status());
                         done(ToProto(*enriched));
                       });
          })
      .Unary<v1::ListProvidersRequest, v1::ListProvidersResponse>(
          "ListProviders",
          [&list_providers](const Call& call, const v1::ListProvidersRequest& request,
                            v1::ListProvidersResponse& response) {
            const absl::StatusOr<ListProviders::Page> page =
                list_providers.Run(call, request.page_size(), request.page_token());
            if (!page.ok()) return page.status();
            for (const ProviderInfo& provider : page->providers)
              *response.add_providers() = ToProto(provider);
            response.set_next_page_token(page->next_page_token);
            return absl::OkStatus();
          },
          {.run = rpc::Run::kInline})
      .Build();
}

}  // namespace limpid::enrich
