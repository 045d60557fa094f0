#include "libs/redis/quota.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "libs/base/strings.h"

namespace limpid::redis {
namespace {

constexpr double kMicrosecondsPerMinute = 60e6;
// What is told to Redis in one turn; more keys wait for the next.
constexpr size_t kKeysInOneTurn = 4096;

// The bucket in Redis is the moment at which it is full again, in microseconds of Redis's own clock. Adds
// what was let through and gives back how long the bucket needs to fill. The key expires when the bucket is
// full, which is the same as no key. KEYS[1] bucket; ARGV[1] microseconds to add; ARGV[2] the most that may
// be owed
constexpr std::string_view kAdd = R"lua(
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or now) or now, now)
full = math.min(full + ARGV[1], now + ARGV[2])
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000) + 1)
return full - now
)lua";

std::string Rounded(double number) { return StrCat(static_cast<int64_t>(std::llround(number))); }

}  // namespace

struct SharedTokenBucket::Entry {
  Entry(std::string_view name, double rate, double most)
      : key(name), rate_per_minute(rate), burst(most), own(rate, most), shared(rate, most) {}

  bool Has(double rate, double most) const { return rate_per_minute == rate && burst == most; }

  std::string key;
  double rate_per_minute;
  double burst;
  TokenBucket own;     ///< What this process let through: holds even if Redis forgets.
  TokenBucket shared;  ///< What all let through, as far as known here.
  double untold = 0;   ///< Let through since Redis was told.
  bool queued = false;
  bool asking = false;
};

// One small lock: a decision takes some hundred nanoseconds under it.
struct SharedTokenBucket::State {
  using Entries = std::list<Entry>;

  Entry& Get(std::string_view key, double rate, double burst, size_t max_keys)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);
  void Forget(Entries::iterator entry) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);
  Entry* Find(std::string_view key) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex);

  mutable Mutex mutex;
  Entries entries ABSL_GUARDED_BY(mutex);  ///< Most recently used first.
  absl::flat_hash_map<std::string_view, Entries::iterator> by_key ABSL_GUARDED_BY(mutex);
  std::vector<std::string> queue ABSL_GUARDED_BY(mutex);  ///< Keys with something untold.
};

SharedTokenBucket::Entry& SharedTokenBucket::State::Get(std::string_view key, double rate, double burst,
                                                        size_t max_keys) {
  if (const auto found = by_key.find(key); found != by_key.end()) {
    if (found->second->Has(rate, burst)) {
      entries.splice(entries.begin(), entries, found->second);
      return entries.front();
    }
    Forget(found->second);
  }
  if (entries.size() >= max_keys) Forget(std::prev(entries.end()));
  entries.emplace_front(key, rate, burst);
  by_key.emplace(entries.front().key, entries.begin());
  return entries.front();
}

void SharedTokenBucket::State::Forget(Entries::iterator entry) {
  by_key.erase(std::string_view(entry->key));
  entries.erase(entry);
}

SharedTokenBucket::Entry* SharedTokenBucket::State::Find(std::string_view key) {
  const auto found = by_key.find(key);
  return found == by_key.end() ? nullptr : &*found->second;
}

SharedTokenBucket::SharedTokenBucket(Options options, Client* client, const KeyHasher& hasher,
                                     const Clock& clock)
    : options_(options), client_(client), hasher_(hasher), clock_(clock), state_(std::make_shared<State>()) {
  if (client_ != nullptr && options_.interval != absl::InfiniteDuration()) {
    thread_ = std::thread([this] { Loop(); });
  }
}

SharedTokenBucket::~SharedTokenBucket() {
  {
    MutexLock lock(stop_mutex_);
    stopping_ = true;
  }
  stop_changed_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

absl::Duration SharedTokenBucket::TryAcquire(std::string_view key, double rate_per_minute, double burst) {
  const SteadyTime now = clock_.SteadyNow();
  MutexLock lock(state_->mutex);
  Entry& entry = state_->Get(key, rate_per_minute, burst, options_.max_keys);
  if (const absl::Duration wait = std::max(entry.own.WaitFor(now), entry.shared.WaitFor(now));
      wait > absl::ZeroDuration()) {
    return wait;
  }
  entry.own.Take(now, 1);
  entry.shared.Take(now, 1);
  if (client_ == nullptr) return absl::ZeroDuration();
  ++entry.untold;
  if (!std::exchange(entry.queued, true)) state_->queue.push_back(entry.key);
  return absl::ZeroDuration();
}

void SharedTokenBucket::Reconcile() {
  struct Question {
    std::string key;
    double rate_per_minute;
    double burst;
    double told;
  };
  std::vector<Question> questions;
  {
    MutexLock lock(state_->mutex);
    std::vector<std::string> waiting;
    for (std::string& key : std::exchange(state_->queue, {})) {
      Entry* entry = state_->Find(key);
      if (entry == nullptr) continue;
      if (entry->asking || questions.size() == kKeysInOneTurn) {
        waiting.push_back(std::move(key));
        continue;
      }
      entry->queued = false;
      entry->asking = true;
      questions.push_back(
          {std::move(key), entry->rate_per_minute, entry->burst, std::exchange(entry->untold, 0)});
    }
    state_->queue = std::move(waiting);
  }
  for (const Question& question : questions) {
    const double interval = kMicrosecondsPerMinute / question.rate_per_minute;
    const CacheKey name =
        hasher_.Key("quota", {question.key, Rounded(question.rate_per_minute), Rounded(question.burst)});
    // When the answer is lost, what was told may count or not; it is not told again, since doubling it would
    // refuse an honest caller, while the bucket of this process alone bounds what is gained.
    client_->Send(Call{},
                  {"EVAL", kAdd, "1", name.text(), Rounded(question.told * interval),
                   Rounded(2 * question.burst * interval)},
                  [state = state_, &clock = clock_, question](absl::StatusOr<Reply> reply) {
                    MutexLock lock(state->mutex);
                    Entry* entry = state->Find(question.key);
                    if (entry == nullptr || !entry->Has(question.rate_per_minute, question.burst)) return;
                    entry->asking = false;
                    if (!reply.ok() || reply->kind != Reply::Kind::kInteger) return;
                    const SteadyTime now = clock.SteadyNow();
                    entry->shared.SetUntilFull(now, absl::Microseconds(reply->integer));
                    entry->shared.Take(now, entry->untold);
                  });
  }
}

size_t SharedTokenBucket::keys() const {
  MutexLock lock(state_->mutex);
  return state_->entries.size();
}

void SharedTokenBucket::Loop() {
  for (;;) {
    {
      MutexLock lock(stop_mutex_);
      const SteadyTime next = SystemClock().SteadyNow() + absl::ToChronoNanoseconds(options_.interval);
      if (stop_changed_.WaitUntil(stop_mutex_, next,
                                  [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_; })) {
        return;
      }
    }
    Reconcile();
  }
}

}  // namespace limpid::redis
