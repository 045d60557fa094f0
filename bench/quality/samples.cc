#include "bench/quality/samples.h"

#include <fstream>
#include <random>
#include <string_view>

#include "libs/base/strings.h"

namespace limpid::bench {
namespace {

constexpr std::string_view kGiven[] = {"jean",  "marie", "pierre", "sophie", "nicolas", "camille",
                                       "louis", "emma",  "thomas", "lea",    "hugo",    "chloe"};
constexpr std::string_view kFamily[] = {"martin", "bernard", "dubois", "thomas", "robert", "richard",
                                        "petit",  "durand",  "leroy",  "moreau", "simon",  "laurent"};
constexpr std::string_view kProviders[] = {"gmail.com", "orange.fr", "hotmail.fr",  "yahoo.fr",
                                           "free.fr",   "sfr.fr",    "laposte.net", "outlook.fr",
                                           "live.fr",   "wanadoo.fr"};
constexpr std::string_view kSlips[] = {"gmial.com", "gmail.con", "hotmal.fr",
                                       "orange.f",  "yaho.fr",   "outlok.fr"};
constexpr std::string_view kRoles[] = {"contact", "facturation", "info", "accueil", "compta"};

/// One generator with a fixed seed: two runs measure the same rows.
class Dice {
 public:
  int Roll(int sides) { return static_cast<int>(engine_() % static_cast<unsigned>(sides)); }
  template <class List>
  std::string Pick(const List& list) {
    return std::string(list[static_cast<std::size_t>(Roll(static_cast<int>(std::size(list))))]);
  }
  std::string Digits(int count) {
    std::string digits;
    for (int i = 0; i < count; ++i) digits.push_back(static_cast<char>('0' + Roll(10)));
    return digits;
  }

 private:
  std::mt19937 engine_{20261121};
};

std::vector<std::string> ReadEvery(const std::string& path, int step) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  std::string line;
  for (int i = 0; std::getline(file, line); ++i) {
    if (i % step == 0) lines.push_back(line);
  }
  return lines;
}

/// Nearly every company has a domain that no other row has.
std::string Company(Dice& dice) {
  static constexpr std::string_view kSyllables[] = {"ba",  "cor", "di",  "ex",  "fo",  "gra",
                                                    "in",  "lu",  "mo",  "nex", "or",  "pra",
                                                    "qui", "ro",  "sol", "tec", "uni", "val"};
  static constexpr std::string_view kKinds[] = {"", "", "-conseil", "-group", "-services", "immo"};
  static constexpr std::string_view kSuffixes[] = {".fr",  ".fr", ".com", ".com",
                                                   ".net", ".eu", ".be",  ".co.uk"};
  std::string name;
  for (int i = 2 + dice.Roll(3); i > 0; --i) name += dice.Pick(kSyllables);
  return StrCat(name, dice.Pick(kKinds), dice.Pick(kSuffixes));
}

}  // namespace

std::vector<std::string> SampleEmails(const std::string& data_directory, int count) {
  const std::vector<std::string> disposable = ReadEvery(data_directory + "/email/disposable_ivolo.txt", 97);
  Dice dice;
  std::vector<std::string> emails;
  for (int i = 0; i < count; ++i) {
    const std::string person = StrCat(dice.Pick(kGiven), ".", dice.Pick(kFamily), dice.Digits(2));
    const int kind = dice.Roll(100);
    if (kind < 58) {
      emails.push_back(StrCat(person, "@", dice.Pick(kProviders)));
    } else if (kind < 82) {
      emails.push_back(StrCat(person, "@", Company(dice)));
    } else if (kind < 87) {
      emails.push_back(StrCat(person, "@", dice.Pick(kSlips)));
    } else if (kind < 90) {
      emails.push_back(StrCat(person, "@", dice.Pick(disposable)));
    } else if (kind < 94) {
      emails.push_back(StrCat(dice.Pick(kRoles), "@", Company(dice)));
    } else if (kind < 96) {
      emails.push_back(StrCat(person, "+news@gmail.com"));
    } else if (kind < 99) {
      emails.push_back(StrCat(person, dice.Roll(2) == 0 ? "@@orange.fr" : ".@orange.fr"));
    } else {
      emails.push_back(StrCat(person, "@café-", dice.Pick(kFamily), ".fr"));
    }
  }
  return emails;
}

}  // namespace limpid::bench
