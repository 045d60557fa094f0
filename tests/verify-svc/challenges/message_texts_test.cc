#include "verify-svc/challenges/message_texts.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "libs/testing/temp_dir.h"
#include "tests/verify-svc/challenges/texts.h"

namespace limpid::verify {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(MessageTexts, TellTheCodeWhoAsksAndHowLongItWorks) {
  const ChallengeMessage message = CodeMessage(ChallengeChannel::kSms, "+33612345678");
  EXPECT_THAT(ShippedTexts()->SmsFor(message), AllOf(HasSubstr("012345"), HasSubstr("Café Léon"),
                                                     HasSubstr("10 min"), HasSubstr("votre code")));
}

TEST(MessageTexts, SpeakTheLanguageOfTheChallenge) {
  ChallengeMessage message = CodeMessage(ChallengeChannel::kSms, "+33612345678");
  message.language = "en";
  EXPECT_THAT(ShippedTexts()->SmsFor(message), HasSubstr("your code"));
}

TEST(MessageTexts, EndWithTheLineThatFillsInAForm) {
  ChallengeMessage message = CodeMessage(ChallengeChannel::kSms, "+33612345678");
  EXPECT_THAT(ShippedTexts()->SmsFor(message), Not(HasSubstr("@")));
  message.autofill_host = "www.acme.example";
  EXPECT_THAT(ShippedTexts()->SmsFor(message), EndsWith("\n@www.acme.example #012345"));
}

TEST(MessageTexts, ReadTheDigitsAloudOneByOne) {
  EXPECT_THAT(ShippedTexts()->VoiceFor(CodeMessage(ChallengeChannel::kVoice, "+33612345678")),
              HasSubstr("0, 1, 2, 3, 4, 5"));
}

TEST(MessageTexts, LeadALinkToThePage) {
  ChallengeMessage message = CodeMessage(ChallengeChannel::kEmailLink, "a@b.fr");
  message.secret = "token-of-the-link";
  message.lifetime = absl::Hours(48);
  const MessageTexts::Email email = ShippedTexts()->EmailFor(message);
  EXPECT_THAT(email.body, AllOf(HasSubstr("https://acme.example/confirm?token=token-of-the-link\n"),
                                HasSubstr("48 heures")));
  EXPECT_THAT(email.subject, AllOf(HasSubstr("Café Léon"), Not(HasSubstr("token"))));
}

TEST(MessageTexts, NameTheFileAndTheTextThatIsBroken) {
  const limpid::testing::TempDir folder;
  const auto shipped = std::filesystem::path(LIMPID_SOURCE_DIR) / "data" / "challenges";
  std::filesystem::copy(shipped, folder.File("challenges"));
  std::ofstream(folder.File("challenges/en.tsv")) << "sms\tno code in it\n";
  const auto texts = MessageTexts::Load(folder.File(""), "");
  EXPECT_THAT(std::string(texts.status().message()),
              AllOf(HasSubstr("en.tsv"), HasSubstr("sms with {code}")));
}

}  // namespace
}  // namespace limpid::verify
