#include "bench/quality/phone_samples.h"

#include <fstream>
#include <random>
#include <string_view>

#include "libs/base/strings.h"

namespace limpid::bench {
namespace {

/// One generator with a fixed seed: two runs measure the same numbers.
class Dice {
 public:
  std::size_t Roll(std::size_t sides) { return engine_() % sides; }
  std::string Digits(int count) {
    std::string digits;
    for (int i = 0; i < count; ++i) digits.push_back(static_cast<char>('0' + Roll(10)));
    return digits;
  }

 private:
  std::mt19937 engine_{20261121};
};

std::vector<SamplePhone> ReadVectors(const std::string& path) {
  std::ifstream file(path);
  std::vector<SamplePhone> phones;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::size_t text_end = line.find('\t');
    const std::size_t region_end = line.find('\t', text_end + 1);
    const std::string region = line.substr(text_end + 1, region_end - text_end - 1);
    phones.push_back({.text = line.substr(0, text_end), .region = region == "-" ? "ZZ" : region});
  }
  return phones;
}

std::string UsualNotation(Dice& dice) {
  const std::string d = dice.Digits(8);
  const std::string pairs =
      StrCat(d.substr(0, 2), " ", d.substr(2, 2), " ", d.substr(4, 2), " ", d.substr(6, 2));
  switch (dice.Roll(12)) {
    case 0:
    case 1:
    case 2:
      return StrCat("06 ", pairs);
    case 3:
    case 4:
      return StrCat("07", d);
    case 5:
      return StrCat("01 ", pairs);
    case 6:
      return StrCat("+33 6 ", pairs);
    case 7:
      return StrCat("0033 (0)6 ", pairs);
    case 8:
      return StrCat("+32 470 ", d.substr(0, 6));
    case 9:
      return StrCat("+41 79 ", d.substr(0, 7));
    case 10:
      return StrCat("+44 7911 ", d.substr(0, 6));
    default:
      return StrCat("06", d.substr(0, 6));
  }
}

}  // namespace

std::vector<SamplePhone> SamplePhones(const std::string& data_directory, int count) {
  const std::vector<SamplePhone> vectors = ReadVectors(data_directory + "/../tests/data/phone/vectors.tsv");
  Dice dice;
  std::vector<SamplePhone> phones;
  for (int i = 0; i < count; ++i) {
    if (dice.Roll(5) == 0 && !vectors.empty()) {
      phones.push_back(vectors[dice.Roll(vectors.size())]);
    } else {
      phones.push_back({.text = UsualNotation(dice), .region = "FR"});
    }
  }
  return phones;
}

}  // namespace limpid::bench
