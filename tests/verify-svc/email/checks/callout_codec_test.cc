#include "verify-svc/email/checks/callout_codec.h"

#include <string>

#include <gtest/gtest.h>

#include "libs/quality/reasons.h"

namespace limpid::verify {
namespace {

namespace word = quality::email_reason;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

KeptCallout Greylisted() {
  KeptCallout kept{.answer = {.reason = word::kGreylisted,
                              .catch_all = quality::Ternary::kNo,
                              .retry_after = absl::Minutes(5)},
                   .expiry = kNow + absl::Minutes(5)};
  kept.answer.evidence.push_back({.step = "RCPT",
                                  .host = "mx.a.fr",
                                  .code = 451,
                                  .enhanced_code = "4.7.1",
                                  .text = "Greylisting in action\r\n",
                                  .elapsed = absl::Milliseconds(3),
                                  .source = "greylisting"});
  return kept;
}

TEST(CalloutCodec, KeepsAllThatAServerSaidButHowLongItTook) {
  const auto kept = UnpackCallout(Pack(Greylisted(), kNow), kNow + absl::Minutes(1));
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->expiry, kNow + absl::Minutes(5));
  EXPECT_EQ(kept->answer.reason, word::kGreylisted);
  EXPECT_EQ(kept->answer.catch_all, quality::Ternary::kNo);
  EXPECT_EQ(kept->answer.retry_after, absl::Minutes(4));
  ASSERT_EQ(kept->answer.evidence.size(), 1);
  const quality::EmailEvidence& evidence = kept->answer.evidence[0];
  EXPECT_EQ(evidence.step, "RCPT");
  EXPECT_EQ(evidence.host, "mx.a.fr");
  EXPECT_EQ(evidence.code, 451);
  EXPECT_EQ(evidence.enhanced_code, "4.7.1");
  EXPECT_EQ(evidence.text, "Greylisting in action\r\n");
  EXPECT_EQ(evidence.source, "greylisting");
  EXPECT_TRUE(evidence.cached);
  EXPECT_EQ(evidence.elapsed, absl::ZeroDuration());
}

TEST(CalloutCodec, TakesNothingThatItDidNotWrite) {
  const std::string packed = Pack(Greylisted(), kNow);
  for (std::size_t size = 0; size < packed.size(); ++size) {
    EXPECT_FALSE(UnpackCallout(packed.substr(0, size), kNow).has_value()) << size;
  }
  EXPECT_FALSE(UnpackCallout(packed + "x", kNow).has_value());
}

TEST(CalloutCodec, TakesNoWordThatThisVersionDoesNotKnow) {
  KeptCallout unknown = Greylisted();
  unknown.answer.reason = "OF_A_LATER_VERSION";
  EXPECT_FALSE(UnpackCallout(Pack(unknown, kNow), kNow).has_value());
  unknown = Greylisted();
  unknown.answer.evidence[0].step = "NEW_STEP";
  EXPECT_FALSE(UnpackCallout(Pack(unknown, kNow), kNow).has_value());
}

}  // namespace
}  // namespace limpid::verify
