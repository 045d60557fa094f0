#include "libs/quality/email/addr_spec.h"

#include <gmock/gmock.h>

#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(BareAddrSpec, LeavesOutCommentsAndWhiteSpace) {
  EXPECT_THAT(BareAddrSpec("jean@orange.fr"), Optional(Eq("jean@orange.fr")));
  EXPECT_THAT(BareAddrSpec("jean(at work)@orange.fr"), Optional(Eq("jean@orange.fr")));
  EXPECT_THAT(BareAddrSpec("(a (nested) one)jean@(b)orange.fr(c)"), Optional(Eq("jean@orange.fr")));
  EXPECT_THAT(BareAddrSpec(" jean . dupont @ orange . fr "), Optional(Eq("jean.dupont@orange.fr")));
  EXPECT_THAT(BareAddrSpec("jean\r\n @orange.fr"), Optional(Eq("jean@orange.fr")));
  EXPECT_THAT(BareAddrSpec("\"jean dupont\".x@orange.fr"), Optional(Eq("\"jean dupont\".x@orange.fr")));
  EXPECT_THAT(BareAddrSpec("jean@[192.0.2.1](x)"), Optional(Eq("jean@[192.0.2.1]")));
  EXPECT_THAT(BareAddrSpec("(\\))jean@orange.fr"), Optional(Eq("jean@orange.fr"))) << "an escaped bracket";
}

TEST(BareAddrSpec, RefusesWhatNoHeaderMayCarry) {
  for (const char* text : {"",
                           "jean",
                           "@orange.fr",
                           "jean@",
                           "(jean@orange.fr",
                           "jean(a@orange.fr",
                           "jean)@orange.fr",
                           "je an@orange.fr",
                           "jean(a)dupont@orange.fr",
                           "jean@or(a)ange.fr",
                           "jean..d@orange.fr",
                           "\"jean@orange.fr",
                           "jean@[192.0.2.1",
                           "jean@-orange.fr",
                           "jean\r\n@orange.fr",
                           "jean@orange.fr\r\n",
                           "jean\n@orange.fr",
                           "jean@@orange.fr",
                           "(\\",
                           "\"\\"}) {
    EXPECT_FALSE(BareAddrSpec(text).has_value()) << text;
  }
}

TEST(BareAddrSpec, AgreesWithTheCollectedVectors) {
  int rows = 0;
  for (const auto& row : ReadRows("email/syntax.tsv")) {
    // Left out: a backslash outside of quotes, which RFC 822 had and RFC 5322 §4 has not, and a sign that is
    // no letter, which RFC 6532 admits.
    if (row[4] == "-" || row[0] == "egulias-6" || row[0] == "egulias-45") continue;
    ++rows;
    EXPECT_EQ(BareAddrSpec(Unescape(row[2])).has_value(), row[4] == "valid") << row[0] << " " << row[2];
  }
  EXPECT_GT(rows, 90);
}

}  // namespace
}  // namespace limpid::quality
