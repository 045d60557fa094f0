#include "gateway/identity/scrypt_answer_seal.h"

#include <string>

#include <gmock/gmock.h>

#include "libs/base/random.h"

namespace limpid::gateway {
namespace {

class ScryptAnswerSealTest : public ::testing::Test {
 protected:
  ScryptAnswerSeal seal_{SecureRandom()};
  const TenantId tenant_{"acme"};
};

TEST_F(ScryptAnswerSealTest, OpensWhatItSealed) {
  const AnswerSeal::Lock lock = *seal_.Derive(tenant_, "order 4711");
  for (const std::string& answer : {std::string(), std::string("a"), std::string(5000, 'x')}) {
    EXPECT_EQ(*seal_.Open(lock, *seal_.Seal(lock, answer)), answer);
  }
}

TEST_F(ScryptAnswerSealTest, NamesTheSameKeyTheSameForOneTenantOnly) {
  const AnswerSeal::Lock lock = *seal_.Derive(tenant_, "order 4711");
  EXPECT_EQ(seal_.Derive(tenant_, "order 4711")->id, lock.id);
  EXPECT_NE(seal_.Derive(tenant_, "order 4712")->id, lock.id);
  EXPECT_NE(seal_.Derive(TenantId("globex"), "order 4711")->id, lock.id);
}

TEST_F(ScryptAnswerSealTest, StaysShutForAnotherKeyAndForWhatWasChanged) {
  const AnswerSeal::Lock lock = *seal_.Derive(tenant_, "order 4711");
  const std::string sealed = *seal_.Seal(lock, "lk_secret");
  EXPECT_EQ(seal_.Open(*seal_.Derive(tenant_, "order 4712"), sealed).status().code(),
            absl::StatusCode::kDataLoss);
  for (size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(seal_.Open(lock, changed).status().code(), absl::StatusCode::kDataLoss) << i;
  }
  EXPECT_EQ(seal_.Open(lock, "short").status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace limpid::gateway
