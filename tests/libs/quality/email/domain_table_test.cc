#include "libs/quality/email/domain_table.h"

#include <memory>

#include <gmock/gmock.h>
#include <libpsl.h>

#include "libs/base/strings.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

TEST(DomainTable, GivesEveryParentInOnePass) {
  NameTableBuilder builder;
  builder.Mark("b.fr", kMarkFree);
  const DomainTable table(builder.View());
  const DomainTable::Chain chain = table.FindChain("a.b.fr");
  ASSERT_EQ(chain.links.size(), 3u);
  EXPECT_EQ(chain.links[0].domain, "a.b.fr");
  EXPECT_EQ(chain.links[1].domain, "b.fr");
  EXPECT_EQ(chain.links[1].marks, kMarkFree);
  EXPECT_EQ(chain.links[2].domain, "fr");
  EXPECT_EQ(chain.AnyMarks(), kMarkFree);
  EXPECT_EQ(chain.FindMarked(kMarkFree), "b.fr");
  EXPECT_EQ(chain.FindMarked(kMarkReserved), "");
  EXPECT_EQ(table.FindChain("").links.size(), 0u);
  EXPECT_EQ(table.FindChain(std::string(300, '.')).links.size(), 300u);
}

TEST(DomainTable, KnowsSuffixesLikeTheReferenceImplementation) {
  const std::unique_ptr<psl_ctx_t, decltype(&psl_free)> psl(
      psl_load_file(LIMPID_SOURCE_DIR "/data/email/public_suffix_list.dat"), psl_free);
  ASSERT_NE(psl, nullptr);
  const DomainTable& table = TestData()->email().domains();
  int compared = 0;
  const auto compare = [&](const std::string& domain) {
    const DomainTable::Chain chain = table.FindChain(domain);
    const char* registrable = psl_registrable_domain(psl.get(), domain.c_str());
    ASSERT_EQ(chain.RegistrableDomain(), registrable == nullptr ? "" : registrable) << domain;
    ++compared;
  };
  for (const char* domain : {"com", "a.com", "b.a.com", "co.uk", "a.co.uk", "x.a.co.uk", "ck", "x.ck",
                             "a.x.ck", "www.ck", "a.www.ck", "city.kawasaki.jp", "a.b.kawasaki.jp",
                             "github.io", "a.github.io", "nosuchtld", "a.nosuchtld", "b.a.nosuchtld"}) {
    compare(domain);
  }
  table.ForEach([&](std::string_view domain, uint16_t) { compare(StrCat("x.", domain)); });
  EXPECT_GT(compared, 100000);
}

}  // namespace
}  // namespace limpid::quality
