#include "libs/quality/email/address.h"

#include <gmock/gmock.h>

#include "libs/base/strings.h"
#include "libs/quality/reasons.h"
#include "tests/libs/quality/test_data.h"

namespace limpid::quality {
namespace {

namespace rule = email_syntax;

struct Case {
  std::string_view input;
  std::string_view rule;
  std::size_t position;
};

TEST(ParseEmail, NamesTheBrokenRuleAndItsByte) {
  const Case kCases[] = {
      {"", rule::kEmpty, 0},
      {"jean", rule::kAtMissing, 4},
      {"@iana.org", rule::kLocalPartMissing, 0},
      {".jean@iana.org", rule::kLocalPartDotAtStart, 0},
      {"jean.@iana.org", rule::kLocalPartDotAtEnd, 4},
      {"je..an@iana.org", rule::kLocalPartDotRepeated, 3},
      {"je an@iana.org", rule::kWhitespace, 2},
      {"jean@iana.org\r\n", rule::kWhitespace, 13},
      {"je\x01@iana.org", rule::kControlCharacter, 2},
      {"je,an@iana.org", rule::kLocalPartCharacter, 2},
      {"(x)jean@iana.org", rule::kComment, 0},
      {"<jean@iana.org>", rule::kDisplayName, 0},
      {"je\"an@iana.org", rule::kQuoteMisplaced, 2},
      {"\"jean\"@iana.org", rule::kLocalPartQuoted, 0},
      {"\"jean\"x@iana.org", rule::kQuoteMisplaced, 6},
      {"\"jean@iana.org", rule::kQuoteUnclosed, 0},
      {"jean@", rule::kDomainMissing, 5},
      {"jean@.org", rule::kDomainDotAtStart, 5},
      {"jean@iana..org", rule::kDomainDotRepeated, 10},
      {"jean@iana.org.", rule::kDomainDotAtEnd, 13},
      {"jean@iana", rule::kDomainWithoutDot, 5},
      {"jean@192.0.2.1", rule::kDomainNumeric, 13},
      {"jean@ia_na.org", rule::kDomainCharacter, 7},
      {"jean@-iana.org", rule::kLabelHyphenAtStart, 5},
      {"jean@iana-.org", rule::kLabelHyphenAtEnd, 9},
      {"jean@ab--c.org", rule::kLabelHyphens, 7},
      {"jean@x@iana.org", rule::kAtRepeated, 6},
      {"jean@[192.0.2.1]", rule::kDomainLiteral, 5},
      {"jean@[IPv6:2001:db8::1]", rule::kDomainLiteral, 5},
      {"jean@[192.0.2.256]", rule::kDomainLiteralInvalid, 5},
      {"jean@xn--zzzzzz--.org", rule::kLabelHyphenAtEnd, 16},
      {"jean@xn--99999999999.org", rule::kDomainNotIdna, 5},
      {"jean@☃.net", rule::kDomainNotIdna, 5},
      {"je\u200ban@iana.org", rule::kControlCharacter, 2},
      {"je\u00a0an@iana.org", rule::kWhitespace, 2},
      {"je\xc3(@iana.org", rule::kInvalidUtf8, 2},
  };
  for (const Case& c : kCases) {
    const ParsedEmail parsed = ParseEmail(c.input);
    ASSERT_TRUE(parsed.fault.has_value()) << c.input;
    EXPECT_EQ(parsed.fault->rule, c.rule) << c.input;
    EXPECT_EQ(parsed.fault->position, c.position) << c.input;
    EXPECT_FALSE(parsed.address.has_value()) << c.input;
  }
}

TEST(ParseEmail, CountsOctets) {
  const std::string local64(64, 'a');
  EXPECT_TRUE(ParseEmail(local64 + "@iana.org").address.has_value());
  EXPECT_EQ(ParseEmail(local64 + "a@iana.org").fault->rule, rule::kLocalPartTooLong);
  EXPECT_EQ(ParseEmail(std::string(33, 'e') + "ééééééééééééééééé@iana.org").fault->rule,
            rule::kLocalPartTooLong);
  const std::string label63(63, 'b');
  EXPECT_TRUE(ParseEmail("a@" + label63 + ".org").address.has_value());
  EXPECT_EQ(ParseEmail("a@" + label63 + "b.org").fault->rule, rule::kLabelTooLong);
  const std::string domain = label63 + "." + label63 + "." + label63 + ".";
  EXPECT_TRUE(ParseEmail("a@" + domain + std::string(60, 'c')).address.has_value());
  EXPECT_EQ(ParseEmail("aa@" + domain + std::string(60, 'c')).fault->rule, rule::kAddressTooLong);
  EXPECT_EQ(ParseEmail("a@" + domain + std::string(62, 'c')).fault->rule, rule::kDomainTooLong);
}

TEST(ParseEmail, GivesTheNormalForms) {
  const ParsedEmail plain = ParseEmail("Jean.Dupont+news@EXAMPLE.Co.UK");
  ASSERT_TRUE(plain.address.has_value());
  EXPECT_EQ(plain.address->normalized, "Jean.Dupont+news@example.co.uk");
  EXPECT_EQ(plain.address->ascii(), plain.address->normalized);
  EXPECT_EQ(plain.address->domain(), "example.co.uk");
  EXPECT_EQ(plain.address->local(), "Jean.Dupont+news");
  EXPECT_FALSE(plain.address->needs_smtputf8);

  const ParsedEmail domain = ParseEmail("hans@BÜCHER.example.de");
  EXPECT_EQ(domain.address->normalized, "hans@bücher.example.de");
  EXPECT_EQ(domain.address->ascii(), "hans@xn--bcher-kva.example.de");
  EXPECT_EQ(ParseEmail("hans@xn--bcher-kva.example.de").address->normalized, "hans@bücher.example.de");

  const ParsedEmail local = ParseEmail("He\u0301le\u0300ne@iana.org");
  EXPECT_EQ(local.address->normalized, "Hélène@iana.org");
  EXPECT_EQ(local.address->ascii(), "");
  EXPECT_TRUE(local.address->needs_smtputf8);
}

TEST(ParseEmail, AdmitsQuotedLocalPartsAndLiteralsWhenAsked) {
  const struct {
    std::string_view input;
    std::string_view normalized;
  } kCases[] = {
      {"\"jean dupont\"@iana.org", "\"jean dupont\"@iana.org"},
      {"\"jean@home\"@iana.org", "\"jean@home\"@iana.org"},
      {"\"jean\"@IANA.org", "jean@iana.org"},
      {"\"je\\an\"@iana.org", "jean@iana.org"},
      {"\"a\\\\\\\"b\"@iana.org", "\"a\\\\\\\"b\"@iana.org"},
      {"\"\"@iana.org", "\"\"@iana.org"},
      {"\"a..b\"@iana.org", "\"a..b\"@iana.org"},
      {"\"a.b.\"@iana.org", "\"a.b.\"@iana.org"},
      {"jean@[192.0.2.1]", "jean@[192.0.2.1]"},
      {"jean@[ipv6:2001:DB8:0:0:0:0:0:1]", "jean@[IPv6:2001:db8::1]"},
      {"\"a b\"@[192.0.2.1]", "\"a b\"@[192.0.2.1]"},
  };
  for (const auto& c : kCases) {
    const ParsedEmail parsed = ParseEmail(c.input, {.admit_quoted = true});
    ASSERT_TRUE(parsed.address.has_value()) << c.input << " " << parsed.fault->rule;
    EXPECT_EQ(parsed.address->normalized, c.normalized);
    EXPECT_TRUE(parsed.is_mailbox);
    EXPECT_FALSE(ParseEmail(c.input).address.has_value()) << "not unless asked";
  }
  EXPECT_EQ(ParseEmail("a@[192.0.2.1]", {.admit_quoted = true}).address->domain(), "[192.0.2.1]");
  for (const char* input : {"\"jean@iana.org", "\"je\r\nan\"@iana.org", "a@[192.0.2.256]", "a@[x]",
                            "\"a\"@iana", "\"je\u202ean\"@iana.org"}) {
    EXPECT_TRUE(ParseEmail(input, {.admit_quoted = true}).fault.has_value()) << input;
  }
}

TEST(ParseEmail, ChecksALabelsThatAreThereAlready) {
  EXPECT_EQ(ParseEmail("a@XN--BCHER-KVA.DE").address->domain(), "xn--bcher-kva.de");
  EXPECT_EQ(ParseEmail("a@XN--BCHER-KVA.DE").address->normalized, "a@bücher.de");
  for (const char* domain :
       {"xn--n3h.net", "xn--a.org", "xn--99999999999.org", "xn--bcher-kva-.de", "xn--.de"}) {
    EXPECT_TRUE(ParseEmail(StrCat("a@", domain)).fault.has_value()) << domain;
  }
}

TEST(ParseEmail, TreatsSharpSAsALetterOfItsOwn) {
  EXPECT_EQ(ParseEmail("a@straße.de").address->domain(), "xn--strae-oqa.de") << "non-transitional";
}

TEST(ParseEmail, KnowsTheMailboxesOfRfc5321) {
  int rows = 0;
  for (const auto& row : ReadRows("email/syntax.tsv")) {
    if (row[3] == "-") continue;
    ++rows;
    EXPECT_EQ(ParseEmail(Unescape(row[2])).is_mailbox, row[3] == "valid") << row[0] << " " << row[2];
  }
  EXPECT_GT(rows, 70);
}

TEST(ParseEmail, JudgesAnyBytes) {
  const std::string inputs[] = {
      std::string(1 << 20, 'a'),
      std::string(1 << 20, '@'),
      std::string(1 << 20, '\xff'),
      std::string("a\0b@iana.org", 12),
      std::string("a@ia\0na.org", 11),
      "\u202ejean@iana.org",
      "jean@iana.org\u200f",
      "\xf0\x9f",
      "\"",
      "\"\\",
      "a@[",
      "a@[]",
      "a@[IPv6:",
      "a@[IPv6:]",
      "a@[IPv6::::]",
      "@",
      ".",
      "a@.",
      "a@..",
      "a@-",
      std::string(300, '.') + "@" + std::string(300, '.'),
  };
  for (const std::string& input : inputs) EXPECT_TRUE(ParseEmail(input).fault.has_value());
  for (int byte = 0; byte < 256; ++byte) {
    for (std::string_view around : {"@iana.org", "jean@", "jean@iana.org", "\"@iana.org"}) {
      const std::string text = StrCat(std::string(1, static_cast<char>(byte)), around);
      EXPECT_NE(ParseEmail(text).fault.has_value(), ParseEmail(text).address.has_value()) << byte << around;
    }
  }
}

}  // namespace
}  // namespace limpid::quality
