#include "verify-svc/challenges/hmac_code_mint.h"

#include <array>
#include <set>

#include <gmock/gmock.h>

#include "libs/base/strings.h"

namespace limpid::verify {
namespace {

using ::testing::MatchesRegex;
using ::testing::SizeIs;

const std::string kOld(32, 'o');
const std::string kNew(32, 'n');

Challenge Unstruck(ChallengeChannel channel = ChallengeChannel::kSms) {
  return {.id = ChallengeId("ch1"),
          .tenant = TenantId("acme"),
          .channel = channel,
          .destination = "+33612345678",
          .purpose = "login"};
}
Challenge Struck(HmacCodeMint& mint, ChallengeChannel channel = ChallengeChannel::kSms) {
  Challenge challenge = Unstruck(channel);
  mint.Strike(challenge);
  return challenge;
}

TEST(CodeMint, MakesACodeThatIsTheSameEachTimeAndStoredNowhere) {
  HmacCodeMint mint({kNew}, SecureRandom());
  const Challenge challenge = Struck(mint);
  const std::string code = mint.SecretOf(challenge);
  EXPECT_THAT(code, MatchesRegex("[0-9][0-9][0-9][0-9][0-9][0-9]"));
  EXPECT_EQ(mint.SecretOf(challenge), code);
  EXPECT_TRUE(mint.IsCode(challenge, code));
  EXPECT_EQ(StrCat(challenge.seed, challenge.code_hash).find(code), std::string::npos);
  EXPECT_THAT(challenge.link_hash, SizeIs(0));
}

TEST(CodeMint, AcceptsNothingElse) {
  HmacCodeMint mint({kNew}, SecureRandom());
  const Challenge challenge = Struck(mint);
  const std::string code = mint.SecretOf(challenge);
  std::string other = code;
  other.back() = other.back() == '9' ? '0' : '9';
  for (const std::string& typed : {std::string(), other, code + "0", code.substr(0, 5), " " + code}) {
    EXPECT_FALSE(mint.IsCode(challenge, typed)) << typed;
  }
}

TEST(CodeMint, BindsACodeToItsChallenge) {
  HmacCodeMint mint({kNew}, SecureRandom());
  const Challenge challenge = Struck(mint);
  const std::string code = mint.SecretOf(challenge);
  std::array<Challenge, 4> others = {challenge, challenge, challenge, challenge};
  others[0].tenant = TenantId("globex");
  others[1].id = ChallengeId("ch2");
  others[2].destination = "+33612345679";
  others[3].purpose = "payment";
  for (const Challenge& other : others) EXPECT_FALSE(mint.IsCode(other, code));
}

TEST(CodeMint, MakesDifferentCodes) {
  HmacCodeMint mint({kNew}, SecureRandom());
  std::set<std::string> codes;
  std::array<int, 10> first_digits{};
  constexpr int kCodes = 5000;
  for (int i = 0; i < kCodes; ++i) {
    const std::string code = mint.SecretOf(Struck(mint));
    codes.insert(code);
    ++first_digits[code.front() - '0'];
  }
  EXPECT_GT(codes.size(), kCodes * 99 / 100) << "some coincide, of a million";
  // Each digit 500 times on average; ten standard deviations away is not chance.
  for (const int count : first_digits) EXPECT_NEAR(count, kCodes / 10, 215);
}

TEST(CodeMint, MakesLinksThatAreFoundByTheirHash) {
  HmacCodeMint mint({kNew}, SecureRandom());
  const Challenge challenge = Struck(mint, ChallengeChannel::kEmailLink);
  const std::string token = mint.SecretOf(challenge);
  EXPECT_THAT(token, MatchesRegex("[A-Za-z0-9_-]+"));
  EXPECT_THAT(token, SizeIs(43));
  EXPECT_EQ(mint.LinkHash(token), challenge.link_hash);
  EXPECT_THAT(challenge.link_hash, SizeIs(32));
}

TEST(CodeMint, KnowsTheCodesOfAKeyThatIsBeingReplaced) {
  HmacCodeMint before({kOld}, SecureRandom());
  const Challenge challenge = Struck(before);
  const std::string code = before.SecretOf(challenge);
  const HmacCodeMint during({kNew, kOld}, SecureRandom());
  EXPECT_EQ(during.SecretOf(challenge), code);
  EXPECT_TRUE(during.IsCode(challenge, code));
  const HmacCodeMint after({kNew}, SecureRandom());
  EXPECT_EQ(after.SecretOf(challenge), "");
  EXPECT_FALSE(after.IsCode(challenge, code));
}

TEST(CodeMint, TagsWhatMustNotBeStoredInClear) {
  const HmacCodeMint mint({kNew}, SecureRandom());
  EXPECT_EQ(mint.Tag({"to", "+33612345678"}), mint.Tag({"to", "+33612345678"}));
  EXPECT_NE(mint.Tag({"ab", "c"}), mint.Tag({"a", "bc"}));
  EXPECT_NE(mint.Tag({"to", "x"}), HmacCodeMint({kOld}, SecureRandom()).Tag({"to", "x"}));
}

}  // namespace
}  // namespace limpid::verify
