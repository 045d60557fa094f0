#include "libs/quality/phone/plain_reader.h"

#include <gmock/gmock.h>

#include "tests/libs/quality/phone/agreement.h"
#include "tests/libs/quality/phone/typed_numbers.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

const NumberPlan& Plan() { return TestData()->number_plan(); }

TEST(PlainReader, AgreesWithLibphonenumberOnGeneratedNumbers) {
  Agreement agreement(Plan());
  TypedNumbers(Plan(), 20261122).ForEach(60, [&](const std::string& input, const std::string& region) {
    agreement.Compare(input, region);
  });
  EXPECT_GE(agreement.compared(), 15'000u);
  EXPECT_GE(agreement.read_plainly() * 100, agreement.compared() * 90) << "the fast path is taken";
}

TEST(PlainReader, AgreesWithLibphonenumberOnTheVectors) {
  Agreement agreement(Plan());
  for (const char* file : {"phone/vectors.tsv", "phone/vectors_libphonenumber_tests.tsv"}) {
    for (const auto& row : ReadRows(file)) {
      // The packaged library is older than its check of contexts; see number_plan_test.cc.
      if (row[0].find("phone-context=1-331") != std::string::npos) continue;
      agreement.Compare(row[0], row[1] == "-" ? "" : row[1]);
    }
  }
  EXPECT_EQ(agreement.compared(), 2202u);
}

TEST(PlainReader, ReadsEveryTerritoryItself) {
  for (int code = 1; code < 1000; ++code) {
    if (Plan().compiled().Exists(code)) {
      EXPECT_NE(Plan().compiled().Code(code), nullptr) << code;
    }
  }
}

TEST(PlainReader, LeavesToLibphonenumberWhatIsNotPlain) {
  for (const char* input : {"06 12 34 56 78 anexo 4", "06 12 34 56 78,,4", "06 12 34 56 78/x5", "12",
                            "+999 123456", "tel:0612345678;phone-context=+33"}) {
    EXPECT_FALSE(ReadPlainly(Plan().compiled(), input, "FR").has_value()) << input;
  }
}

}  // namespace
}  // namespace limpid::quality
