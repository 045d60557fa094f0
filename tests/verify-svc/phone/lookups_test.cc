// The layers between a use case and the providers, each alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libs/base/timers.h"
#include "libs/quality/reasons.h"
#include "libs/redis/memory_cache.h"
#include "libs/testing/fake_clock.h"
#include "tests/verify-svc/phone/answers.h"
#include "tests/verify-svc/phone/fakes.h"
#include "tests/verify-svc/phone/questions.h"
#include "verify-svc/phone/admitted_lookup.h"
#include "verify-svc/phone/cached_lookup.h"
#include "verify-svc/phone/ordered_lookup.h"
#include "verify-svc/phone/recalled_lookup.h"
#include "verify-svc/phone/waiting_lookup.h"

namespace limpid::verify {
namespace {

namespace reason = quality::phone_reason;
using quality::Assumption;
using quality::PhoneType;
using quality::Reachability;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

NumberQuestion Number(int calling_code, const char* region, PhoneType type = PhoneType::kMobile) {
  return {.e164 = "+1", .region_code = region, .calling_code = calling_code, .type = type};
}

TEST(InternationalFilter, AdmitsAllWhenNothingIsChosen) {
  EXPECT_TRUE(Admits({}, Number(33, "FR")));
  EXPECT_TRUE(Admits({}, Number(1, "US")));
}

TEST(InternationalFilter, AdmitsOnlyWhatAnAllowListNames) {
  const Policy::Phone codes = {.allowed_calling_codes = {33}};
  EXPECT_TRUE(Admits(codes, Number(33, "FR")));
  EXPECT_FALSE(Admits(codes, Number(44, "GB")));
  const Policy::Phone regions = {.allowed_regions = {"FR"}};
  EXPECT_TRUE(Admits(regions, Number(33, "FR")));
  EXPECT_FALSE(Admits(regions, Number(590, "GP")));
  const Policy::Phone both = {.allowed_calling_codes = {33}, .allowed_regions = {"GP"}};
  EXPECT_TRUE(Admits(both, Number(33, "FR")));
  EXPECT_TRUE(Admits(both, Number(590, "GP")));
  EXPECT_FALSE(Admits(both, Number(590, "MF")));
}

TEST(InternationalFilter, LetsADenyListOutrankAnAllowList) {
  const Policy::Phone policy = {.allowed_calling_codes = {33, 590},
                                .denied_calling_codes = {7},
                                .denied_regions = {"GP"},
                                .denied_types = {"FIXED_LINE_OR_MOBILE"}};
  EXPECT_TRUE(Admits(policy, Number(33, "FR")));
  EXPECT_FALSE(Admits(policy, Number(7, "RU")));
  EXPECT_FALSE(Admits(policy, Number(590, "GP")));
  EXPECT_FALSE(Admits(policy, Number(33, "FR", PhoneType::kFixedLineOrMobile)));
}

TEST(AdmittedLookup, AsksNobodyAboutWhatHasNoHlrOrIsNotAllowed) {
  HeldLookup network;
  const FixedPolicies policies({.denied_regions = {"RU"}, .providers = {"smsfactor"}});
  AdmittedLookup admitted(network, policies);
  NumberQuestion allowed = Mobile("+33612345678");
  NumberQuestion denied = Number(7, "RU");
  std::vector<NumberQuestion> numbers = {denied, allowed};
  for (const PhoneType type :
       {PhoneType::kFixedLine, PhoneType::kPremiumRate, PhoneType::kTollFree, PhoneType::kSharedCost,
        PhoneType::kVoip, PhoneType::kPager, PhoneType::kUan, PhoneType::kVoicemail, PhoneType::kUnknown}) {
    numbers.push_back(Number(33, "FR", type));
  }
  const std::size_t count = numbers.size();
  const Facts facts = Find(admitted, std::move(numbers), Of("acme"));
  EXPECT_THAT(facts.At(0).reasons, ElementsAre(reason::kCountryNotAllowed));
  EXPECT_EQ(facts.At(0).reachability, Reachability::kNotChecked);
  for (std::size_t i = 2; i < count; ++i) EXPECT_EQ(facts.At(i), NumberFacts());
  network.AnswerAll();
  EXPECT_EQ(facts.At(1).carrier_current.value().name, "+33612345678");
  EXPECT_EQ(network.asked().size(), 1U);
}

TEST(AdmittedLookup, AsksNobodyForATenantWhoChoseNoProvider) {
  HeldLookup network;
  const FixedPolicies policies({});
  AdmittedLookup admitted(network, policies);
  EXPECT_EQ(Find(admitted, {Mobile("+33612345678")}).At(0), NumberFacts());
  EXPECT_THAT(network.asked(), IsEmpty());
}

TEST(WaitingLookup, TellsWhatIsKnownAtTheDeadlineAndLetsTheRestGoOn) {
  HeldLookup network;
  Timers timers;
  WaitingLookup waiting(network, timers, absl::Seconds(30));
  const Facts facts = Find(waiting, {Mobile("+33612345678")}, Of("acme").Within(absl::Milliseconds(20)));
  EXPECT_EQ(facts.At(0).reachability, Reachability::kUnknown);
  EXPECT_THAT(facts.At(0).reasons, ElementsAre(reason::kProviderTimeout));
  // The question itself has a longer time and goes on; what it brings is told to nobody twice.
  EXPECT_GT(network.call(0).Remaining(), absl::Seconds(10));
  EXPECT_EQ(network.call(0).tenant.value(), "acme");
  network.AnswerAll();
  waiting.AwaitEnd();
}

TEST(WaitingLookup, DoesNotCancelWithItsCaller) {
  HeldLookup network;
  Timers timers;
  WaitingLookup waiting(network, timers, absl::Seconds(30));
  std::stop_source caller;
  Call call = Of("acme");
  call.stop = caller.get_token();
  const Facts facts = Find(waiting, {Mobile("+33612345678")}, call);
  caller.request_stop();
  EXPECT_FALSE(network.call(0).Stopped());
  waiting.Stop();
  EXPECT_TRUE(network.call(0).Stopped());
  network.AnswerAll();
  waiting.AwaitEnd();
}

TEST(WaitingLookup, TellsAtOnceWhenThereIsNoTime) {
  HeldLookup network;
  Timers timers;
  WaitingLookup waiting(network, timers, absl::Seconds(30));
  EXPECT_THAT(Find(waiting, {Mobile("+33612345678")}, Call().Within(absl::ZeroDuration())).At(0).reasons,
              ElementsAre(reason::kProviderTimeout));
  EXPECT_THAT(network.asked(), IsEmpty());
}

class KeptFacts : public ::testing::Test {
 protected:
  // What a provider would bring, and how often it is asked.
  class Network final : public NumberLookup {
   public:
    explicit Network(const Clock& clock) : clock_(clock) {}
    void Find(const Call&, std::vector<NumberQuestion> numbers, OnFacts tell) override {
      for (std::size_t i = 0; i < numbers.size(); ++i) {
        ++asked;
        NumberFacts facts = next;
        if (keep) SetExpiry(facts, clock_.Now(), {});
        tell(i, std::move(facts));
      }
    }
    NumberFacts next;
    bool keep = true;
    int asked = 0;

   private:
    const Clock& clock_;
  };

  KeptFacts() {
    network_.next.reachability = Reachability::kReachable;
    network_.next.ported = Assumption::kYes;
    network_.next.carrier_current = Carrier{.name = "SFR", .mccmnc = "20810"};
    network_.next.sources = {{.name = "smsfactor", .as_of = clock_.Now(), .cost = "0.004 EUR"}};
  }
  NumberFacts Ask(NumberLookup& lookup, const char* tenant = "acme") {
    return Find(lookup, {Mobile("+33612345678")}, Of(tenant)).At(0);
  }
  void Fail() {
    network_.next = NumberFacts();
    network_.next.reachability = Reachability::kUnknown;
    AddReason(network_.next, reason::kProviderBusy);
    network_.keep = false;
  }

  testing::FakeClock clock_;
  MetricsRegistry metrics_;
  redis::MemoryCache cache_{{}, metrics_, clock_};
  redis::KeyHasher hasher_{"a secret"};
  RememberedHistory history_;
  Network network_{clock_};
  CachedLookup cached_{network_, cache_, hasher_, clock_};
  RecalledLookup recalled_{network_, history_, clock_};
};

TEST_F(KeptFacts, AreToldWithoutAskingAgainAndWithoutAPrice) {
  for (NumberLookup* lookup : std::initializer_list<NumberLookup*>{&cached_, &recalled_}) {
    network_.asked = 0;
    EXPECT_EQ(Ask(*lookup).sources.at(0).cost, "0.004 EUR");
    const NumberFacts again = Ask(*lookup);
    EXPECT_EQ(again.reachability, Reachability::kReachable);
    EXPECT_EQ(again.carrier_current, (Carrier{.name = "SFR", .mccmnc = "20810"}));
    EXPECT_EQ(network_.asked, 1);
  }
  EXPECT_TRUE(Ask(cached_).sources.at(0).cached);
  EXPECT_EQ(Ask(cached_).sources.at(0).cost, "");
}

TEST_F(KeptFacts, AreEachTenantsOwn) {
  Ask(cached_, "acme");
  Ask(cached_, "other");
  EXPECT_EQ(network_.asked, 2);
}

TEST_F(KeptFacts, HoldReachabilityForDaysAndAbsenceForAnHour) {
  Ask(cached_);
  clock_.Advance(absl::Hours(71));
  Ask(cached_);
  EXPECT_EQ(network_.asked, 1);
  clock_.Advance(absl::Hours(2));
  network_.next.reachability = Reachability::kAbsent;
  Ask(cached_);
  EXPECT_EQ(network_.asked, 2);
  clock_.Advance(absl::Minutes(61));
  Ask(cached_);
  EXPECT_EQ(network_.asked, 3);
}

TEST_F(KeptFacts, TellWhereANumberBelongsWhenTheNetworkDoesNotAnswer) {
  for (NumberLookup* lookup : std::initializer_list<NumberLookup*>{&cached_, &recalled_}) {
    network_.keep = true;
    network_.next = NumberFacts();
    network_.next.reachability = Reachability::kReachable;
    network_.next.ported = Assumption::kYes;
    network_.next.sources = {{.name = "smsfactor", .as_of = clock_.Now()}};
    Ask(*lookup);
    clock_.Advance(absl::Hours(100));
    Fail();
    const NumberFacts facts = Ask(*lookup);
    EXPECT_EQ(facts.reachability, Reachability::kUnknown);
    EXPECT_THAT(facts.reasons, ElementsAre(reason::kProviderBusy));
    EXPECT_EQ(facts.ported, Assumption::kYes) << "is an assignment of some days ago";
    EXPECT_EQ(facts.sources.at(0).name, "smsfactor");
    EXPECT_TRUE(facts.sources.at(0).cached);
  }
}

TEST_F(KeptFacts, ForgetAnAssignmentAfterWeeks) {
  Ask(recalled_);
  clock_.Advance(absl::Hours(24 * 22));
  Fail();
  EXPECT_EQ(Ask(recalled_).ported, Assumption::kUnknown);
}

TEST_F(KeptFacts, AreNoFailures) {
  Fail();
  Ask(cached_);
  Ask(cached_);
  EXPECT_EQ(network_.asked, 2);
}

class Ordered : public ::testing::Test {
 protected:
  OrderedLookup Lookup(std::vector<PhoneProvider*> providers) {
    return OrderedLookup(std::move(providers), policies_, {}, clock_);
  }
  const FixedPolicies policies_{{.providers = {"first", "second"}}};
  testing::FakeClock clock_;
};

TEST_F(Ordered, AsksTheTenantsFirstChoiceAndNobodyElseOnceItAnswered) {
  ScriptedProvider first("first", Always(Answered("A")));
  ScriptedProvider second("second", Always(Answered("B")));
  OrderedLookup lookup = Lookup({&second, &first});
  const NumberFacts facts = Find(lookup, {Mobile("+33612345678")}).At(0);
  EXPECT_EQ(facts.carrier_current.value().name, "A");
  EXPECT_TRUE(IsFresh(facts, clock_.Now()));
  EXPECT_THAT(second.asked, IsEmpty());
}

TEST_F(Ordered, NeverAsksAgainAfterAnAnswerThatSaysLittle) {
  ProviderAnswer little{.outcome = LookupOutcome::kAnswered};
  little.facts.reachability = Reachability::kUnknown;
  ScriptedProvider first("first", Always(little));
  ScriptedProvider second("second", Always(Answered()));
  OrderedLookup lookup = Lookup({&first, &second});
  EXPECT_EQ(Find(lookup, {Mobile("+33612345678")}).At(0).reachability, Reachability::kUnknown);
  EXPECT_THAT(second.asked, IsEmpty());
}

TEST_F(Ordered, AsksTheNextAboutWhatTheFirstFailedToTell) {
  ScriptedProvider first(
      "first",
      [](const std::string& number) {
        return number == "+33600000002" ? ProviderAnswer{.outcome = LookupOutcome::kTimeout} : Answered("A");
      },
      /*max_numbers=*/10);
  ScriptedProvider second("second", Always(Answered("B")));
  OrderedLookup lookup = Lookup({&first, &second});
  const Facts facts = Find(lookup, Mobiles({"+33600000001", "+33600000002", "+33600000003"}));
  EXPECT_EQ(facts.At(0).carrier_current.value().name, "A");
  EXPECT_EQ(facts.At(1).carrier_current.value().name, "B");
  EXPECT_EQ(facts.At(2).carrier_current.value().name, "A");
  EXPECT_THAT(second.asked, ElementsAre("+33600000002"));
}

TEST_F(Ordered, SaysWhyTheFirstDidNotTellWhenNobodyDoes) {
  ScriptedProvider first("first", Always({.outcome = LookupOutcome::kRefused}));
  ScriptedProvider second("second", Always({.outcome = LookupOutcome::kTimeout}));
  OrderedLookup lookup = Lookup({&first, &second});
  const NumberFacts facts = Find(lookup, {Mobile("+33612345678")}).At(0);
  EXPECT_EQ(facts.reachability, Reachability::kUnknown);
  EXPECT_THAT(facts.reasons, ElementsAre(reason::kProviderRefused));
  EXPECT_FALSE(IsFresh(facts, clock_.Now()));
}

TEST_F(Ordered, RemembersForAWhileThatNobodyCoversANetwork) {
  ScriptedProvider first("first", Always({.outcome = LookupOutcome::kNoCoverage}));
  OrderedLookup lookup = Lookup({&first});
  const NumberFacts facts = Find(lookup, {Mobile("+33612345678")}).At(0);
  EXPECT_THAT(facts.reasons, ElementsAre(reason::kNoCoverage));
  EXPECT_TRUE(IsFresh(facts, clock_.Now()));
}

TEST_F(Ordered, SpendsNoMoneyElsewhereWhenTheBudgetIsSpent) {
  ScriptedProvider first("first", Always({.outcome = LookupOutcome::kBudgetSpent}));
  ScriptedProvider second("second", Always(Answered()));
  OrderedLookup lookup = Lookup({&first, &second});
  EXPECT_THAT(Find(lookup, {Mobile("+33612345678")}).At(0).reasons, ElementsAre(reason::kBudgetSpent));
  EXPECT_THAT(second.asked, IsEmpty());
}

TEST_F(Ordered, AsksAboutAsManyAtOnceAsAProviderTakes) {
  ScriptedProvider first("first", Always(Answered()), /*max_numbers=*/2);
  OrderedLookup lookup = Lookup({&first});
  const Facts facts = Find(lookup, Mobiles({"+331", "+332", "+333", "+334", "+335"}));
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(facts.At(i).reachability, Reachability::kReachable);
  EXPECT_THAT(first.sizes, ElementsAre(2U, 2U, 1U));
}

TEST_F(Ordered, RefusesWhenNoChosenProviderIsThere) {
  OrderedLookup lookup = Lookup({});
  EXPECT_THAT(Find(lookup, {Mobile("+33612345678")}).At(0).reasons, ElementsAre(reason::kProviderRefused));
}

}  // namespace
}  // namespace limpid::verify
