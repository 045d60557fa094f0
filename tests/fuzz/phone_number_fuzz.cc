#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "libs/quality/phone/number_plan.h"
#include "libs/quality/phone/phone_rules.h"
#include "libs/quality/phone/typing/typed_entry.h"
#include "libs/quality/quality_data.h"
#include "libs/text/unicode.h"
#include "tests/fuzz/require.h"

namespace limpid::fuzz {
namespace {

using quality::PhoneRules;
using quality::PhoneStatus;
using quality::PhoneVerdict;

const PhoneRules& Rules() {
  static const auto* const rules =
      new PhoneRules(quality::QualityData::Load(LIMPID_SOURCE_DIR "/data").value());
  return *rules;
}

bool IsE164(std::string_view text) {
  return text.size() >= 3 && text.size() <= 18 && text[0] == '+' &&
         text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

void CheckVerdict(std::string_view input, std::string_view region) {
  const PhoneVerdict verdict = Rules().Verify(input, region);
  const bool invalid = verdict.status == PhoneStatus::kInvalid;
  Require(verdict.status != PhoneStatus::kUnknown, "every input is judged");
  Require(invalid == verdict.e164.empty(), "exactly an invalid number has no E.164 form");
  Require(!invalid || !verdict.reasons.empty(), "an invalid number has a reason");
  Require(Rules().E164(input, region) == verdict.e164, "match key and verdict agree");
  for (const quality::PhoneSuggestion& suggestion : verdict.suggestions) {
    Require(IsE164(suggestion.e164), "a suggestion is in E.164 form");
    Require(Rules().plan().Read(suggestion.e164, {}).valid(), "a suggestion is a valid number");
    Require(suggestion.confidence > 0 && suggestion.confidence <= 1, "a confidence lies in (0, 1]");
    Require(suggestion.e164 != verdict.e164, "a suggestion is another number");
  }
  if (invalid) return;
  Require(IsE164(verdict.e164), "E.164 form");
  const PhoneVerdict again = Rules().Verify(verdict.e164, region);
  Require(again.e164 == verdict.e164 && again.type == verdict.type, "the E.164 form says the same again");
  Require(Rules().E164(verdict.international, {}) == verdict.e164,
          "the international form is the same number");
}

std::string DigitsAndPlus(std::string_view text) {
  std::string kept;
  std::copy_if(text.begin(), text.end(), std::back_inserter(kept),
               [](char c) { return (c >= '0' && c <= '9') || c == '+'; });
  return kept;
}

void CheckTyping(std::string_view input, std::string_view region) {
  if (!text::IsValidUtf8(input)) return;
  const std::size_t length = quality::Utf16Length(input);
  const quality::TypedEntry entry = quality::FormatEntry(Rules().plan(), input, length / 2, region);
  Require(entry.caret <= quality::Utf16Length(entry.text), "the caret stands in the text");
  Require(!entry.valid || entry.possible, "a valid number is possible");
  const quality::TypedEntry again = quality::FormatEntry(Rules().plan(), entry.text, std::nullopt, region);
  Require(again.text == entry.text, "what is grouped stays as it is");
  if (text::IsAscii(input)) {
    Require(DigitsAndPlus(entry.text) == DigitsAndPlus(input), "no digit is lost or added");
  }
}

}  // namespace
}  // namespace limpid::fuzz

/// The first two bytes are the default region, the rest is what the person typed.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string_view region = bytes.substr(0, 2);
  limpid::fuzz::CheckVerdict(bytes.substr(region.size()), region);
  limpid::fuzz::CheckTyping(bytes.substr(region.size()), region);
  return 0;
}
