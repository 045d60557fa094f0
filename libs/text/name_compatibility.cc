#include "libs/text/name_compatibility.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "libs/base/strings.h"
#include "libs/text/edit_distance.h"
#include "libs/text/keyboard.h"
#include "libs/text/person_name.h"

namespace limpid::text {
namespace {

using Words = std::vector<std::string>;
using enum NameCompatibility;

Words Split(std::string_view key) { return absl::StrSplit(Absl(key), ' ', absl::SkipEmpty()); }

bool IsVowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

/// Spelling without what the ear does not hear: doubled letters, silent h, ph, ck, qu, y. The last letter
/// stays as it is: in given names it tells `Louis` from `Louise`.
std::string Sound(std::string_view word) {
  std::string sound;
  for (std::size_t i = 0; i < word.size(); ++i) {
    char c = word[i];
    const char next = i + 1 < word.size() ? word[i + 1] : '\0';
    if (c == 'p' && next == 'h') {
      c = 'f';
      ++i;
    } else if (c == 'h' && i > 0 && word[i - 1] != 'c' && word[i - 1] != 's') {
      continue;
    } else if (c == 'y') {
      c = 'i';
    } else if (c == 'q' && next == 'u') {
      c = 'k';
      ++i;
    } else if (c == 'c' && next != 'h' && next != 'e' && next != 'i' && next != 'y') {
      c = 'k';
    }
    if (sound.empty() || sound.back() != c) sound.push_back(c);
  }
  return sound;
}

/// Whether one slip turns one word into the other, in a way that does not make another name of it.
bool IsSlip(std::string_view a, std::string_view b, const GivenNames& known) {
  const std::string_view shorter = a.size() <= b.size() ? a : b;
  const std::string_view longer = a.size() <= b.size() ? b : a;
  if (known.IsKnown(a) && known.IsKnown(b)) return false;
  const Edit edit = FindEdit(shorter, longer);
  const bool at_end = edit.position + 1 >= shorter.size();
  switch (edit.kind) {
    case EditKind::kNone:
      return true;
    case EditKind::kSwap:
      return shorter.size() >= 4;
    case EditKind::kInsert:
    case EditKind::kDelete:
      // An added last letter is how languages mark gender: Paul and Paule, Noel and Noela.
      return shorter.size() >= 5 && edit.position > 0 && edit.position < shorter.size();
    case EditKind::kSubstitute:
      if (edit.position == 0) return false;
      if (at_end && IsVowel(shorter.back()) && IsVowel(longer.back())) return false;
      return AreNeighbourKeys(a[edit.position], b[edit.position]) ? shorter.size() >= 4 : shorter.size() >= 6;
    case EditKind::kMany:
      return false;
  }
  return false;
}

NameCompatibility CompareWords(std::string_view a, std::string_view b, const GivenNames& known) {
  if (a == b) return kSame;
  if (a.size() == 1 || b.size() == 1) return a[0] == b[0] ? kNickname : kConflict;
  if (known.AreVariants(a, b)) return kSpelling;
  if (known.AreNicknames(a, b)) return kNickname;
  const bool both_known = known.IsKnown(a) && known.IsKnown(b);
  if (!both_known && a.back() == b.back() && Sound(a) == Sound(b)) return kSpelling;
  return IsSlip(a, b, known) ? kSpelling : kConflict;
}

/// The weaker of two findings that both must hold.
NameCompatibility Both(NameCompatibility a, NameCompatibility b) {
  for (const NameCompatibility found : {kConflict, kNickname, kSpelling, kEmpty}) {
    if (a == found || b == found) return found;
  }
  return kSame;
}

std::string Initials(const Words& words) {
  std::string initials;
  for (const std::string& word : words) initials.push_back(word[0]);
  return initials;
}

bool IsInitial(std::string_view word) { return word.size() == 1; }

NameCompatibility CompareGivenWords(const Words& a, const Words& b, const GivenNames& known) {
  const std::string whole_a = absl::StrJoin(a, "");
  const std::string whole_b = absl::StrJoin(b, "");
  if (whole_a == whole_b) return kSame;
  const std::string key_a = absl::StrJoin(a, " ");
  const std::string key_b = absl::StrJoin(b, " ");
  if (known.AreVariants(key_a, key_b)) return kSpelling;
  if (known.AreNicknames(key_a, key_b)) return kNickname;
  // `JP` and `J.-P.` for Jean-Pierre.
  if (a.size() > 1 && b.size() == 1 && whole_b == Initials(a)) return kNickname;
  if (b.size() > 1 && a.size() == 1 && whole_a == Initials(b)) return kNickname;
  if (a.size() == b.size()) {
    NameCompatibility found = kSame;
    for (std::size_t i = 0; i < a.size(); ++i) found = Both(found, CompareWords(a[i], b[i], known));
    return found;
  }
  // A middle initial that one side leaves out: `John Q.` and `John`.
  const Words& longer = a.size() > b.size() ? a : b;
  const Words& shorter = a.size() > b.size() ? b : a;
  const bool only_initials_more =
      !IsInitial(shorter[0]) && std::equal(shorter.begin(), shorter.end(), longer.begin()) &&
      std::all_of(longer.begin() + static_cast<std::ptrdiff_t>(shorter.size()), longer.end(), IsInitial);
  return only_initials_more ? kSpelling : kConflict;
}

bool IsParticle(std::string_view word) {
  constexpr std::string_view kParticles[] = {"de",    "du", "des", "la",  "le",  "les", "da", "dos", "del",
                                             "della", "di", "van", "von", "der", "den", "zu", "y",   "e"};
  return std::find(std::begin(kParticles), std::end(kParticles), word) != std::end(kParticles);
}

Words WithoutParticles(const Words& words) {
  Words kept;
  std::copy_if(words.begin(), words.end(), std::back_inserter(kept),
               [](const std::string& word) { return !IsParticle(word); });
  return kept.empty() ? words : kept;
}

bool Contains(const Words& longer, const Words& shorter) {
  return std::all_of(shorter.begin(), shorter.end(), [&](const std::string& word) {
    return word.size() >= 3 && std::find(longer.begin(), longer.end(), word) != longer.end();
  });
}

NameCompatibility CompareFamilyWords(const Words& a, const Words& b) {
  const std::string whole_a = absl::StrJoin(a, "");
  const std::string whole_b = absl::StrJoin(b, "");
  if (whole_a == whole_b) return kSame;
  const Words core_a = WithoutParticles(a);
  const Words core_b = WithoutParticles(b);
  const std::string joined_a = absl::StrJoin(core_a, "");
  const std::string joined_b = absl::StrJoin(core_b, "");
  if (joined_a == joined_b) return kSpelling;
  if (joined_a.size() == 1 || joined_b.size() == 1) return joined_a[0] == joined_b[0] ? kNickname : kConflict;
  // A double name that one side gives in part.
  if (core_a.size() != core_b.size() && (Contains(core_a, core_b) || Contains(core_b, core_a)))
    return kSpelling;
  const std::size_t shorter = std::min(joined_a.size(), joined_b.size());
  if (shorter >= 4 && Sound(joined_a) == Sound(joined_b)) return kSpelling;
  const int limit = shorter >= 9 ? 2 : 1;
  return shorter >= 4 && EditDistance(joined_a, joined_b, limit) <= limit ? kSpelling : kConflict;
}

NameCompatibility CompareParts(const Words& given_a, const Words& given_b, const Words& family_a,
                               const Words& family_b, const GivenNames& known) {
  const NameCompatibility given =
      given_a.empty() || given_b.empty() ? kEmpty : CompareGivenWords(given_a, given_b, known);
  const NameCompatibility family =
      family_a.empty() || family_b.empty() ? kEmpty : CompareFamilyWords(family_a, family_b);
  return Both(given, family);
}

}  // namespace

NameCompatibility CompareGivenNames(std::string_view a, std::string_view b, const GivenNames& known) {
  const Words words_a = Split(NameKey(a));
  const Words words_b = Split(NameKey(b));
  if (words_a.empty() && words_b.empty()) return kSame;
  return words_a.empty() || words_b.empty() ? kEmpty : CompareGivenWords(words_a, words_b, known);
}

NameCompatibility CompareFamilyNames(std::string_view a, std::string_view b) {
  const Words words_a = Split(NameKey(a));
  const Words words_b = Split(NameKey(b));
  if (words_a.empty() && words_b.empty()) return kSame;
  return words_a.empty() || words_b.empty() ? kEmpty : CompareFamilyWords(words_a, words_b);
}

NameCompatibility CompareNames(const PersonName& a, const PersonName& b, const GivenNames& known) {
  const Words given_a = Split(NameKey(a.given));
  const Words given_b = Split(NameKey(b.given));
  const Words family_a = Split(NameKey(a.family));
  const Words family_b = Split(NameKey(b.family));
  if (given_a == given_b && family_a == family_b) return kSame;
  if ((given_a.empty() && family_a.empty()) || (given_b.empty() && family_b.empty())) return kEmpty;
  // The two fields swapped, or all in one field: the same words in another order or place.
  Words all_a = given_a;
  all_a.insert(all_a.end(), family_a.begin(), family_a.end());
  Words all_b = given_b;
  all_b.insert(all_b.end(), family_b.begin(), family_b.end());
  const bool one_field = family_a.empty() != family_b.empty() || given_a.empty() != given_b.empty();
  const bool swapped = given_a == family_b && family_a == given_b;
  if ((one_field || swapped) && std::is_permutation(all_a.begin(), all_a.end(), all_b.begin(), all_b.end())) {
    return kSpelling;
  }
  return CompareParts(given_a, given_b, family_a, family_b, known);
}

}  // namespace limpid::text
