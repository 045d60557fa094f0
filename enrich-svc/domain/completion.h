#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "enrich-svc/domain/profile.h"

namespace limpid::enrich {

/// A value that a provider derives for an empty field.
struct Completion {
  Field field = Field::kRegionCode;
  std::string value;
  /// Name of the provider or table; text that lives as long as the program.
  std::string_view source;
  double confidence = 0;  ///< 0 to 1.
  friend bool operator==(const Completion&, const Completion&) = default;
};

using Completions = std::vector<Completion>;

}  // namespace limpid::enrich
