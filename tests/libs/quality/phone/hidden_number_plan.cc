// What a program says at its start when its linking has lost the number plan: see CMakeLists.txt.
#include <cstdio>
#include <string>

#include "libs/quality/phone/number_plan.h"

int main() {
  const auto plan = limpid::quality::NumberPlan::Load(limpid::quality::EmbeddedMetadata());
  std::puts(plan.ok() ? "taken into use" : std::string(plan.status().message()).c_str());
  return 0;
}
