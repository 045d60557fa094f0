#include "libs/text/name_compatibility.h"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>

#include "libs/base/error.h"

namespace limpid::text {

void PrintTo(NameCompatibility found, std::ostream* out) {
  constexpr std::string_view kNames[] = {"same", "empty", "nickname", "spelling", "conflict"};
  *out << kNames[static_cast<int>(found)];
}

namespace {

using enum NameCompatibility;

std::string ReadData(const char* name) {
  std::ifstream file(std::string(LIMPID_SOURCE_DIR "/data/names/") + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const GivenNames& Known() {
  static const GivenNames* const known = new GivenNames(
      GivenNames::Parse(ReadData("given_names.txt"), ReadData("nicknames.tsv"), ReadData("name_variants.txt"))
          .value());
  return *known;
}

struct Case {
  std::string_view a;
  std::string_view b;
  NameCompatibility expected;
};

TEST(CompareGivenNames, TellsOnePersonFromTwoOfAHousehold) {
  const Case kCases[] = {
      {"Jean", "JEAN", kSame},
      {"Élodie", "elodie", kSame},
      {"Jean-Pierre", "Jean Pierre", kSame},
      {"Jean-Pierre", "Jeanpierre", kSame},
      {"", "Jean", kEmpty},
      {"Robert", "Bob", kNickname},
      {"Bob", "Bobby", kNickname},
      {"Alexandre", "Alex", kNickname},
      {"Jean", "J.", kNickname},
      {"Jean-Pierre", "JP", kNickname},
      {"Jean-Pierre", "J.-P.", kNickname},
      {"Jean-François", "jeff", kNickname},
      {"Marie-Claire", "M.-Claire", kNickname},
      {"Stéphane", "Stephane", kSame},
      {"Mathieu", "Matthieu", kSpelling},
      {"Michaël", "Mickael", kSpelling},
      {"Philippe", "Philipe", kSpelling},
      {"Jean", "Jaen", kSpelling},
      {"Jean", "Jeam", kSpelling},
      {"Alexandre", "Alexnadre", kSpelling},
      {"Christophe", "Christphe", kSpelling},
      {"Sebastien", "Sebatsien", kSpelling},
      {"John", "John Q.", kSpelling},
      {"Jean", "Marie", kConflict},
      {"Jean", "Jeanne", kConflict},
      {"Léo", "Léa", kConflict},
      {"Paul", "Paule", kConflict},
      {"Louis", "Louise", kConflict},
      {"Julien", "Julie", kConflict},
      {"Martin", "Martine", kConflict},
      {"Michel", "Michèle", kConflict},
      {"Emile", "Emilie", kConflict},
      {"Noa", "Noah", kConflict},
      {"Daniel", "Danielle", kConflict},
      {"Alexandre", "Alexandra", kConflict},
      {"Jean", "Jean-Pierre", kConflict},
      {"Marie", "Marie-Claude", kConflict},
      {"Jean-Paul", "Jean-Pierre", kConflict},
      {"Jean", "Sean", kConflict},
      {"Jean", "P.", kConflict},
      {"Zuhair", "Zuhaira", kConflict},
      {"Ahmad", "Mehdi", kConflict},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(CompareGivenNames(c.a, c.b, Known()), c.expected) << c.a << " / " << c.b;
    EXPECT_EQ(CompareGivenNames(c.b, c.a, Known()), c.expected) << c.b << " / " << c.a;
  }
}

TEST(CompareFamilyNames, AllowsForDoubleNamesParticlesAndSlips) {
  const Case kCases[] = {
      {"Dupont", "DUPONT", kSame},          {"Le Goff", "Legoff", kSame},
      {"O'Brien", "OBrien", kSame},         {"", "Dupont", kEmpty},
      {"de La Tour", "La Tour", kSpelling}, {"Dupont", "Dupont-Martin", kSpelling},
      {"Lefebvre", "Lefevbre", kSpelling},  {"Dupond", "Dupont", kSpelling},
      {"Schmitt", "Schmidt", kSpelling},    {"D.", "Dupont", kNickname},
      {"Dupont", "Durand", kConflict},      {"Roy", "Ray", kConflict},
      {"Martin", "Bernard", kConflict},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(CompareFamilyNames(c.a, c.b), c.expected) << c.a << " / " << c.b;
    EXPECT_EQ(CompareFamilyNames(c.b, c.a), c.expected) << c.b << " / " << c.a;
  }
}

TEST(CompareNames, LooksAtBothFields) {
  const auto compare = [](PersonName a, PersonName b) { return CompareNames(a, b, Known()); };
  EXPECT_EQ(compare({"Jean", "Dupont"}, {"JEAN", "DUPONT"}), kSame);
  EXPECT_EQ(compare({"", ""}, {"Jean", "Dupont"}), kEmpty);
  EXPECT_EQ(compare({"", "Dupont"}, {"Jean", "Dupont"}), kEmpty);
  EXPECT_EQ(compare({"Bob", "Smith"}, {"Robert", "Smith"}), kNickname);
  EXPECT_EQ(compare({"Bob", "Smyth"}, {"Robert", "Smith"}), kNickname);
  EXPECT_EQ(compare({"Jean", "Dupont"}, {"Marie", "Dupont"}), kConflict);
  EXPECT_EQ(compare({"Jean", "Dupont"}, {"Jean", "Martin"}), kConflict);
  EXPECT_EQ(compare({"Dupont", "Jean"}, {"Jean", "Dupont"}), kSpelling) << "fields swapped";
  EXPECT_EQ(compare({"Jean Dupont", ""}, {"Jean", "Dupont"}), kSpelling) << "all in one field";
  EXPECT_EQ(compare({"", "DUPONT Jean"}, {"Jean", "Dupont"}), kSpelling) << "all in the other field";
}

TEST(GivenNames, SaysWhichLineIsBroken) {
  const auto parsed = GivenNames::Parse("Jean", "# comment\nRobert Bob\n", "");
  ASSERT_FALSE(parsed.ok());
  EXPECT_THAT(DetailsOf(parsed.status()).violations[0].message, testing::HasSubstr("Line 2"));
}

}  // namespace
}  // namespace limpid::text
