#include "enrich-svc/providers/locality_key.h"

#include <gmock/gmock.h>

namespace limpid::enrich {
namespace {

TEST(LocalityKey, SpellingsOfOneTownHaveOneKey) {
  struct Spelling {
    std::string_view official;
    std::string_view typed;
  };
  constexpr Spelling kSpellings[] = {
      {"Saint-Étienne", "SAINT ETIENNE"},          {"Saint-Étienne", "St-Etienne"},
      {"Sainte-Foy-lès-Lyon", "ste foy les lyon"}, {"L'Abergement-Clémenciat", "L ABERGEMENT CLEMENCIAT"},
      {"L'Haÿ-les-Roses", "l’hay les roses"},      {"Chalon-sur-Saône", "Chalon s/ Saône"},
      {"Œuf-en-Ternois", "oeuf en ternois"},       {"Le Mans", "le  mans "},
  };
  for (const Spelling& spelling : kSpellings) {
    EXPECT_EQ(MakeLocalityKey(spelling.typed).name, MakeLocalityKey(spelling.official).name)
        << spelling.typed;
  }
}

TEST(LocalityKey, NeighboursKeepKeysOfTheirOwn) {
  EXPECT_NE(MakeLocalityKey("Saint-Denis").name, MakeLocalityKey("Saint-Denis-lès-Bourg").name);
  EXPECT_NE(MakeLocalityKey("Sainte-Marie").name, MakeLocalityKey("Saint-Marie").name);
}

TEST(LocalityKey, ReadsTheArrondissement) {
  for (const std::string_view typed :
       {"Lyon 3", "LYON 03", "Lyon 3e", "lyon 3ème", "Lyon 3e Arrondissement", "Lyon-3e-arr."}) {
    const LocalityKey key = MakeLocalityKey(typed);
    EXPECT_EQ(key.name, "lyon") << typed;
    EXPECT_EQ(key.arrondissement, 3) << typed;
  }
  EXPECT_EQ(MakeLocalityKey("Paris 1er").arrondissement, 1);
  EXPECT_EQ(MakeLocalityKey("Paris").arrondissement, 0);
  EXPECT_EQ(MakeLocalityKey("Paris 99").arrondissement, 0);
}

TEST(LocalityKey, CedexEndsTheName) {
  const LocalityKey key = MakeLocalityKey("PARIS LA DÉFENSE CEDEX 12");
  EXPECT_EQ(key.name, "parisladefense");
  EXPECT_TRUE(key.cedex);
  EXPECT_FALSE(MakeLocalityKey("Paris").cedex);
}

TEST(LocalityKey, NothingIsLeftOfWhatIsNoName) {
  EXPECT_EQ(MakeLocalityKey("").name, "");
  EXPECT_EQ(MakeLocalityKey(" - / ").name, "");
  EXPECT_EQ(MakeLocalityKey("\xff\xfe").name, "");
}

}  // namespace
}  // namespace limpid::enrich
