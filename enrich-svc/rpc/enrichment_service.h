#pragma once

#include <memory>

#include "enrich-svc/app/enrich_contact.h"
#include "enrich-svc/app/list_providers.h"
#include "enrich-svc/app/preview_enrichment.h"
#include "libs/rpc/service.h"

namespace limpid::enrich {

/// The door `limpid.enrich.v1.EnrichmentService`. The use cases must outlive it.
std::unique_ptr<rpc::Service> BuildEnrichmentService(const PreviewEnrichment& preview,
                                                     const EnrichContact& enrich,
                                                     const ListProviders& list_providers,
                                                     std::shared_ptr<const rpc::Door> door);

}  // namespace limpid::enrich
