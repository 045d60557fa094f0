#include "libs/quality/email/domain_typo.h"

#include <algorithm>

#include "libs/base/strings.h"
#include "libs/text/keyboard.h"

namespace limpid::quality {
namespace {

using text::Edit;
using text::EditKind;

/// What kind of slip an edit is, as a reader of forms would call it.
enum class Slip {
  kNone,
  kSwapped,
  kDoubled,
  kNeighbour,
  kExtra,
  kExtraNeighbour,
  kMissing,
  kOther,
  kImpossible
};

bool IsVowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

Slip SlipOf(std::string_view typed, std::string_view meant, const Edit& edit) {
  const std::size_t i = edit.position;
  switch (edit.kind) {
    case EditKind::kNone:
      return Slip::kNone;
    case EditKind::kSwap:
      return Slip::kSwapped;
    case EditKind::kInsert:
      return Slip::kMissing;
    case EditKind::kSubstitute:
      // Vowels are mistaken by ear (`yahou`), other letters by finger.
      return text::AreNeighbourKeys(typed[i], meant[i]) || (IsVowel(typed[i]) && IsVowel(meant[i]))
                 ? Slip::kNeighbour
                 : Slip::kOther;
    case EditKind::kDelete: {
      const char extra = typed[i];
      const char before = i > 0 ? typed[i - 1] : '\0';
      const char after = i + 1 < typed.size() ? typed[i + 1] : '\0';
      if (extra == before || extra == after) return Slip::kDoubled;
      const bool near = text::AreNeighbourKeys(extra, before) || text::AreNeighbourKeys(extra, after);
      return near ? Slip::kExtraNeighbour : Slip::kExtra;
    }
    case EditKind::kMany:
      return Slip::kImpossible;
  }
  return Slip::kImpossible;
}

/// One row for each length of the provider's name. 0 means: say nothing.
struct NameConfidence {
  std::size_t min_length;
  double swapped, doubled, neighbour, extra_neighbour, extra, missing, other;
};
constexpr NameConfidence kNameConfidence[] = {
    {6, 0.95, 0.95, 0.92, 0.92, 0.88, 0.90, 0.75},
    {5, 0.95, 0.95, 0.90, 0.90, 0.82, 0.88, 0.65},
    {4, 0.85, 0.85, 0.60, 0.80, 0.60, 0.60, 0},
    {3, 0.60, 0.85, 0.50, 0.70, 0.55, 0, 0},
};
/// People seldom mistake the first letter: another one is mostly another name. Losing it is a slip of
/// copying.
constexpr double kOtherFirstLetter = 0.85;
constexpr double kOtherFirstLetterOfLongName = 0.9;
constexpr std::size_t kLongName = 7;
constexpr double kLostFirstLetter = 0.92;
constexpr double kTwoSlips = 0.8;

double NameConfidenceOf(std::string_view typed, const TypoIndex::Candidate& candidate) {
  const Edit& edit = candidate.edit;
  const Slip slip = SlipOf(typed, candidate.name(), edit);
  if (slip == Slip::kNone) return 1;
  const auto* row =
      std::find_if(std::begin(kNameConfidence), std::end(kNameConfidence),
                   [&](const NameConfidence& r) { return candidate.name().size() >= r.min_length; });
  if (row == std::end(kNameConfidence)) return 0;
  double confidence = 0;
  switch (slip) {
    case Slip::kSwapped:
      confidence = row->swapped;
      break;
    case Slip::kDoubled:
      confidence = row->doubled;
      break;
    case Slip::kNeighbour:
      confidence = row->neighbour;
      break;
    case Slip::kExtraNeighbour:
      confidence = row->extra_neighbour;
      break;
    case Slip::kExtra:
      confidence = row->extra;
      break;
    case Slip::kMissing:
      confidence = row->missing;
      break;
    case Slip::kOther:
      confidence = row->other;
      break;
    case Slip::kNone:
    case Slip::kImpossible:
      break;
  }
  if (edit.position == 0 && edit.kind == EditKind::kSubstitute) {
    confidence *= candidate.name().size() >= kLongName ? kOtherFirstLetterOfLongName : kOtherFirstLetter;
  }
  if (edit.position == 0 && slip == Slip::kMissing) confidence *= kLostFirstLetter;
  return confidence < 0.5 ? 0 : confidence;
}

double SuffixSlipConfidence(std::string_view typed, std::string_view meant) {
  switch (SlipOf(typed, meant, text::FindEdit(typed, meant))) {
    case Slip::kNone:
      return 1;
    case Slip::kSwapped:
    case Slip::kDoubled:
      return 0.97;
    case Slip::kNeighbour:
    case Slip::kExtraNeighbour:
      return 0.95;
    case Slip::kMissing:
    case Slip::kExtra:
      return 0.92;
    case Slip::kOther:
      return typed.size() >= 3 ? 0.88 : 0.7;
    case Slip::kImpossible:
      return 0;
  }
  return 0;
}

bool Exists(std::string_view tld, const EmailLists& lists) {
  return (lists.domains().Find(tld) & (kMarkSuffix | kMarkSuffixWildcard)) != 0;
}

/// What remains of `.com` and `.net` when a letter is lost: country codes by accident, on which squatters
/// sit.
bool IsTruncated(std::string_view typed, std::string_view meant) {
  return (meant == "com" && (typed == "co" || typed == "cm" || typed == "om")) ||
         (meant == "net" && (typed == "ne" || typed == "et"));
}

constexpr double kTruncated = 0.65;
constexpr double kDotsElsewhere = 0.95;
constexpr double kDotsElsewhereInAName = 0.88;

/// How far a suffix may be taken for a slip of the provider's. One that exists is meant as typed unless the
/// name is the provider's alone.
double SuffixConfidence(std::string_view typed, const Provider& provider, bool dot_com_only, bool exists) {
  const double slip = SuffixSlipConfidence(typed, provider.suffix);
  if (slip == 1 || !exists) return slip;
  if (!provider.distinctive) return IsTruncated(typed, provider.suffix) ? kTruncated : 0;
  if (slip > 0) return slip * 0.95;
  return dot_com_only ? 0.85 : 0;
}

struct Best {
  double confidence = 0;
  double rank = 0;
  const Provider* provider = nullptr;
  bool name_equal = false;

  void Offer(const Provider& offered, double in_name, double in_suffix) {
    const double its_confidence = in_name * in_suffix;
    // A slip of a name that everybody has is likelier than a smaller slip of one that hardly anybody has; two
    // slips are less likely than one of any name.
    const bool twice = in_name < 1 && in_suffix < 1;
    const double its_rank = its_confidence * (twice ? 0.5 : 1) + offered.weight * 0.004;
    if (its_confidence > 0 && its_rank > rank) *this = {its_confidence, its_rank, &offered, in_name == 1};
  }
};

/// Worldwide providers with `.com` alone, where a country's suffix was typed by habit (`gmail.fr`). A
/// national provider with another country's suffix is that country's (`wanadoo.sn`).
bool IsDotComOnly(const TypoIndex::Candidate& candidate) {
  return candidate.providers.size() == 1 && candidate.providers.front().suffix == "com";
}

/// Offers what one index knows. `suffix_matters`: another suffix that exists may still be a slip of `.com`.
void OfferFrom(const TypoIndex& index, std::string_view name, std::string_view suffix, bool exists,
               bool public_providers, Best& best) {
  for (const TypoIndex::Candidate& candidate : index.FindNames(name)) {
    const bool equal = candidate.edit.kind == EditKind::kNone;
    const bool dot_com_only = public_providers && equal && IsDotComOnly(candidate);
    const double confidence = NameConfidenceOf(name, candidate);
    if (confidence == 0) continue;
    for (const Provider& provider : candidate.providers) {
      best.Offer(provider, confidence, SuffixConfidence(suffix, provider, dot_com_only, exists));
    }
  }
  if (best.provider != nullptr) return;
  for (const TypoIndex::Candidate& distant : index.FindDistant(name)) {
    for (const Provider& provider : distant.providers) {
      if (suffix == provider.suffix) best.Offer(provider, kTwoSlips, 1);
    }
  }
}

std::optional<DomainGuess> GuessProvider(std::string_view domain, const EmailLists& lists,
                                         const KnownDomains* known) {
  const std::size_t dot = domain.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view name = domain.substr(0, dot);
  const std::string_view suffix = domain.substr(dot + 1);
  const bool exists = Exists(suffix, lists);
  Best best;
  if (known != nullptr) OfferFrom(known->typos(), name, suffix, exists, false, best);
  OfferFrom(lists.typos(), name, suffix, exists, true, best);
  if (best.provider == nullptr) return std::nullopt;
  return DomainGuess{StrCat(best.provider->name, ".", best.provider->suffix), best.confidence,
                     best.name_equal ? SuggestionKind::kTld : SuggestionKind::kDomain};
}

/// `hotmail.fr.fr`, `gmail.com.fr`: a suffix typed once more behind a whole domain, which may itself be
/// mistyped
/// (`gmial.com.com`).
std::optional<DomainGuess> GuessRepeatedSuffix(const DomainTable::Chain& domain, const EmailLists& lists,
                                               const KnownDomains* known) {
  if (domain.links.size() < 3) return std::nullopt;
  const std::string_view whole = domain.links[0].domain;
  const std::string_view last = domain.links.back().domain;
  const std::string_view shorter = whole.substr(0, whole.size() - last.size() - 1);
  const std::size_t dot = shorter.rfind('.');
  const bool repeated = shorter.substr(dot + 1) == last;
  if (lists.domains().Find(shorter) & kMarkProvider) {
    return DomainGuess{std::string(shorter), repeated ? 0.95 : 0.85, SuggestionKind::kTld};
  }
  const bool suffix_of_its_own = (domain.links[domain.links.size() - 2].marks & kMarkSuffix) != 0;
  if (!repeated || suffix_of_its_own || !Exists(last, lists)) return std::nullopt;
  if (domain.AnyMarks() & (kMarkReal | kMarkAllowed)) return std::nullopt;
  auto guess = GuessProvider(shorter, lists, known);
  if (guess && guess->confidence >= kSureGuess) return guess;
  return DomainGuess{std::string(shorter), 0.85, SuggestionKind::kTld};
}

/// `hotmailco.uk`, `gmail.c.om`, `yaho.ofr`, `g-mail.com`: the letters of a provider's domain with the dots
/// elsewhere. Where the typed top-level domain exists, the name must be the provider's alone, or stand in
/// pieces under somebody else's domain, where nobody has a mailbox.
std::optional<DomainGuess> GuessMisplacedDot(const DomainTable::Chain& domain, const EmailLists& lists) {
  const std::string_view typed = domain.links[0].domain;
  const auto meant = lists.dotless().Find(typed);
  if (!meant) return std::nullopt;
  const auto dots = [](std::string_view text) { return std::count(text.begin(), text.end(), '.'); };
  constexpr std::size_t kFewestLetters = 4;
  double confidence = kDotsElsewhere;
  if (Exists(domain.links.back().domain, lists)) {
    if (meant->name().size() < kFewestLetters) return std::nullopt;
    const bool in_pieces = dots(typed) > dots(meant->domain);
    if (!meant->distinctive && !in_pieces) return std::nullopt;
    confidence = kDotsElsewhereInAName;
  }
  return DomainGuess{std::string(meant->domain), confidence, SuggestionKind::kDomain};
}

/// A top-level domain that does not exist, one slip away from one that everybody uses.
std::optional<DomainGuess> GuessTld(const DomainTable::Chain& domain, const EmailLists& lists) {
  const std::string_view whole = domain.links[0].domain;
  const std::string_view tld = domain.links.back().domain;
  constexpr uint16_t kKnown = kMarkSuffix | kMarkSuffixWildcard | kMarkReserved;
  if (tld.size() < 2 || tld.substr(0, 4) == "xn--" || (domain.links.back().marks & kKnown)) {
    return std::nullopt;
  }
  const CommonTld* best = nullptr;
  double best_rank = 0;
  double best_confidence = 0;
  double second_rank = 0;
  for (const CommonTld& common : lists.common_tlds()) {
    const double confidence = SuffixSlipConfidence(tld, common.tld) * (common.tld.size() == 2 ? 0.92 : 0.96);
    if (confidence == 0) continue;
    const double rank = confidence + common.weight * 0.001;
    if (rank > best_rank) {
      second_rank = best_rank;
      best = &common;
      best_rank = rank;
      best_confidence = confidence;
    } else {
      second_rank = std::max(second_rank, rank);
    }
  }
  if (best == nullptr) return std::nullopt;
  // Two about as likely: offer one, but do not insist.
  if (best_rank - second_rank < 0.03) best_confidence = std::min(best_confidence, 0.6);
  return DomainGuess{StrCat(whole.substr(0, whole.size() - tld.size()), best->tld), best_confidence,
                     SuggestionKind::kTld};
}

}  // namespace

std::optional<DomainGuess> GuessDomain(const DomainTable::Chain& domain, const EmailLists& lists,
                                       const KnownDomains* known) {
  if (domain.links.size() < 2) return std::nullopt;
  const std::string_view whole = domain.links[0].domain;
  const uint16_t own = domain.OwnMarks();
  if (own & kMarkSlip) {
    if (const std::string_view meant = lists.MeantBy(whole); !meant.empty()) {
      return DomainGuess{std::string(meant), 0.95, SuggestionKind::kDomain};
    }
  }
  constexpr uint16_t kMeantAsTyped = kMarkProvider | kMarkReal | kMarkFree | kMarkAliasRelay | kMarkAllowed;
  if ((own & kMeantAsTyped) || (known != nullptr && known->Contains(whole))) return std::nullopt;
  if (domain.AnyMarks() & kMarkReserved) return std::nullopt;
  if (auto guess = GuessMisplacedDot(domain, lists)) return guess;
  if (auto guess = GuessRepeatedSuffix(domain, lists, known)) return guess;
  if (domain.AnyMarks() & (kMarkReal | kMarkAllowed)) return std::nullopt;
  if (auto guess = GuessProvider(whole, lists, known)) {
    // A faint likeness does not outweigh a list that knows the domain.
    const bool listed = (own & kMarkDisposable) != 0;
    if (!listed || guess->confidence >= kSureGuess) return guess;
    return std::nullopt;
  }
  return GuessTld(domain, lists);
}

void ApplyDomainTypo(const EmailFacts& facts, EmailVerdict& verdict) {
  std::optional<DomainGuess> guess = GuessDomain(facts.domain, facts.lists, facts.known_domains);
  if (!guess) return;
  if (guess->confidence >= kSureGuess) {
    verdict.reasons.push_back(email_reason::kDomainTypo);
    AddListEvidence(verdict, "providers", guess->domain);
  }
  verdict.did_you_mean =
      EmailSuggestion{StrCat(facts.address.local(), "@", guess->domain), guess->confidence, guess->kind};
}

}  // namespace limpid::quality
