#include "verify-svc/app/format_phone.h"

#include <utility>

namespace limpid::verify {

FormatPhone::FormatPhone(std::shared_ptr<const RulesInForce> rules, std::string default_region)
    : rules_(std::move(rules)), default_region_(std::move(default_region)) {}

absl::StatusOr<quality::TypedEntry> FormatPhone::Run(const Call& /*call*/, const TypingQuery& query) const {
  if (absl::Status status = Check(query); !status.ok()) return status;
  const std::string_view region = query.default_region.empty() ? default_region_ : query.default_region;
  const std::optional<std::size_t> caret =
      query.caret ? std::optional(static_cast<std::size_t>(*query.caret)) : std::nullopt;
  return quality::FormatEntry(rules_->Get()->phone.plan(), query.digits, caret, region);
}

}  // namespace limpid::verify
