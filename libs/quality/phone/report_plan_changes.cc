// limpid-plan-changes BEFORE AFTER: what the number plan in the folder AFTER judges otherwise than that in
// BEFORE, by region. Each folder holds metadata.pb, short_metadata.pb and metadata_version.txt.
#include <cstdio>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

#include "libs/base/strings.h"
#include "libs/quality/data_file.h"
#include "libs/quality/phone/plan_changes.h"

namespace limpid::quality {
namespace {

constexpr std::size_t kSamples = 200;

absl::StatusOr<std::shared_ptr<const NumberPlan>> LoadPlan(const std::string& folder) {
  MetadataBytes bytes;
  for (const auto& [name, text] :
       {std::pair{"metadata.pb", &bytes.plan}, std::pair{"short_metadata.pb", &bytes.short_numbers},
        std::pair{"metadata_version.txt", &bytes.version}}) {
    absl::StatusOr<std::string> read = ReadDataFile(folder, name);
    if (!read.ok()) return read.status();
    *text = *std::move(read);
  }
  bytes.version = MetadataVersion(bytes.version);
  return NumberPlan::Load(std::move(bytes));
}

void Print(const PlanChanges& changes) {
  std::printf("%zu numbers compared: %zu now valid, %zu now invalid\n", changes.compared, changes.now_valid,
              changes.now_invalid);
  if (changes.regions.empty()) return;
  std::printf("%-8s %9s %9s %11s %10s  %s\n", "region", "compared", "now valid", "now invalid", "other type",
              "examples");
  for (const auto& [region, in_region] : changes.regions) {
    std::string examples;
    for (const std::string& example : in_region.examples) StrAppend(examples, " ", example);
    std::printf("%-8s %9zu %9zu %11zu %10zu %s\n", region.c_str(), in_region.compared, in_region.now_valid,
                in_region.now_invalid, in_region.other_type, examples.c_str());
  }
}

int Run(const std::string& before_folder, const std::string& after_folder) {
  const auto before = LoadPlan(before_folder);
  const auto after = LoadPlan(after_folder);
  for (const auto* plan : {&before, &after}) {
    if (plan->ok()) continue;
    std::fprintf(stderr, "%s\n", std::string(plan->status().message()).c_str());
    return 1;
  }
  std::printf("%s -> %s\n", (*before)->version().c_str(), (*after)->version().c_str());
  Print(ComparePlans(**before, **after, kSamples));
  return 0;
}

}  // namespace
}  // namespace limpid::quality

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: %s BEFORE AFTER\n", argv[0]);
    return 2;
  }
  return limpid::quality::Run(argv[1], argv[2]);
}
