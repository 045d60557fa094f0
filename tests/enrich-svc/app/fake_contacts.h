#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"

#include "enrich-svc/app/contacts.h"
#include "libs/base/error.h"
#include "libs/base/mutex.h"

namespace limpid::enrich {

/// Contacts in memory that can be made to fail or to change under one's hands, which the real service does
/// only by chance. Answers inline. Thread-safe.
class FakeContacts final : public Contacts {
 public:
  void Put(const std::string& id, Profile profile, std::string wire = "") {
    MutexLock lock(mutex_);
    contacts_[id] = {
        .id = ContactId(id), .etag = "1", .profile = std::move(profile), .wire = std::move(wire)};
  }
  Profile ProfileOf(const std::string& id) {
    MutexLock lock(mutex_);
    return contacts_[id].profile;
  }
  /// The next calls answer these, one each.
  void FailNext(std::vector<absl::Status> failures) {
    MutexLock lock(mutex_);
    failures_ = std::move(failures);
  }
  /// Runs at the beginning of each write, as somebody who writes in between.
  void BeforeFill(absl::AnyInvocable<void(StoredContact&)> change) {
    MutexLock lock(mutex_);
    before_fill_ = std::move(change);
  }
  int writes() {
    MutexLock lock(mutex_);
    return writes_;
  }
  std::vector<Call> calls() {
    MutexLock lock(mutex_);
    return calls_;
  }

  void Get(const Call& call, const ContactId& id, Done<StoredContact> done) override {
    done([&]() -> absl::StatusOr<StoredContact> {
      MutexLock lock(mutex_);
      calls_.push_back(call);
      if (absl::Status failure = NextFailure(); !failure.ok()) return failure;
      const auto found = contacts_.find(id.value());
      if (found == contacts_.end()) return NotFound("contact", id.value());
      return found->second;
    }());
  }

  void Fill(const Call& call, const StoredContact& contact, const Completions& completions,
            Done<StoredContact> done) override {
    done([&]() -> absl::StatusOr<StoredContact> {
      MutexLock lock(mutex_);
      calls_.push_back(call);
      if (absl::Status failure = NextFailure(); !failure.ok()) return failure;
      StoredContact& stored = contacts_[contact.id.value()];
      if (before_fill_) before_fill_(stored);
      if (stored.etag != contact.etag) return StaleEtag("contact", contact.id.value());
      for (const Completion& completion : completions)
        FieldOf(stored.profile, completion.field) = completion.value;
      stored.etag += "+";
      ++writes_;
      return stored;
    }());
  }

 private:
  absl::Status NextFailure() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (failures_.empty()) return absl::OkStatus();
    absl::Status next = failures_.front();
    failures_.erase(failures_.begin());
    return next;
  }

  Mutex mutex_;
  std::map<std::string, StoredContact> contacts_ ABSL_GUARDED_BY(mutex_);
  std::vector<absl::Status> failures_ ABSL_GUARDED_BY(mutex_);
  absl::AnyInvocable<void(StoredContact&)> before_fill_ ABSL_GUARDED_BY(mutex_);
  std::vector<Call> calls_ ABSL_GUARDED_BY(mutex_);
  int writes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace limpid::enrich
