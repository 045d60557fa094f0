#pragma once

#include <cstddef>
#include <string>

#include "libs/quality/phone/number_plan.h"

namespace limpid::quality {

/// Asks NumberPlan and libphonenumber the same and fails the test where one field of the answers differs:
/// validity and its reason, type, region, E.164, national and international form, RFC 3966, extension, and
/// the regions that share the number.
class Agreement {
 public:
  explicit Agreement(const NumberPlan& plan) : plan_(plan) {}

  void Compare(const std::string& input, const std::string& region);

  std::size_t compared() const { return compared_; }
  /// How many of them the fast path has read itself.
  std::size_t read_plainly() const { return read_plainly_; }

 private:
  const NumberPlan& plan_;
  std::size_t compared_ = 0;
  std::size_t read_plainly_ = 0;
};

}  // namespace limpid::quality
