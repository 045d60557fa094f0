#include <atomic>

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <pthread.h>

#include "libs/quality/phone/phone_rules.h"
#include "libs/quality/phone/plain_reader.h"
#include "tests/libs/quality/test_data.h"

namespace {

std::atomic<int> locks = 0;

}  // namespace

// In place of the C library's, for every library of this process.
extern "C" int pthread_mutex_lock(pthread_mutex_t* mutex) {
  static auto* const lock =
      reinterpret_cast<int (*)(pthread_mutex_t*)>(::dlsym(RTLD_NEXT, "pthread_mutex_lock"));
  ++locks;
  return lock(mutex);
}

namespace limpid::quality {
namespace {

template <class Work>
int LocksOf(Work work) {
  const int before = locks;
  work();
  return locks - before;
}

TEST(PhoneLocks, AreCounted) {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  EXPECT_EQ(LocksOf([&] {
              pthread_mutex_lock(&mutex);
              pthread_mutex_unlock(&mutex);
            }),
            1);
  // libphonenumber takes them by the dozen, for its cache of regular expressions.
  EXPECT_GT(LocksOf([] { TestData()->number_plan().Read("06 12 34 56 78 poste 4 / 5", "FR"); }), 0);
}

TEST(PhoneLocks, AVerdictOnAPlainNumberTakesNone) {
  const PhoneRules rules(TestData());
  int verdicts = 0;
  for (const auto& row : ReadRows("phone/vectors.tsv")) {
    const std::string region = row[1] == "-" ? "" : row[1];
    const bool valid = row[2] != "invalid";
    if (!valid || !ReadPlainly(TestData()->number_plan().compiled(), row[0], region)) continue;
    ++verdicts;
    EXPECT_EQ(LocksOf([&] { rules.Verify(row[0], region); }), 0) << row[0];
    EXPECT_EQ(LocksOf([&] { rules.E164(row[0], region); }), 0) << row[0];
  }
  EXPECT_GT(verdicts, 1500);
}

}  // namespace
}  // namespace limpid::quality
