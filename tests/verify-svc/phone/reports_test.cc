// Answers that a provider sends later: the token that lets them in, and what becomes of them.
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/strings.h"
#include "libs/redis/memory_cache.h"
#include "libs/testing/fake_clock.h"
#include "tests/verify-svc/phone/answers.h"
#include "tests/verify-svc/phone/fakes.h"
#include "tests/verify-svc/phone/questions.h"
#include "tests/verify-svc/phone/stub/provider_stub.h"
#include "verify-svc/domain/number_record.h"
#include "verify-svc/phone/cached_lookup.h"
#include "verify-svc/phone/providers/infobip.h"
#include "verify-svc/phone/providers/messagebird.h"
#include "verify-svc/phone/report_inbox.h"
#include "verify-svc/phone/reported_provider.h"

namespace limpid::verify {
namespace {

using quality::Reachability;

constexpr char kNumber[] = "+33612345600";
constexpr char kReport[] =
    R"({"results":[{"to":"33612345600","mccMnc":"20801","ported":false,"roaming":false,)"
    R"("originalNetwork":{"networkName":"Orange"},"status":{"groupName":"DELIVERED"},"error":{"id":0}}]})";

class UsedOnce final : public UsedTokens {
 public:
  void Use(const std::string& id, absl::Time /*expire_time*/,
           absl::AnyInvocable<void(absl::StatusOr<bool>)> done) override {
    done(used.insert(id).second);
  }
  std::set<std::string> used;
};

TEST(ReportTokens, FitTheNumberThatTheyWereMadeForAndNoOther) {
  const redis::KeyHasher hasher("a secret");
  const redis::KeyHasher foreign("another secret");
  const ReportTokens tokens(hasher);
  const ReportToken token = {.id = "id",
                             .expire_time = absl::FromUnixSeconds(1'800'000'000),
                             .provider = "infobip",
                             .tenant = TenantId("acme")};
  const std::string text = tokens.Make(token, kNumber);
  EXPECT_TRUE(tokens.Fits(text, kNumber));
  EXPECT_FALSE(tokens.Fits(text, "+33612345601"));
  EXPECT_FALSE(ReportTokens(foreign).Fits(text, kNumber));
  EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr("612345600")));
  const auto read = ReportTokens::Read(text);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->id, "id");
  EXPECT_EQ(read->provider, "infobip");
  EXPECT_EQ(read->tenant.value(), "acme");
  EXPECT_EQ(read->expire_time, token.expire_time);
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(tokens.Fits(changed, kNumber)) << changed;
  }
  for (const char* none : {"", ".", "....", "a.b.c.d.e", "a.1.b.!.c"})
    EXPECT_FALSE(tokens.Fits(none, kNumber));
}

class Reports : public ::testing::Test {
 protected:
  ReportToken TokenFor(const char* provider = "infobip") const {
    return {.id = "the id",
            .expire_time = clock_.Now() + absl::Hours(24),
            .provider = provider,
            .tenant = TenantId("acme")};
  }
  absl::Status Take(const std::string& token, const std::string& report) {
    absl::Status status = absl::UnknownError("not taken");
    inbox_.Take(token, report, [&](absl::Status taken) { status = std::move(taken); });
    return status;
  }

  testing::FakeClock clock_;
  MetricsRegistry metrics_;
  Timers timers_;
  redis::KeyHasher hasher_{"a secret"};
  redis::MemoryCache cache_{{}, metrics_, clock_};
  ReportTokens tokens_{hasher_};
  UsedOnce used_;
  ReportBoard board_{timers_};
  RememberedHistory history_;
  ReportInbox inbox_{{{"infobip", MakeInfobipNotify({})}, {"messagebird", MakeMessageBird({})}},
                     {.tokens = tokens_,
                      .used = used_,
                      .board = board_,
                      .history = history_,
                      .cache = cache_,
                      .hasher = hasher_,
                      .clock = clock_}};
};

TEST_F(Reports, AreKeptForWhoAsksNext) {
  ASSERT_TRUE(Take(tokens_.Make(TokenFor(), kNumber), kReport).ok());
  EXPECT_EQ(history_.facts.at(kNumber).reachability, Reachability::kReachable);
  EXPECT_EQ(history_.facts.at(kNumber).sources.at(0).name, "infobip");
  EXPECT_TRUE(IsFresh(history_.facts.at(kNumber), clock_.Now()));
  HeldLookup network;
  CachedLookup cached(network, cache_, hasher_, clock_);
  EXPECT_EQ(Find(cached, {Mobile(kNumber)}, Of("acme")).At(0).reachability, Reachability::kReachable);
}

TEST_F(Reports, CountOnceAndAreThenAnsweredWithoutEffect) {
  const std::string token = tokens_.Make(TokenFor(), kNumber);
  ASSERT_TRUE(Take(token, kReport).ok());
  history_.facts.clear();
  EXPECT_TRUE(Take(token, kReport).ok()) << "a provider that repeats itself is not told to try again";
  EXPECT_TRUE(history_.facts.empty());
}

TEST_F(Reports, AreRefusedWithoutTheRightToReport) {
  const auto refused = [&](const std::string& token, const std::string& report) {
    return Take(token, report).code() == absl::StatusCode::kNotFound;
  };
  EXPECT_TRUE(refused("nonsense", kReport));
  EXPECT_TRUE(refused(tokens_.Make(TokenFor(), "+33612345601"), kReport)) << "made for another number";
  EXPECT_TRUE(refused(tokens_.Make(TokenFor("nobody"), kNumber), kReport));
  EXPECT_TRUE(refused(tokens_.Make(TokenFor(), kNumber), "no JSON"));
  EXPECT_TRUE(refused(tokens_.Make(TokenFor(), kNumber), R"({"results":[]})"));
  ReportToken old = TokenFor();
  old.expire_time = clock_.Now();
  EXPECT_TRUE(refused(tokens_.Make(old, kNumber), kReport));
  EXPECT_TRUE(used_.used.empty()) << "what is refused uses nothing up";
  EXPECT_TRUE(history_.facts.empty());
}

TEST_F(Reports, OfMessageBirdComeInItsOwnWords) {
  const auto told = [&](const char* status) {
    history_.facts.clear();
    used_.used.clear();
    const std::string report =
        StrCat(R"({"msisdn":"33612345600","status":")", status, R"(","network":"20810"})");
    EXPECT_TRUE(Take(tokens_.Make(TokenFor("messagebird"), kNumber), report).ok());
    const auto found = history_.facts.find(kNumber);
    return found == history_.facts.end() ? Reachability::kNotChecked : found->second.reachability;
  };
  EXPECT_EQ(told("active"), Reachability::kReachable);
  EXPECT_EQ(told("absent"), Reachability::kAbsent);
  EXPECT_EQ(told("unknown"), Reachability::kUnknown);
  EXPECT_EQ(told("failed"), Reachability::kNotChecked) << "a failure is not kept";
}

class ReportedQuestions : public Reports {
 protected:
  ~ReportedQuestions() override { client_.reset(); }  // Before what its transfers call back.
  Facts AskInfobip(const std::string& number, absl::Duration patience) {
    Facts facts(1);
    Call call = Of("acme").Within(patience);
    provider_.Ask(call, {Mobile(number)}, [tell = facts.Teller()](std::vector<ProviderAnswer> answers) {
      NumberFacts told = answers.at(0).facts;
      told.line_type = StrCat(static_cast<int>(answers.at(0).outcome));
      tell(0, std::move(told));
    });
    return facts;
  }
  static bool Is(const NumberFacts& facts, LookupOutcome outcome) {
    return facts.line_type == StrCat(static_cast<int>(outcome));
  }
  std::string TokenOfTheLastQuestion() const {
    const std::string url = stub_.last_notify_url();
    EXPECT_TRUE(url.starts_with("https://limpid.example/v1/phoneReports/")) << url;
    return url.substr(url.rfind('/') + 1);
  }

  limpid::testing::ProviderStub stub_;
  std::unique_ptr<http::Client> client_ = std::make_unique<http::Client>(LoopbackClient());
  ReportedProvider provider_{
      {.name = "infobip", .price = "0.005 EUR", .public_url = "https://limpid.example"},
      MakeInfobipNotify({.url = stub_.url(), .api_key = "key"}),
      {.client = *client_, .board = board_, .tokens = tokens_, .clock = clock_}};
};

TEST_F(ReportedQuestions, AreAnsweredByTheReport) {
  const Facts facts = AskInfobip(kNumber, absl::Seconds(20));
  stub_.AwaitCalls(1);
  ASSERT_TRUE(Take(TokenOfTheLastQuestion(), kReport).ok());
  EXPECT_TRUE(Is(facts.At(0), LookupOutcome::kAnswered));
  EXPECT_EQ(facts.At(0).reachability, Reachability::kReachable);
  EXPECT_EQ(facts.At(0).sources.at(0).cost, "0.005 EUR");
}

TEST_F(ReportedQuestions, WaitUntilTheirDeadlineAndTheReportIsStillKept) {
  const Facts facts = AskInfobip(kNumber, absl::Milliseconds(300));
  EXPECT_TRUE(Is(facts.At(0), LookupOutcome::kTimeout));
  ASSERT_TRUE(Take(TokenOfTheLastQuestion(), kReport).ok());
  EXPECT_EQ(history_.facts.at(kNumber).reachability, Reachability::kReachable);
}

TEST_F(ReportedQuestions, DoNotWaitForAReportThatWillNotCome) {
  EXPECT_TRUE(Is(AskInfobip("+33612345680", absl::Seconds(20)).At(0), LookupOutcome::kBusy));
  EXPECT_TRUE(Is(AskInfobip("+33612345690", absl::Seconds(20)).At(0), LookupOutcome::kRefused));
  EXPECT_TRUE(Is(AskInfobip("+33612345692", absl::Seconds(20)).At(0), LookupOutcome::kBusy));
}

TEST_F(ReportedQuestions, EndWithTheProcess) {
  const Facts facts = AskInfobip(kNumber, absl::Seconds(20));
  board_.Close();
  EXPECT_TRUE(Is(facts.At(0), LookupOutcome::kTimeout));
  EXPECT_TRUE(Is(AskInfobip(kNumber, absl::Seconds(20)).At(0), LookupOutcome::kTimeout));
}

}  // namespace
}  // namespace limpid::verify
