#include "verify-svc/app/verify_emails.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/mutex.h"

namespace limpid::verify {
namespace {

/// Rows that are asked for together.
struct Group {
  Depth depth;
  std::optional<absl::Duration> budget;
  std::vector<std::size_t> rows;
};

}  // namespace

// One batch under way. Each group writes into rows of its own.
class VerifyEmails::Batch : public std::enable_shared_from_this<Batch> {
 public:
  Batch(const VerifyEmails& emails, const Call& call, Done<std::vector<Row>> done)
      : one_(emails.one_), max_domains_(emails.max_domains_), call_(call), done_(std::move(done)) {}

  void Start(const std::vector<EmailQuery>& queries) {
    std::map<std::tuple<std::string, Depth, absl::Duration>, Group> by_domain;
    rows_.reserve(queries.size());
    for (const EmailQuery& query : queries) {
      if (call_.Stopped()) return done_(Cancelled());
      Row row = one_->Run(call_, query);
      if (row.ok() && query.depth != Depth::kFast && NeedsNetwork(row->verdict)) {
        const absl::Duration budget = query.budget.value_or(absl::InfiniteDuration());
        Group& group = by_domain[{std::string(row->verdict.address.domain()), query.depth, budget}];
        group.depth = query.depth;
        group.budget = query.budget;
        group.rows.push_back(rows_.size());
      }
      rows_.push_back(std::move(row));
    }
    if (by_domain.empty()) return done_(std::move(rows_));
    for (auto& [key, group] : by_domain) groups_.push_back(std::move(group));
    {
      MutexLock lock(mutex_);
      missing_ = groups_.size();
    }
    StartGroups();
  }

 private:
  // By one thread at a time; a group that lands meanwhile, on this thread or another, only makes room.
  void StartGroups() {
    for (bool first = true;; first = false) {
      const Group* group = nullptr;
      {
        MutexLock lock(mutex_);
        if (first && std::exchange(starting_, true)) return;
        if (next_ == groups_.size() || under_way_ == max_domains_) {
          starting_ = false;
          return;
        }
        ++under_way_;
        group = &groups_[next_++];
      }
      StartGroup(*group);
    }
  }

  void StartGroup(const Group& group) {
    std::vector<EmailAnswer> answers;
    for (const std::size_t row : group.rows) answers.push_back(*std::move(rows_[row]));
    one_->Deepen(call_, group.depth, group.budget, std::move(answers),
                 [self = shared_from_this(), &group](std::vector<EmailAnswer> deepened) {
                   for (std::size_t i = 0; i < deepened.size(); ++i) {
                     self->rows_[group.rows[i]] = std::move(deepened[i]);
                   }
                   self->Landed();
                 });
  }

  void Landed() {
    bool last = false;
    {
      MutexLock lock(mutex_);
      --under_way_;
      last = --missing_ == 0;
    }
    if (!last) return StartGroups();
    if (call_.Stopped()) return done_(Cancelled());
    done_(std::move(rows_));
  }

  const std::shared_ptr<const VerifyEmail> one_;
  const std::size_t max_domains_;
  const Call call_;
  Done<std::vector<Row>> done_;
  std::vector<Row> rows_;
  std::vector<Group> groups_;
  Mutex mutex_;
  std::size_t next_ ABSL_GUARDED_BY(mutex_) = 0;
  std::size_t under_way_ ABSL_GUARDED_BY(mutex_) = 0;
  std::size_t missing_ ABSL_GUARDED_BY(mutex_) = 0;
  bool starting_ ABSL_GUARDED_BY(mutex_) = false;
};

VerifyEmails::VerifyEmails(std::shared_ptr<const VerifyEmail> one, std::size_t max_domains)
    : one_(std::move(one)), max_domains_(max_domains) {}

void VerifyEmails::Run(const Call& call, const std::vector<EmailQuery>& queries,
                       Done<std::vector<Row>> done) const {
  std::make_shared<Batch>(*this, call, std::move(done))->Start(queries);
}

}  // namespace limpid::verify
