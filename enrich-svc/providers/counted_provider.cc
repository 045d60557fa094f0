#include "enrich-svc/providers/counted_provider.h"

#include <chrono>
#include <string>
#include <utility>

namespace limpid::enrich {
namespace {

// Upper bounds in seconds: from the microsecond of a table to the seconds of a network.
const std::vector<double> kBounds = {1e-6, 2e-6, 5e-6, 1e-5, 5e-5, 1e-4, 1e-3, 1e-2, 0.1, 0.5, 1, 5};

}  // namespace

CountedProvider::CountedProvider(std::unique_ptr<const Provider> provider, MetricsRegistry& metrics)
    : provider_(std::move(provider)), series_([&] {
        const std::string id(provider_->info().id);
        const std::string help = "Questions to providers, by how they ended.";
        return std::make_shared<Series>(Series{
            .answered = metrics.AddCounter("limpid_enrich_provider_questions_total", help,
                                           {{"provider", id}, {"outcome", "answered"}}),
            .failed = metrics.AddCounter("limpid_enrich_provider_questions_total", help,
                                         {{"provider", id}, {"outcome", "failed"}}),
            .seconds =
                metrics.AddHistogram("limpid_enrich_provider_seconds", "How long a provider took to answer.",
                                     {{"provider", id}}, kBounds)});
      }()) {}

void CountedProvider::Ask(const Call& call, const Profile& profile, Done<Completions> done) const {
  const auto began = std::chrono::steady_clock::now();
  provider_->Ask(
      call, profile,
      [series = series_, began, done = std::move(done)](absl::StatusOr<Completions> answer) mutable {
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        series->seconds.Observe(took.count());
        (answer.ok() ? series->answered : series->failed).Increment();
        done(std::move(answer));
      });
}

}  // namespace limpid::enrich
