#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>

#include "enrich-svc/app/preview_enrichment.h"
#include "enrich-svc/providers/commune_table.h"
#include "enrich-svc/providers/registry.h"

// What enrich-svc computes in a capture, without its door. The peer of the same run is one look-up in the
// table.
namespace limpid::enrich {
namespace {

const std::string kData = LIMPID_SOURCE_DIR "/data";

template <class T>
T OrEnd(absl::StatusOr<T> value) {
  if (value.ok()) return *std::move(value);
  std::fprintf(stderr, "%s\n", value.status().ToString().c_str());
  std::exit(1);
}

const ProvidersInForce& AllProviders() {
  static const auto& metrics = *new std::unique_ptr<MetricsRegistry>(new MetricsRegistry());
  static const auto& providers = *new ProvidersInForce(std::make_shared<const Providers>(
      OrEnd(MakeProviders(kData, OrEnd(quality::QualityData::Load(kData)), *metrics))));
  return providers;
}

void Preview(benchmark::State& state, const Profile& profile) {
  const PreviewEnrichment preview(AllProviders());
  for ([[maybe_unused]] auto _ : state) {
    preview.Run({}, profile,
                [](absl::StatusOr<ProviderAnswers> answer) { benchmark::DoNotOptimize(answer); });
  }
}

BENCHMARK_CAPTURE(Preview, Address,
                  Profile{.address = {.region_code = "FR", .postal_code = "75002", .locality = "Paris"}});
BENCHMARK_CAPTURE(Preview, AddressWithAccents,
                  Profile{
                      .address = {.region_code = "FR", .postal_code = "42000", .locality = "Saint-Étienne"}});
BENCHMARK_CAPTURE(Preview, FrenchPhone, Profile{.phone = "01 42 34 56 78"});
BENCHMARK_CAPTURE(Preview, ForeignPhone, Profile{.phone = "+32 470 12 34 56"});
BENCHMARK_CAPTURE(Preview, Email, Profile{.email = "jean.dupont@michelin.com"});
BENCHMARK_CAPTURE(Preview, Capture,
                  Profile{.email = "jean.dupont@gmial.com",
                          .phone = "06 12 34 56 78",
                          .address = {.region_code = "FR", .postal_code = "75002", .locality = "Paris"}});

void LookUp(benchmark::State& state) {
  const auto table = OrEnd(CommuneTable::Load(kData + "/fr"));
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(table->ByPostalCode(75002));
}
BENCHMARK(LookUp);

void LoadTables(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(CommuneTable::Load(kData + "/fr"));
}
BENCHMARK(LoadTables)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace limpid::enrich

BENCHMARK_MAIN();
