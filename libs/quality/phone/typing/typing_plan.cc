#include "libs/quality/phone/typing/typing_plan.h"

#include <utility>

#include <phonenumbers/phonemetadata.pb.h>

namespace limpid::quality {

using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneMetadataCollection;

namespace {

template <class Formats>
bool CompileFormats(const Formats& metadata, std::vector<TypingFormat>& formats) {
  for (const auto& format : metadata) {
    std::optional<TypingFormat> compiled = TypingFormat::Compile(format);
    if (!compiled) return false;
    if (compiled->usable()) formats.push_back(*std::move(compiled));
  }
  return true;
}

}  // namespace

std::optional<TypingTerritory> TypingTerritory::Compile(const PhoneMetadata& metadata) {
  TypingTerritory made;
  made.calling_code_ = metadata.country_code();
  // Networks of no country have no international prefix, and write it as letters.
  made.international_prefix_ = DigitPattern::Parse(metadata.international_prefix());
  if (metadata.has_national_prefix_for_parsing()) {
    made.national_prefix_ = DigitPattern::Parse(metadata.national_prefix_for_parsing());
    if (!made.national_prefix_) return std::nullopt;
  }
  if (!CompileFormats(metadata.number_format(), made.national_) ||
      !CompileFormats(metadata.intl_number_format(), made.international_)) {
    return std::nullopt;
  }
  return made;
}

std::optional<std::size_t> TypingTerritory::InternationalPrefix(std::string_view digits) const {
  if (!international_prefix_) return std::nullopt;
  const auto match = international_prefix_->MatchPrefix(digits);
  return match ? std::optional(match->length) : std::nullopt;
}

std::size_t TypingTerritory::NationalPrefix(std::string_view digits) const {
  if (!national_prefix_) return 0;
  const auto match = national_prefix_->MatchPrefix(digits);
  return match ? match->length : 0;
}

TypingPlan::Slot::~Slot() { delete compiled.load(); }

TypingPlan::TypingPlan(const PhoneMetadataCollection& metadata) {
  for (const PhoneMetadata& territory : metadata.metadata()) {
    const int code = territory.country_code();
    if (code <= 0 || code >= static_cast<int>(codes_.size())) continue;
    if (codes_[code] == nullptr) codes_[code] = std::make_unique<Slot>();
    if (codes_[code]->metadata == nullptr || territory.main_country_for_code()) {
      codes_[code]->metadata = &territory;
    }
  }
}

TypingPlan::~TypingPlan() = default;

const TypingTerritory* TypingPlan::Code(int calling_code) const {
  if (calling_code <= 0 || calling_code >= static_cast<int>(codes_.size())) return nullptr;
  if (codes_[calling_code] == nullptr) return nullptr;
  Slot& slot = *codes_[calling_code];
  const TypingTerritory* compiled = slot.compiled.load(std::memory_order_acquire);
  if (compiled != nullptr) return compiled;
  auto made = std::make_unique<const TypingTerritory>(
      TypingTerritory::Compile(*slot.metadata).value_or(TypingTerritory()));
  // Of threads that compile at once the first wins, and the others take what it made.
  if (slot.compiled.compare_exchange_strong(compiled, made.get(), std::memory_order_acq_rel)) {
    compiled = made.release();
  }
  return compiled;
}

}  // namespace limpid::quality
