#pragma once

#include <string>
#include <vector>

#include "verify-svc/domain/number.h"

namespace limpid::verify {

inline NumberQuestion Mobile(std::string e164) {
  return {
      .e164 = std::move(e164), .region_code = "FR", .calling_code = 33, .type = quality::PhoneType::kMobile};
}

inline std::vector<NumberQuestion> Mobiles(const std::vector<std::string>& numbers) {
  std::vector<NumberQuestion> questions;
  for (const std::string& number : numbers) questions.push_back(Mobile(number));
  return questions;
}

}  // namespace limpid::verify
