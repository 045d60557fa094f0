#include "enrich-svc/app/preview_enrichment.h"

#include <algorithm>
#include <array>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::enrich {
namespace {

struct LengthLimit {
  std::string_view field;
  const std::string& (*value)(const Profile&);
  size_t max_characters;
};

// The limits that the proto states.
const std::array kLimits = {
    LengthLimit{"email", [](const Profile& p) -> const std::string& { return p.email; }, 1024},
    LengthLimit{"phone", [](const Profile& p) -> const std::string& { return p.phone; }, 256},
    LengthLimit{"company", [](const Profile& p) -> const std::string& { return p.company; }, 200},
    LengthLimit{"postal_address.postal_code",
                [](const Profile& p) -> const std::string& { return p.address.postal_code; }, 16},
    LengthLimit{"postal_address.locality",
                [](const Profile& p) -> const std::string& { return p.address.locality; }, 200},
    LengthLimit{"postal_address.commune_code",
                [](const Profile& p) -> const std::string& { return p.address.commune_code; }, 16},
    LengthLimit{"postal_address.department_code",
                [](const Profile& p) -> const std::string& { return p.address.department_code; }, 16},
    LengthLimit{"postal_address.department",
                [](const Profile& p) -> const std::string& { return p.address.department; }, 200},
    LengthLimit{"postal_address.administrative_area_code",
                [](const Profile& p) -> const std::string& { return p.address.administrative_area_code; },
                16},
    LengthLimit{"postal_address.administrative_area",
                [](const Profile& p) -> const std::string& { return p.address.administrative_area; }, 200},
};

bool IsWithin(std::string_view text, size_t max_characters) {
  if (text.size() <= max_characters) return true;
  const auto characters =
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  return static_cast<size_t>(characters) <= max_characters;
}

bool IsRegionCode(std::string_view text) {
  return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

absl::Status Validate(const Profile& profile) {
  ErrorCollector errors;
  for (const LengthLimit& limit : kLimits) {
    if (!IsWithin(limit.value(profile), limit.max_characters)) {
      errors.Add(limit.field, reason::kTooLong,
                 StrCat("Give at most ", limit.max_characters, " characters."));
    }
  }
  constexpr std::string_view kRegionForm = "Give a region as two capital letters (ISO 3166-1), like FR.";
  if (!IsRegionCode(profile.default_region)) {
    errors.Add("default_region", reason::kInvalidFormat, kRegionForm);
  }
  if (!profile.address.region_code.empty() && !IsRegionCode(profile.address.region_code)) {
    errors.Add("postal_address.region_code", reason::kInvalidFormat, kRegionForm);
  }
  return errors.Finish();
}

}  // namespace

void PreviewEnrichment::Run(const Call& call, Profile profile, Done<ProviderAnswers> done) const {
  if (absl::Status status = Validate(profile); !status.ok()) {
    done(std::move(status));
    return;
  }
  AskProviders(providers_.Get(), call, std::move(profile),
               [done = std::move(done)](ProviderAnswers answers) mutable { done(std::move(answers)); });
}

}  // namespace limpid::enrich
