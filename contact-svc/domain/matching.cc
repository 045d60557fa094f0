#include "contact-svc/domain/matching.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "libs/text/name_compatibility.h"

namespace limpid::contact {
namespace {

using text::NameCompatibility;

// Evidence in bits, from how rarely two people share the value by chance. Before any evidence, one stored
// contact in some ten thousand is the person asked about.
constexpr double kPrior = -13;
constexpr double kExternalId = 30;
constexpr double kEmail = 17;
constexpr double kPhone = 15;
constexpr double kSameName = 3;
constexpr double kCompatibleName = 1.5;
constexpr double kNameConflicts = -5;

struct Level {
  std::string_view word;
  double weight;
  std::string_view note;
};

Level LevelOf(std::string_view left, std::string_view right, NameCompatibility compatibility) {
  // Two names that are not known are the same, and say nothing.
  if (left.empty() && right.empty()) compatibility = NameCompatibility::kEmpty;
  switch (compatibility) {
    case NameCompatibility::kSame:
      return {"EXACT", kSameName, ""};
    case NameCompatibility::kEmpty:
      return {"EMPTY", 0, "Not known on both sides."};
    case NameCompatibility::kNickname:
      return {"COMPATIBLE", kCompatibleName, "A short form of the same name."};
    case NameCompatibility::kSpelling:
      return {"COMPATIBLE", kCompatibleName, "Another spelling of the same name."};
    case NameCompatibility::kConflict:
      return {"CONFLICT", kNameConflicts, "Another name."};
  }
  return {"EMPTY", 0, ""};
}

void AddSharedValues(std::string_view field, const std::vector<ReachableValue>& asked,
                     const std::vector<ReachableValue>& known, double weight, Match& match) {
  for (const ReachableValue& left : asked) {
    const auto right = std::ranges::find_if(known, [&](const ReachableValue& value) {
      return !left.match_key.empty() && value.match_key == left.match_key;
    });
    if (right != known.end())
      match.waterfall.push_back({field, "EXACT", left.value, right->value, weight, ""});
  }
}

void AddSharedIds(const Contact& person, Match& match) {
  for (const ExternalId& id : person.external_ids) {
    if (std::ranges::find(match.contact.external_ids, id) == match.contact.external_ids.end()) continue;
    match.waterfall.push_back({"external_id", "EXACT", id.id, id.id, kExternalId, ""});
    match.by_unique = true;
  }
}

void AddNames(const Contact& person, NameCompatibility whole, const text::GivenNames& names, Match& match) {
  Level given = LevelOf(person.given_name, match.contact.given_name,
                        text::CompareGivenNames(person.given_name, match.contact.given_name, names));
  Level family = LevelOf(person.family_name, match.contact.family_name,
                         text::CompareFamilyNames(person.family_name, match.contact.family_name));
  // Fields that were swapped conflict one by one and agree as a whole.
  if (whole != NameCompatibility::kConflict) {
    for (Level* level : {&given, &family}) {
      if (level->word == "CONFLICT") *level = {"COMPATIBLE", kCompatibleName, "Agrees as a whole name."};
    }
  }
  match.waterfall.push_back(
      {"given_name", given.word, person.given_name, match.contact.given_name, given.weight, given.note});
  match.waterfall.push_back({"family_name", family.word, person.family_name, match.contact.family_name,
                             family.weight, family.note});
}

double Probability(const std::vector<MatchStep>& steps) {
  double bits = kPrior;
  for (const MatchStep& step : steps) bits += step.weight;
  return 1 / (1 + std::exp2(-bits));
}

}  // namespace

Match Judge(const Contact& person, Contact known, const text::GivenNames& names) {
  Match match;
  match.contact = std::move(known);
  AddSharedIds(person, match);
  AddSharedValues("email", person.emails, match.contact.emails, kEmail, match);
  AddSharedValues("phone", person.phones, match.contact.phones, kPhone, match);
  const NameCompatibility whole = text::CompareNames(
      {person.given_name, person.family_name}, {match.contact.given_name, match.contact.family_name}, names);
  AddNames(person, whole, names, match);
  const bool conflicts = whole == NameCompatibility::kConflict && !match.by_unique;
  if (conflicts) match.guards.push_back(kNameConflict);
  match.decision = conflicts ? MatchDecision::kReview : MatchDecision::kSame;
  match.probability = Probability(match.waterfall);
  return match;
}

void SortBestFirst(std::vector<Match>& matches) {
  std::ranges::sort(matches, [](const Match& a, const Match& b) {
    return std::tuple(a.decision, -a.probability, std::cref(a.contact.id)) <
           std::tuple(b.decision, -b.probability, std::cref(b.contact.id));
  });
}

}  // namespace limpid::contact
