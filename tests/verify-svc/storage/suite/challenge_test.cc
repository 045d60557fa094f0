#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "tests/verify-svc/storage/suite/fixture.h"
#include "verify-svc/storage/sql_challenge_store.h"

namespace limpid::verify {
namespace {

class ChallengeStorage : public StorageTest {
 protected:
  Challenge Pending(std::string id = "ch1") {
    return {.id = ChallengeId(std::move(id)),
            .tenant = TenantId("acme"),
            .channel = ChallengeChannel::kSms,
            .destination = "+33612345678",
            .region_code = "FR",
            .purpose = "login",
            .language = "fr",
            .brand = "Acme",
            .autofill_host = "www.acme.example",
            .notice_version = "v1",
            .source = "form",
            .seed = std::string("\0seed", 5),
            .code_hash = std::string("\0hash", 5),
            .create_time = now_,
            .expire_time = now_ + absl::Minutes(10),
            .resend_time = now_ + absl::Seconds(30)};
  }
  static Allowance Of(std::string scope, int64_t limit) {
    return {.scope = std::move(scope),
            .window = absl::Hours(1),
            .limit = limit,
            .reason = reason::kDestinationLimit};
  }
  Challenge Insert(const Challenge& challenge) {
    auto inserted = store_.Insert(call_, challenge, "", {}, now_);
    EXPECT_TRUE(inserted.ok()) << inserted.status();
    return challenge;
  }
  absl::Status InsertTaking(const std::string& id, const std::vector<Allowance>& allowances) {
    return store_.Insert(call_, Pending(id), "", allowances, now_).status();
  }
  /// Tries a code that is right or not, and what came of it.
  TryResult Try(sql::Database& database, bool right, const ChallengeId& id = ChallengeId("ch1")) {
    SqlChallengeStore store(database);
    TryResult result = TryResult::kOver;
    const absl::Status status = store.Try(call_, now_, id, refusals_, [&](Challenge* challenge) {
      result = challenge == nullptr ? TryResult::kOver
                                    : TryCode(
                                          *challenge, now_,
                                          [&] {
                                            ++looked_at_;
                                            return right;
                                          },
                                          "192.0.2.7");
      return result;
    });
    EXPECT_EQ(status, absl::OkStatus());
    return result;
  }

  const Allowance refusals_ = Of("tries", INT64_MAX);
  std::atomic<int> looked_at_ = 0;
  SqlChallengeStore store_{*database_};
};

TEST_F(ChallengeStorage, KeepsEveryField) {
  Challenge challenge = Insert(Pending());
  EXPECT_EQ(*store_.Get(call_, challenge.id), challenge);
  challenge.state = ChallengeState::kApproved;
  challenge.delivery = DeliveryState::kUncertain;
  challenge.tries = 2;
  challenge.sends = 3;
  challenge.resend_time = now_ + absl::Minutes(2);
  challenge.approval = Approval{.time = now_ + absl::Minutes(1), .remote_address = "192.0.2.7"};
  const auto changed = store_.Change(call_, now_, challenge.id, [&](Challenge& stored) {
    stored = challenge;
    return std::vector<Allowance>();
  });
  EXPECT_EQ(*changed, challenge);
  EXPECT_EQ(*store_.Get(call_, challenge.id), challenge);
}

TEST_F(ChallengeStorage, AnotherTenantsChallengeIsNotThere) {
  Insert(Pending());
  call_.tenant = TenantId("globex");
  EXPECT_EQ(store_.Get(call_, ChallengeId("ch1")).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Try(*database_, true), TryResult::kOver);
  EXPECT_EQ(looked_at_, 0);
}

TEST_F(ChallengeStorage, OfAThousandWrongCodesAtOnceFiveAreLookedAt) {
  Insert(Pending());
  const auto replica = OpenReplica();
  std::atomic<int> wrong = 0;
  std::vector<std::thread> guessers;
  for (int guesser = 0; guesser < 10; ++guesser) {
    guessers.emplace_back([&, guesser] {
      sql::Database& database = replica != nullptr && guesser % 2 == 1 ? *replica : *database_;
      for (int i = 0; i < 100; ++i) {
        if (Try(database, false) == TryResult::kWrong) ++wrong;
      }
    });
  }
  for (std::thread& guesser : guessers) guesser.join();
  EXPECT_EQ(looked_at_, kMaxTries);
  EXPECT_EQ(wrong, kMaxTries);
  EXPECT_EQ(store_.Get(call_, ChallengeId("ch1"))->state, ChallengeState::kLocked);
}

TEST_F(ChallengeStorage, OfTwoRightCodesAtOnceOneApproves) {
  for (int round = 0; round < 20; ++round) {
    const ChallengeId id(StrCat("round", round));
    Insert(Pending(id.value()));
    std::atomic<int> approved = 0;
    const auto type = [&] {
      if (Try(*database_, true, id) == TryResult::kApproved) ++approved;
    };
    std::thread first(type);
    std::thread second(type);
    first.join();
    second.join();
    EXPECT_EQ(approved, 1);
  }
}

TEST_F(ChallengeStorage, TriesOutliveTheProcessThatCountedThem) {
  Insert(Pending());
  for (int i = 0; i < kMaxTries - 1; ++i) Try(*database_, false);
  Restart();
  EXPECT_EQ(Try(*database_, false), TryResult::kWrong);
  EXPECT_EQ(Try(*database_, true), TryResult::kOver);
}

TEST_F(ChallengeStorage, RefusedTriesAreCountedWhateverTheChallengeAndThenNotLookedAt) {
  Insert(Pending());
  const Allowance few = Of("tries", 2);
  const auto attempt = [&](const char* id) {
    return store_.Try(call_, now_, ChallengeId(id), few, [](Challenge*) { return TryResult::kWrong; });
  };
  EXPECT_EQ(attempt("ch1"), absl::OkStatus());
  EXPECT_EQ(attempt("unknown"), absl::OkStatus());
  const absl::Status spent = attempt("ch1");
  EXPECT_EQ(spent.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_GT(DetailsOf(spent).retry_after, absl::ZeroDuration());
}

TEST_F(ChallengeStorage, ALinkIsFoundByItsHashInAnyTenant) {
  Challenge link = Pending();
  link.channel = ChallengeChannel::kEmailLink;
  link.link_hash = std::string("\0link", 5);
  Insert(link);
  Call nobody;
  bool found = false;
  const auto use = [&](std::string_view hash) {
    found = false;
    return store_.TryLink(nobody, now_, hash, refusals_, [&](Challenge* challenge) {
      found = challenge != nullptr;
      return found ? UseLink(*challenge, now_, "") : TryResult::kOver;
    });
  };
  EXPECT_EQ(use("another"), absl::OkStatus());
  EXPECT_FALSE(found);
  EXPECT_EQ(use(link.link_hash), absl::OkStatus());
  EXPECT_TRUE(found);
  EXPECT_EQ(store_.Get(call_, link.id)->state, ChallengeState::kApproved);
}

TEST_F(ChallengeStorage, AChallengeIsMadeOnlyWhenAllItsAllowancesAreThere) {
  EXPECT_EQ(InsertTaking("a", {Of("x", 1), Of("y", 2)}), absl::OkStatus());
  const absl::Status spent = InsertTaking("b", {Of("y", 2), Of("x", 1)});
  EXPECT_EQ(spent.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(spent), reason::kDestinationLimit);
  EXPECT_EQ(store_.Get(call_, ChallengeId("b")).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(InsertTaking("c", {Of("y", 2)}), absl::OkStatus()) << "b took none of y";
  EXPECT_EQ(InsertTaking("d", {Of("z", 0)}).code(), absl::StatusCode::kResourceExhausted);
}

TEST_F(ChallengeStorage, AllowancesHoldUnderManyAtOnce) {
  std::atomic<int> made = 0;
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 8; ++caller) {
    callers.emplace_back([&, caller] {
      for (int i = 0; i < 10; ++i) {
        if (InsertTaking(StrCat("c", caller, "-", i), {Of("b", 30), Of("a", 25)}).ok()) ++made;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(made, 25);
}

TEST_F(ChallengeStorage, WhatWasNotSentIsForgottenAndGivenBack) {
  const std::vector<Allowance> one = {Of("x", 1)};
  ASSERT_EQ(InsertTaking("a", one), absl::OkStatus());
  EXPECT_EQ(store_.Remove(call_, Pending("a"), one), absl::OkStatus());
  EXPECT_EQ(store_.Remove(call_, Pending("a"), one), absl::OkStatus()) << "gives back once";
  EXPECT_EQ(InsertTaking("b", one), absl::OkStatus());
  EXPECT_EQ(InsertTaking("c", one).code(), absl::StatusCode::kResourceExhausted);
  const auto given =
      store_.GiveBack(call_, ChallengeId("b"), now_, one, [](Challenge& challenge) { challenge.sends = 0; });
  EXPECT_EQ(given->sends, 0);
  EXPECT_EQ(InsertTaking("c", one), absl::OkStatus());
}

TEST_F(ChallengeStorage, ARefusedChangeTakesAndWritesNothing) {
  Insert(Pending());
  const auto refused = store_.Change(call_, now_, ChallengeId("ch1"),
                                     [](Challenge& challenge) -> absl::StatusOr<std::vector<Allowance>> {
                                       challenge.sends = 9;
                                       return std::vector<Allowance>{Of("x", 0)};
                                     });
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(*store_.Get(call_, ChallengeId("ch1")), Pending());
}

TEST_F(ChallengeStorage, UnderOneIdempotencyKeyOneChallengeIsMade) {
  call_.idempotency_key = "k";
  call_.request_digest = std::string("\0d", 2);
  EXPECT_TRUE(store_.Insert(call_, Pending("a"), "", {}, now_ + absl::Minutes(1))->made);
  ASSERT_TRUE(store_.Settle(call_, ChallengeId("a")).ok());
  const auto again = store_.Insert(call_, Pending("b"), "", {}, now_);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_FALSE(again->made);
  EXPECT_EQ(again->challenge, Pending("a"));
  call_.request_digest = "other";
  EXPECT_EQ(ReasonOf(store_.Insert(call_, Pending("c"), "", {}, now_).status()),
            reason::kIdempotencyKeyReused);
}

TEST_F(ChallengeStorage, AKeyWhoseChallengeIsInTheMakingIsInUseForAWhile) {
  call_.idempotency_key = "k";
  ASSERT_TRUE(store_.Insert(call_, Pending("a"), "", {}, now_ + absl::Seconds(20)).ok());
  const absl::Status busy = store_.Insert(call_, Pending("b"), "", {}, now_ + absl::Seconds(20)).status();
  EXPECT_EQ(busy.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonOf(busy), reason::kIdempotencyKeyInUse);
  EXPECT_GT(DetailsOf(busy).retry_after, absl::ZeroDuration());
  // Its maker has vanished.
  Challenge later = Pending("b");
  later.create_time = now_ + absl::Seconds(20);
  const auto answer = store_.Insert(call_, later, "", {}, now_ + absl::Seconds(40));
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->challenge.id, ChallengeId("a"));
}

TEST_F(ChallengeStorage, OfManyAtOnceUnderOneKeyOneMakesTheChallenge) {
  call_.idempotency_key = "k";
  std::atomic<int> made = 0;
  std::atomic<int> in_use = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 6; ++i) {
      threads.emplace_back([&, i] {
        const auto inserted = store_.Insert(call_, Pending(StrCat("c", i)), "", {}, now_ + absl::Minutes(1));
        if (inserted.ok()) ++made;
        if (ReasonOf(inserted.status()) == reason::kIdempotencyKeyInUse) ++in_use;
      });
    }
  }
  EXPECT_EQ(made, 1);
  EXPECT_EQ(in_use, 5);
}

TEST_F(ChallengeStorage, ConversionLooksAtWhatIsOver) {
  const auto insert = [&](const char* id, ChallengeState state, absl::Duration age, int sends) {
    Challenge challenge = Pending(id);
    challenge.state = state;
    challenge.sends = sends;
    challenge.create_time = now_ - age;
    challenge.expire_time = challenge.create_time + absl::Minutes(10);
    EXPECT_TRUE(store_.Insert(call_, challenge, "range", {}, now_).ok());
  };
  insert("approved", ChallengeState::kApproved, absl::Hours(1), 1);
  insert("ignored", ChallengeState::kPending, absl::Hours(1), 3);
  insert("running", ChallengeState::kPending, absl::Minutes(5), 1);
  insert("long-ago", ChallengeState::kPending, absl::Hours(7), 1);
  const auto conversion = [&](std::string_view region, std::string_view prefix) {
    const auto asked = store_.ConversionOf(
        call_, {.region_code = region, .prefix_tag = prefix, .since = now_ - absl::Hours(6), .now = now_});
    EXPECT_TRUE(asked.ok()) << asked.status();
    return std::pair(asked->sent, asked->approved);
  };
  EXPECT_EQ(conversion("FR", ""), std::pair(int64_t{4}, int64_t{1}));
  EXPECT_EQ(conversion("", "range"), std::pair(int64_t{4}, int64_t{1}));
  EXPECT_EQ(conversion("BE", ""), std::pair(int64_t{0}, int64_t{0}));
}

TEST_F(ChallengeStorage, OnlyWhatExpiredLongAgoIsForgotten) {
  Insert(Pending("a"));
  Challenge old = Pending("old");
  old.expire_time = now_ - absl::Hours(2);
  Insert(old);
  EXPECT_EQ(*store_.DeleteExpired(call_, now_ - absl::Hours(1), 10), 1);
  EXPECT_FALSE(store_.Get(call_, ChallengeId("old")).ok());
  EXPECT_TRUE(store_.Get(call_, ChallengeId("a")).ok());
  ASSERT_EQ(InsertTaking("b", {Of("x", 1)}), absl::OkStatus());
  EXPECT_EQ(store_.DeleteWindows(call_, now_ + absl::Hours(1)), absl::OkStatus());
  EXPECT_EQ(InsertTaking("c", {Of("x", 1)}), absl::OkStatus());
}

}  // namespace
}  // namespace limpid::verify
