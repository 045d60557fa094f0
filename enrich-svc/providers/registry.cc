#include "enrich-svc/providers/registry.h"

#include <utility>

#include "enrich-svc/providers/commune_table.h"
#include "enrich-svc/providers/counted_provider.h"
#include "enrich-svc/providers/email_domain.h"
#include "enrich-svc/providers/fr_communes.h"
#include "enrich-svc/providers/phone_region.h"
#include "enrich-svc/providers/phone_zones.h"
#include "libs/base/strings.h"

namespace limpid::enrich {

absl::StatusOr<Providers> MakeProviders(const std::string& data_dir,
                                        std::shared_ptr<const quality::QualityData> quality,
                                        MetricsRegistry& metrics) {
  const std::string france = StrCat(data_dir, "/fr");
  absl::StatusOr<std::shared_ptr<const CommuneTable>> communes = CommuneTable::Load(france);
  if (!communes.ok()) return communes.status();
  absl::StatusOr<std::shared_ptr<const PhoneZones>> zones = PhoneZones::Load(france);
  if (!zones.ok()) return zones.status();

  Providers providers;
  const auto plug_in = [&](std::unique_ptr<const Provider> provider) {
    providers.push_back(std::make_unique<CountedProvider>(std::move(provider), metrics));
  };
  // The order decides between equally sure answers: what the address itself says comes first.
  plug_in(std::make_unique<FrCommunesProvider>(*communes));
  plug_in(std::make_unique<PhoneRegionProvider>(*communes, *zones, quality::PhoneRules(quality)));
  plug_in(std::make_unique<EmailDomainProvider>(std::move(quality)));
  return providers;
}

}  // namespace limpid::enrich
