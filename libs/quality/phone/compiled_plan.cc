#include "libs/quality/phone/compiled_plan.h"

#include <algorithm>

#include <phonenumbers/phonemetadata.pb.h>

namespace limpid::quality {

using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneMetadataCollection;

CompiledPlan::Slot::~Slot() { delete compiled.load(); }

CompiledPlan::CompiledPlan(const PhoneMetadataCollection& metadata) : homes_{} {
  for (const PhoneMetadata& territory : metadata.metadata()) {
    const int code = territory.country_code();
    if (code <= 0 || code >= static_cast<int>(codes_.size())) continue;
    if (codes_[code] == nullptr) codes_[code] = std::make_unique<Slot>();
    CallingCode::Metadata& sharing = codes_[code]->metadata;
    sharing.insert(territory.main_country_for_code() ? sharing.begin() : sharing.end(), &territory);
  }
  for (std::size_t code = 0; code < codes_.size(); ++code) {
    if (codes_[code] == nullptr) continue;
    const CallingCode::Metadata& sharing = codes_[code]->metadata;
    for (std::size_t t = 0; t < sharing.size(); ++t) {
      const std::optional<std::size_t> index = RegionIndex(sharing[t]->id());
      if (index) homes_[*index] = {.calling_code = static_cast<int>(code), .territory = t};
    }
  }
}

CompiledPlan::~CompiledPlan() = default;

std::optional<CompiledPlan::Home> CompiledPlan::Find(std::string_view region) const {
  const std::optional<std::size_t> index = RegionIndex(region);
  if (!index || homes_[*index].calling_code == 0) return std::nullopt;
  return homes_[*index];
}

std::string CompiledPlan::TrunkPrefix(std::string_view region) const {
  const std::optional<Home> home = Find(region);
  if (!home) return {};
  std::string prefix = codes_[home->calling_code]->metadata[home->territory]->national_prefix();
  // A tilde is where one waits for another tone.
  std::erase(prefix, '~');
  return prefix;
}

const CallingCode* CompiledPlan::Code(int calling_code) const {
  if (!Exists(calling_code)) return nullptr;
  Slot& slot = *codes_[calling_code];
  const CallingCode* compiled = slot.compiled.load(std::memory_order_acquire);
  if (compiled != nullptr || slot.left_to_library.load(std::memory_order_relaxed)) return compiled;
  std::unique_ptr<const CallingCode> made = CallingCode::Compile(slot.metadata);
  if (made == nullptr) {
    slot.left_to_library.store(true, std::memory_order_relaxed);
    return nullptr;
  }
  // Of threads that compile at once the first wins, and the others take what it made.
  if (slot.compiled.compare_exchange_strong(compiled, made.get(), std::memory_order_acq_rel)) {
    compiled = made.release();
  }
  return compiled;
}

}  // namespace limpid::quality
