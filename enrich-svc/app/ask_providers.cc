#include "enrich-svc/app/ask_providers.h"

#include <iterator>
#include <memory>
#include <utility>

#include "enrich-svc/domain/fill_policy.h"
#include "libs/base/mutex.h"

namespace limpid::enrich {
namespace {

// The question until its last answer. Answers keep the order of the providers, whoever is first.
class Question {
 public:
  Question(std::shared_ptr<const Providers> providers, Profile profile,
           absl::AnyInvocable<void(ProviderAnswers)> done)
      : providers_(std::move(providers)),
        profile_(std::move(profile)),
        done_(std::move(done)),
        waiting_(providers_->size()),
        answers_(providers_->size(), Completions()) {}

  const Profile& profile() const { return profile_; }

  void Answer(size_t provider, absl::StatusOr<Completions> answer) {
    {
      MutexLock lock(mutex_);
      answers_[provider] = std::move(answer);
      if (--waiting_ > 0) return;
    }
    Finish();
  }

  void Finish() {
    ProviderAnswers gathered;
    {
      MutexLock lock(mutex_);
      for (size_t i = 0; i < answers_.size(); ++i) {
        if (answers_[i].ok()) {
          std::ranges::move(*answers_[i], std::back_inserter(gathered.completions));
        } else {
          gathered.unreachable.emplace_back((*providers_)[i]->info().id);
        }
      }
    }
    gathered.completions = SurestOfEmpty(profile_, std::move(gathered.completions));
    done_(std::move(gathered));
  }

 private:
  const std::shared_ptr<const Providers> providers_;
  const Profile profile_;
  absl::AnyInvocable<void(ProviderAnswers)> done_;
  Mutex mutex_;
  size_t waiting_ ABSL_GUARDED_BY(mutex_);
  std::vector<absl::StatusOr<Completions>> answers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

void AskProviders(std::shared_ptr<const Providers> providers, const Call& call, Profile profile,
                  absl::AnyInvocable<void(ProviderAnswers)> done) {
  const auto question = std::make_shared<Question>(providers, std::move(profile), std::move(done));
  if (providers->empty()) {
    question->Finish();
    return;
  }
  for (size_t i = 0; i < providers->size(); ++i) {
    (*providers)[i]->Ask(call, question->profile(), [question, i](absl::StatusOr<Completions> answer) {
      question->Answer(i, std::move(answer));
    });
  }
}

}  // namespace limpid::enrich
