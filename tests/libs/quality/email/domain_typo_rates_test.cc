/// How often a slip is understood, and how often a real domain is disturbed: measured over generated slips,
/// not over rows of a file that the rules could have learnt.

#include <cctype>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "libs/base/strings.h"
#include "libs/quality/email/domain_typo.h"
#include "libs/quality/email/email_rules.h"
#include "libs/text/keyboard.h"
#include "libs/text/unicode.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";

/// Every single slip of the finger in `domain`: a letter lost, doubled or swapped with the next, a
/// neighbouring key instead of the right one or beside it.
std::vector<std::string> FingerSlips(const std::string& domain) {
  std::vector<std::string> slips;
  for (std::size_t i = 0; i < domain.size(); ++i) {
    const char c = domain[i];
    if (c == '.') continue;
    const std::string before = domain.substr(0, i);
    const std::string after = domain.substr(i + 1);
    slips.push_back(StrCat(before, after));
    slips.push_back(StrCat(domain.substr(0, i + 1), domain.substr(i)));
    if (!after.empty() && after[0] != '.' && after[0] != c) {
      slips.push_back(StrCat(before, after.substr(0, 1), domain.substr(i, 1), after.substr(1)));
    }
    for (const char other : kLetters) {
      if (!text::AreNeighbourKeys(c, other)) continue;
      slips.push_back(StrCat(before, std::string(1, other), after));
      slips.push_back(StrCat(domain.substr(0, i + 1), std::string(1, other), after));
    }
  }
  return slips;
}

/// Slips around the dots and the end.
std::vector<std::string> SuffixSlips(const std::string& domain) {
  const std::size_t dot = domain.find('.');
  const std::string name = domain.substr(0, dot);
  const std::string suffix = domain.substr(dot + 1);
  return {StrCat(name, suffix), StrCat(name, ",", suffix), StrCat(name, "..", suffix), StrCat(domain, "."),
          StrCat(domain, domain.substr(domain.rfind('.')))};
}

/// Every way to lose, add or misplace one dot of a domain, or to type a hyphen for it.
std::vector<std::string> DotSlips(const std::string& domain) {
  std::vector<std::string> slips;
  for (std::size_t i = 0; i < domain.size(); ++i) {
    if (domain[i] == '.') {
      const std::string before = domain.substr(0, i);
      const std::string after = domain.substr(i + 1);
      slips.push_back(StrCat(before, after));
      slips.push_back(StrCat(before, "-", after));
      // One letter too early, one too late.
      slips.push_back(StrCat(before.substr(0, i - 1), ".", before.substr(i - 1), after));
      slips.push_back(StrCat(before, after.substr(0, 1), ".", after.substr(1)));
    } else if (i > 0 && domain[i - 1] != '.') {
      slips.push_back(StrCat(domain.substr(0, i), ".", domain.substr(i)));
    }
  }
  return slips;
}

class Rates {
 public:
  /// Counts one slip, as often as people make it: as many times as the provider has users.
  void Count(const std::string& typed, const std::string& meant, int weight) {
    const EmailVerdict verdict = rules_.Verify(StrCat("jean.dupont@", typed));
    all_ += weight;
    if (!verdict.did_you_mean) return;
    const bool right = verdict.did_you_mean->email == StrCat("jean.dupont@", meant);
    (right ? right_ : wrong_) += weight;
    if (right && verdict.did_you_mean->confidence >= kSureGuess) sure_ += weight;
  }
  double right() const { return right_ / all_; }
  double wrong() const { return wrong_ / all_; }
  double sure() const { return sure_ / all_; }

 private:
  const EmailRules rules_{TestData()};
  double all_ = 0;
  double right_ = 0;
  double wrong_ = 0;
  double sure_ = 0;
};

template <class Use>
void ForEachWellKnownProvider(Use use) {
  for (const Provider& provider : TestData()->email().typos().providers()) {
    if (provider.weight >= 30) use(StrCat(provider.name, ".", provider.suffix), provider.weight);
  }
}

bool IsSomebodysDomain(const std::string& domain) {
  constexpr uint16_t kReal = kMarkProvider | kMarkReal | kMarkFree | kMarkAllowed;
  return (TestData()->email().domains().Find(domain) & kReal) != 0;
}

TEST(DomainTypoRates, SlipsOfTheFingerAreUnderstood) {
  Rates rates;
  ForEachWellKnownProvider([&](const std::string& domain, int weight) {
    for (const std::string& typed : FingerSlips(domain)) {
      if (!IsSomebodysDomain(typed) && typed != domain) rates.Count(typed, domain, weight);
    }
  });
  RecordProperty("right", std::to_string(rates.right()));
  RecordProperty("sure", std::to_string(rates.sure()));
  RecordProperty("wrong", std::to_string(rates.wrong()));
  EXPECT_GE(rates.right(), 0.93);
  EXPECT_GE(rates.sure(), 0.85) << "sure enough for a form to ask";
  EXPECT_LE(rates.wrong(), 0.01);
}

TEST(DomainTypoRates, SlipsAroundDotsAreUnderstood) {
  Rates rates;
  ForEachWellKnownProvider([&](const std::string& domain, int weight) {
    for (const std::string& typed : SuffixSlips(domain)) rates.Count(typed, domain, weight);
  });
  RecordProperty("right", std::to_string(rates.right()));
  RecordProperty("wrong", std::to_string(rates.wrong()));
  EXPECT_GE(rates.right(), 0.97);
  EXPECT_LE(rates.wrong(), 0.01);
}

TEST(DomainTypoRates, DotsInTheWrongPlaceAreUnderstood) {
  Rates rates;
  ForEachWellKnownProvider([&](const std::string& domain, int weight) {
    for (const std::string& typed : DotSlips(domain)) {
      if (!IsSomebodysDomain(typed)) rates.Count(typed, domain, weight);
    }
  });
  RecordProperty("right", std::to_string(rates.right()));
  RecordProperty("sure", std::to_string(rates.sure()));
  RecordProperty("wrong", std::to_string(rates.wrong()));
  EXPECT_GE(rates.right(), 0.93);
  EXPECT_GE(rates.sure(), 0.9) << "sure enough for a form to ask";
  EXPECT_LE(rates.wrong(), 0.01);
}

TEST(DomainTypoRates, TwoSlipsAreSeldomMisunderstood) {
  std::mt19937 random(20261122);
  Rates rates;
  ForEachWellKnownProvider([&](const std::string& domain, int weight) {
    for (const std::string& once : FingerSlips(domain)) {
      const std::vector<std::string> twice = FingerSlips(once);
      const std::string& typed = twice[random() % twice.size()];
      if (!IsSomebodysDomain(typed) && typed != domain) rates.Count(typed, domain, weight);
    }
  });
  RecordProperty("right", std::to_string(rates.right()));
  RecordProperty("wrong", std::to_string(rates.wrong()));
  EXPECT_GE(rates.right(), 0.5);
  EXPECT_LE(rates.wrong(), 0.05);
}

/// `jean@<name>.fr` for real names, which lie as close to each other as domains do.
double ShareLeftAlone(const std::vector<std::string>& names, const std::vector<std::string>& suffixes) {
  const EmailRules rules(TestData());
  int all = 0;
  int alone = 0;
  for (const std::string& name : names) {
    for (const std::string& suffix : suffixes) {
      const std::string domain = StrCat(name, suffix);
      if (TestData()->email().domains().Find(domain) & kMarkDisposable) continue;
      ++all;
      if (!rules.Verify(StrCat("jean@", domain)).did_you_mean) ++alone;
    }
  }
  EXPECT_GT(all, 300);
  ::testing::Test::RecordProperty("domains", all);
  ::testing::Test::RecordProperty("disturbed", all - alone);
  return static_cast<double>(alone) / all;
}

std::vector<std::string> FoldedNames(std::string_view file, std::size_t column, char separator) {
  std::vector<std::string> names;
  for (const std::string& line : ReadDataLines(file)) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < column; ++i) begin = line.find(separator, begin) + 1;
    std::string name;
    for (const char c : text::Fold(line.substr(begin, line.find(separator, begin) - begin))) {
      if (std::isalnum(static_cast<unsigned char>(c))) name.push_back(c);
    }
    if (name.size() >= 3) names.push_back(name);
  }
  return names;
}

TEST(DomainTypoRates, DomainsOfTownsAreLeftAlone) {
  EXPECT_GE(ShareLeftAlone(FoldedNames("fr/communes.csv", 1, ','), {".fr", ".com", ".co.uk"}), 0.999);
}

TEST(DomainTypoRates, DomainsOfPeopleAreLeftAlone) {
  EXPECT_GE(ShareLeftAlone(FoldedNames("names/given_names.txt", 0, '\t'),
                           {".fr", ".com", ".net", ".co", ".me", ".co.uk"}),
            0.999);
}

}  // namespace
}  // namespace limpid::quality
