#include "libs/quality/phone/calling_code.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <phonenumbers/phonemetadata.pb.h>

#include "libs/base/strings.h"

namespace limpid::quality {
namespace {

using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneNumberDesc;
using Extent = DigitAutomaton::Extent;

/// More territories share no code: +1 has 25.
constexpr std::size_t kMostTerritories = 32;

/// One kind of number of a territory: a pattern of the automaton, and the lengths that it may have.
struct Kind {
  std::optional<uint32_t> pattern;
  uint32_t lengths = 0;  ///< Bit n: n digits. None set: any length.

  bool Holds(const std::vector<uint32_t>& set, std::size_t length) const {
    return pattern && std::binary_search(set.begin(), set.end(), *pattern) &&
           (lengths == 0 || (lengths >> length & 1) != 0);
  }
};

struct Kinds {
  Kind general;
  std::vector<std::pair<PhoneType, Kind>> special;  ///< In the order in which they are asked.
  Kind fixed_line;
  Kind mobile;
  bool same_mobile_and_fixed_line = false;
  std::optional<uint32_t> leading_digits;
};

struct Format {
  const NumberFormat* format = nullptr;
  uint32_t pattern = 0;
  std::optional<uint32_t> leading_digits;
};

bool Holds(const std::vector<uint32_t>& set, uint32_t pattern) {
  return std::binary_search(set.begin(), set.end(), pattern);
}

/// libphonenumber's order of asking: the special kinds first, then fixed line and mobile.
PhoneType TypeIn(const Kinds& kinds, const std::vector<uint32_t>& set, std::size_t length) {
  if (!kinds.general.Holds(set, length)) return PhoneType::kUnknown;
  for (const auto& [type, kind] : kinds.special) {
    if (kind.Holds(set, length)) return type;
  }
  if (kinds.fixed_line.Holds(set, length)) {
    return kinds.same_mobile_and_fixed_line || kinds.mobile.Holds(set, length) ? PhoneType::kFixedLineOrMobile
                                                                               : PhoneType::kFixedLine;
  }
  const bool mobile = !kinds.same_mobile_and_fixed_line && kinds.mobile.Holds(set, length);
  return mobile ? PhoneType::kMobile : PhoneType::kUnknown;
}

CallingCode::Standing StandingIn(const std::vector<Kinds>& territories, const std::vector<uint32_t>& set,
                                 std::size_t length) {
  CallingCode::Standing standing;
  std::optional<std::size_t> own;
  std::vector<PhoneType> types;
  for (std::size_t t = 0; t < territories.size(); ++t) {
    types.push_back(TypeIn(territories[t], set, length));
    if (types[t] != PhoneType::kUnknown) standing.candidates |= 1U << t;
    const bool claims = territories[t].leading_digits ? Holds(set, *territories[t].leading_digits)
                                                      : types[t] != PhoneType::kUnknown;
    if (claims && !own) own = t;
  }
  if (territories.size() == 1) own = 0;
  if (!own) return {};
  standing.territory = static_cast<uint8_t>(*own);
  standing.type = types[*own];
  return standing.type == PhoneType::kUnknown ? CallingCode::Standing() : standing;
}

const NumberFormat* FormatIn(const std::vector<Format>& formats, const std::vector<uint32_t>& set) {
  const auto found = std::find_if(formats.begin(), formats.end(), [&](const Format& format) {
    return (!format.leading_digits || Holds(set, *format.leading_digits)) && Holds(set, format.pattern);
  });
  return found == formats.end() ? nullptr : found->format;
}

}  // namespace

/// Compiles the territories one after the other; `failed_` once a pattern is not understood.
class CallingCode::Compiler {
 public:
  std::unique_ptr<const CallingCode> Compile(const Metadata& territories) {
    if (territories.empty() || territories.size() > kMostTerritories) return nullptr;
    for (const PhoneMetadata* metadata : territories) AddTerritory(*metadata);
    // Numbers are written as in the main territory, wherever they are from.
    const PhoneMetadata& main = *territories.front();
    const std::vector<Format> national = AddFormats(main.number_format());
    const std::vector<Format> international =
        main.intl_number_format().empty() ? national : AddFormats(main.intl_number_format());
    std::optional<DigitAutomaton> automaton = builder_.Build();
    if (failed_ || !automaton) return nullptr;

    made_->text_ = StrCat(main.country_code());
    made_->automaton_ = *std::move(automaton);
    for (const std::vector<uint32_t>& set : made_->automaton_.sets()) {
      Group& group = made_->groups_.emplace_back();
      for (std::size_t length = 0; length <= kLongest; ++length) {
        group.standings[length] = StandingIn(kinds_, set, length);
      }
      for (std::size_t t = 0; t < kinds_.size(); ++t) {
        const std::optional<uint32_t> general = kinds_[t].general.pattern;
        if (general && Holds(set, *general)) group.looks_national |= 1U << t;
      }
      group.national = FormatIn(national, set);
      group.international = FormatIn(international, set);
    }
    return std::move(made_);
  }

 private:
  void AddTerritory(const PhoneMetadata& metadata) {
    std::optional<Territory> territory = Territory::Compile(metadata);
    failed_ |= !territory.has_value();
    if (failed_) return;
    made_->territories_.push_back(*std::move(territory));
    Kinds kinds{.general = AddKind(metadata.general_desc()),
                .special = {{PhoneType::kPremiumRate, AddKind(metadata.premium_rate())},
                            {PhoneType::kTollFree, AddKind(metadata.toll_free())},
                            {PhoneType::kSharedCost, AddKind(metadata.shared_cost())},
                            {PhoneType::kVoip, AddKind(metadata.voip())},
                            {PhoneType::kPersonalNumber, AddKind(metadata.personal_number())},
                            {PhoneType::kPager, AddKind(metadata.pager())},
                            {PhoneType::kUan, AddKind(metadata.uan())},
                            {PhoneType::kVoicemail, AddKind(metadata.voicemail())}},
                .fixed_line = AddKind(metadata.fixed_line()),
                .mobile = AddKind(metadata.mobile()),
                .same_mobile_and_fixed_line = metadata.same_mobile_and_fixed_line_pattern(),
                .leading_digits = std::nullopt};
    if (metadata.has_leading_digits()) kinds.leading_digits = Add(metadata.leading_digits(), Extent::kPrefix);
    kinds_.push_back(std::move(kinds));
  }

  Kind AddKind(const PhoneNumberDesc& description) {
    Kind kind;
    for (const int length : description.possible_length()) {
      // -1: there are no such numbers.
      kind.lengths |= length < 0 ? 1U : 1U << std::min(length, 31);
    }
    if (!description.national_number_pattern().empty()) {
      kind.pattern = Add(description.national_number_pattern(), Extent::kWhole);
    }
    return kind;
  }

  uint32_t Add(const std::string& expression, Extent extent) {
    const std::optional<DigitPattern> pattern = DigitPattern::Parse(expression);
    failed_ |= !pattern.has_value();
    return pattern ? builder_.Add(*pattern, extent) : 0;
  }

  template <class List>
  std::vector<Format> AddFormats(const List& sources) {
    std::vector<Format> formats;
    for (const auto& source : sources) {
      std::optional<NumberFormat> compiled =
          NumberFormat::Compile({.pattern = source.pattern(),
                                 .format = source.format(),
                                 .national_prefix_rule = source.national_prefix_formatting_rule()});
      failed_ |= !compiled.has_value();
      if (failed_) break;
      made_->formats_.push_back(std::make_unique<const NumberFormat>(*std::move(compiled)));
      Format format{.format = made_->formats_.back().get(),
                    .pattern = builder_.Add(made_->formats_.back()->pattern(), Extent::kWhole),
                    .leading_digits = std::nullopt};
      // The last of them is the most detailed.
      const auto& leading = source.leading_digits_pattern();
      if (!leading.empty()) format.leading_digits = Add(leading.Get(leading.size() - 1), Extent::kPrefix);
      formats.push_back(format);
    }
    return formats;
  }

  std::unique_ptr<CallingCode> made_{new CallingCode()};
  DigitAutomaton::Builder builder_;
  std::vector<Kinds> kinds_;
  bool failed_ = false;
};

std::unique_ptr<const CallingCode> CallingCode::Compile(const Metadata& territories) {
  return Compiler().Compile(territories);
}

}  // namespace limpid::quality
