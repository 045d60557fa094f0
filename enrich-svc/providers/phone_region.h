#pragma once

#include <memory>

#include "enrich-svc/app/provider.h"
#include "enrich-svc/providers/commune_table.h"
#include "enrich-svc/providers/phone_zones.h"
#include "libs/quality/phone/phone_rules.h"

namespace limpid::enrich {

/// Says where a phone number is at home: a French fixed number its region where its zone has one only, any
/// other number its country. People move and keep their number, so the country is a hint (never sure enough
/// to be stored). Offline; thread-safe.
class PhoneRegionProvider final : public Provider {
 public:
  PhoneRegionProvider(std::shared_ptr<const CommuneTable> table, std::shared_ptr<const PhoneZones> zones,
                      quality::PhoneRules rules);
  const ProviderInfo& info() const override { return info_; }
  void Ask(const Call& call, const Profile& profile, Done<Completions> done) const override;

 private:
  void AddZone(const PhoneZones::Zone& zone, const PostalAddress& address, Completions& out) const;

  const std::shared_ptr<const CommuneTable> table_;
  const std::shared_ptr<const PhoneZones> zones_;
  const quality::PhoneRules rules_;
  const ProviderInfo info_;
};

}  // namespace limpid::enrich
