/// Addresses that are valid by construction are accepted; break one rule in one of them and that rule is
/// named, at its byte. Complements the collected vectors of address_test.cc with inputs that nobody wrote
/// down.

#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>

#include "libs/base/strings.h"
#include "libs/quality/email/address.h"
#include "libs/quality/reasons.h"

namespace limpid::quality {
namespace {

namespace rule = email_syntax;

constexpr int kRounds = 2000;
constexpr std::string_view kAtext =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~";
constexpr std::string_view kLetDig = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
/// Letters that lower-casing and NFC leave as they are, all written from left to right.
const std::vector<std::string> kUnicodeLetters = {"é", "ü", "ß", "ø",  "ł",  "β",
                                                  "λ", "д", "я", "中", "日", "あ"};

class Generator {
 public:
  int Roll(int sides) { return static_cast<int>(engine_() % static_cast<unsigned>(sides)); }
  char Pick(std::string_view from) {
    return from[static_cast<std::size_t>(Roll(static_cast<int>(from.size())))];
  }
  const std::string& Pick(const std::vector<std::string>& from) {
    return from[static_cast<std::size_t>(Roll(static_cast<int>(from.size())))];
  }
  std::string Text(std::string_view letters, int size) {
    std::string text;
    for (int i = 0; i < size; ++i) text.push_back(Pick(letters));
    return text;
  }

  std::string Local() {
    std::string local = Text(kAtext, 1 + Roll(12));
    for (int atoms = Roll(3); atoms > 0; --atoms) local += StrCat(".", Text(kAtext, 1 + Roll(12)));
    return local;
  }
  std::string Label() {
    std::string label = Text(kLetDig, 1 + Roll(10));
    if (Roll(3) == 0) label += StrCat("-", Text(kLetDig, 3 + Roll(5)));
    // Hyphens in third and fourth place would need two in a row.
    return label;
  }
  std::string Domain() {
    std::string domain = Label();
    for (int labels = Roll(3); labels > 0; --labels) domain += StrCat(".", Label());
    return StrCat(domain, ".", Text(kLetters, 2 + Roll(5)));
  }
  /// A place inside the text where something can be put: neither end.
  std::size_t Inside(std::string_view text) {
    return 1 + static_cast<std::size_t>(Roll(static_cast<int>(text.size()) - 1));
  }

 private:
  std::mt19937 engine_{5321};
};

std::string Put(std::string_view text, std::size_t at, std::string_view piece) {
  return StrCat(text.substr(0, at), piece, text.substr(at));
}

TEST(AddressProperty, WhatFollowsTheGrammarIsAccepted) {
  Generator generate;
  for (int i = 0; i < kRounds; ++i) {
    const std::string local = generate.Local();
    const std::string domain = generate.Domain();
    const std::string input = StrCat(local, "@", domain);
    const ParsedEmail parsed = ParseEmail(input);
    ASSERT_TRUE(parsed.address.has_value()) << input << " " << parsed.fault->rule;
    EXPECT_TRUE(parsed.is_mailbox);
    EXPECT_EQ(parsed.address->normalized, input);
    EXPECT_EQ(parsed.address->ascii(), input);
    EXPECT_EQ(parsed.address->local(), local);
    EXPECT_EQ(parsed.address->domain(), domain);
  }
}

TEST(AddressProperty, InternationalAddressesAreAcceptedToo) {
  Generator generate;
  for (int i = 0; i < kRounds; ++i) {
    const std::string letter = generate.Pick(kUnicodeLetters);
    const std::string local = StrCat(generate.Local(), letter);
    const std::string label = StrCat(generate.Text(kLetters, 3), letter, generate.Text(kLetters, 2));
    const std::string input = StrCat(local, "@", label, ".", generate.Domain());
    const ParsedEmail parsed = ParseEmail(input);
    ASSERT_TRUE(parsed.address.has_value()) << input << " " << parsed.fault->rule;
    EXPECT_EQ(parsed.address->normalized, input);
    EXPECT_TRUE(parsed.address->needs_smtputf8);
    EXPECT_EQ(parsed.address->domain().substr(0, 4), "xn--");
    // The A-labels are the same domain.
    const ParsedEmail again = ParseEmail(StrCat("x@", parsed.address->domain()));
    ASSERT_TRUE(again.address.has_value()) << parsed.address->domain();
    EXPECT_EQ(again.address->domain(), parsed.address->domain());
  }
}

struct Broken {
  std::string input;
  std::string_view rule;
  std::size_t position;
};

/// Each breaks one rule of `local@domain`.
using Breaker = std::function<Broken(Generator&, const std::string& local, const std::string& domain)>;

Breaker InLocal(std::string piece, std::string_view broken) {
  return [piece, broken](Generator& generate, const std::string& local, const std::string& domain) {
    const std::string padded = StrCat("a", local, "b");
    const std::size_t at = generate.Inside(padded);
    return Broken{StrCat(Put(padded, at, piece), "@", domain), broken, at};
  };
}

Breaker InDomain(std::string piece, std::string_view broken) {
  return [piece, broken](Generator& generate, const std::string& local, const std::string& domain) {
    const std::string label = generate.Text(kLetters, 6);
    const std::size_t at = generate.Inside(label);
    return Broken{StrCat(local, "@", Put(label, at, piece), ".", domain), broken, local.size() + 1 + at};
  };
}

std::vector<Breaker> Breakers() {
  std::vector<Breaker> breakers;
  for (const char* c : {",", ";", ":", "\\", "[", "]"})
    breakers.push_back(InLocal(c, rule::kLocalPartCharacter));
  for (const char* c : {"_", "!", "#", "$", "%", "&", "'", "*", "+",  "/",  "=", "?", "^",
                        "`", "{", "|", "}", "~", ",", ";", ":", "\\", "\"", "[", "]"}) {
    breakers.push_back(InDomain(c, rule::kDomainCharacter));
  }
  for (const char* c : {" ", "\t", "\r", "\n", "\u00a0", "\u3000"}) {
    breakers.push_back(InLocal(c, rule::kWhitespace));
    breakers.push_back(InDomain(c, rule::kWhitespace));
  }
  for (const std::string& c : {std::string("\0", 1), std::string("\x01"), std::string("\x7f"),
                               std::string("\u200b"), std::string("\u202e")}) {
    breakers.push_back(InLocal(c, rule::kControlCharacter));
    breakers.push_back(InDomain(c, rule::kControlCharacter));
  }
  for (const char* c : {"(", ")"}) {
    breakers.push_back(InLocal(c, rule::kComment));
    breakers.push_back(InDomain(c, rule::kComment));
  }
  for (const char* c : {"<", ">"}) {
    breakers.push_back(InLocal(c, rule::kDisplayName));
    breakers.push_back(InDomain(c, rule::kDisplayName));
  }
  for (const char* c : {"\xff", "\xc3", "\xed\xa0\x80"}) {
    breakers.push_back(InLocal(c, rule::kInvalidUtf8));
    breakers.push_back(InDomain(c, rule::kInvalidUtf8));
  }
  breakers.push_back(InLocal("\"", rule::kQuoteMisplaced));
  breakers.push_back(InDomain("@", rule::kAtRepeated));

  const auto add = [&](auto make) {
    breakers.push_back([make](Generator& generate, const std::string& local, const std::string& domain) {
      return make(generate, local, domain);
    });
  };
  using S = const std::string&;
  add([](Generator&, S l, S d) { return Broken{StrCat(".", l, "@", d), rule::kLocalPartDotAtStart, 0}; });
  add([](Generator&, S l, S d) { return Broken{StrCat(l, ".@", d), rule::kLocalPartDotAtEnd, l.size()}; });
  add([](Generator&, S l, S d) {
    return Broken{StrCat(l, "..x@", d), rule::kLocalPartDotRepeated, l.size() + 1};
  });
  add([](Generator&, S, S d) { return Broken{StrCat("@", d), rule::kLocalPartMissing, 0}; });
  add([](Generator&, S l, S) { return Broken{StrCat(l, "@"), rule::kDomainMissing, l.size() + 1}; });
  add([](Generator&, S l, S) { return Broken{l, rule::kAtMissing, l.size()}; });
  add([](Generator&, S l, S d) { return Broken{StrCat(l, "@.", d), rule::kDomainDotAtStart, l.size() + 1}; });
  add([](Generator&, S l, S d) {
    return Broken{StrCat(l, "@", d, "."), rule::kDomainDotAtEnd, l.size() + 1 + d.size()};
  });
  add([](Generator&, S l, S d) {
    return Broken{StrCat(l, "@x..", d), rule::kDomainDotRepeated, l.size() + 3};
  });
  add([](Generator&, S l, S d) {
    return Broken{StrCat(l, "@-", d), rule::kLabelHyphenAtStart, l.size() + 1};
  });
  add([](Generator&, S l, S d) {
    return Broken{StrCat(l, "@x-.", d), rule::kLabelHyphenAtEnd, l.size() + 2};
  });
  add([](Generator&, S l, S d) {
    return Broken{StrCat(l, "@ab--c.", d), rule::kLabelHyphens, l.size() + 3};
  });
  add([](Generator& generate, S l, S) {
    const std::string label = generate.Text(kLetters, 8);
    return Broken{StrCat(l, "@", label), rule::kDomainWithoutDot, l.size() + 1};
  });
  add([](Generator& generate, S l, S d) {
    const std::string digits = generate.Text("0123456789", 1 + generate.Roll(5));
    return Broken{StrCat(l, "@", d, ".", digits), rule::kDomainNumeric, l.size() + 1 + d.size() + 1};
  });
  add([](Generator& generate, S l, S d) {
    const std::string label = generate.Text(kLetDig, 64 + generate.Roll(30));
    return Broken{StrCat(l, "@", label, ".", d), rule::kLabelTooLong, l.size() + 1 + 63};
  });
  add([](Generator& generate, S l, S d) {
    const std::string longer = StrCat(l, ".", generate.Text(kAtext, 65));
    return Broken{StrCat(longer, "@", d), rule::kLocalPartTooLong, 64};
  });
  return breakers;
}

TEST(AddressProperty, TheOneBrokenRuleIsNamedAtItsByte) {
  Generator generate;
  const std::vector<Breaker> breakers = Breakers();
  for (std::size_t number = 0; number < breakers.size(); ++number) {
    for (int i = 0; i < 50; ++i) {
      const Broken broken = breakers[number](generate, generate.Local(), generate.Domain());
      const ParsedEmail parsed = ParseEmail(broken.input);
      ASSERT_TRUE(parsed.fault.has_value()) << broken.rule << ": " << broken.input;
      ASSERT_EQ(parsed.fault->rule, broken.rule) << broken.input;
      ASSERT_EQ(parsed.fault->position, broken.position) << broken.rule << ": " << broken.input;
    }
  }
}

/// RFC 5321 §4.5.3.1: what fits is accepted, one octet more is not.
TEST(AddressProperty, LengthsAreHeldToTheOctet) {
  Generator generate;
  const auto domain_of = [&](int size) {
    std::string domain;
    while (static_cast<int>(domain.size()) < size) {
      const int left = size - static_cast<int>(domain.size());
      // Never leave room for a lone dot.
      const int label = left <= 63 ? left : left == 64 ? 62 : 63;
      domain += generate.Text(kLetters, std::min(label, left));
      if (static_cast<int>(domain.size()) < size) domain.push_back('.');
    }
    return domain;
  };
  for (int local = 1; local <= 64; ++local) {
    const std::string fits =
        StrCat(generate.Text(kAtext, local), "@", domain_of(std::min(253, 254 - 1 - local)));
    EXPECT_TRUE(ParseEmail(fits).address.has_value()) << fits;
    const std::string over = StrCat(generate.Text(kAtext, local), "@", domain_of(254 - local));
    EXPECT_EQ(ParseEmail(over).fault->rule, rule::kAddressTooLong) << over;
  }
  EXPECT_EQ(ParseEmail(StrCat("a@", domain_of(254))).fault->rule, rule::kDomainTooLong);
}

}  // namespace
}  // namespace limpid::quality
