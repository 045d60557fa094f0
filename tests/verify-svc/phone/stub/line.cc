#include "tests/verify-svc/phone/stub/line.h"

namespace limpid::testing {

Line LineOf(std::string_view number) {
  constexpr int kFirstFault = 80;
  constexpr int kLastFault = kFirstFault + static_cast<int>(Fault::kNotJson) - 1;
  if (number.size() < 2) return {};
  const int ending = (number[number.size() - 2] - '0') * 10 + (number.back() - '0');
  switch (ending) {
    case 1:
      return {.subscriber = Subscriber::kAbsent};
    case 2:
      return {.subscriber = Subscriber::kUnassigned};
    case 3:
      return {.subscriber = Subscriber::kBarred};
    case 4:
      return {.subscriber = Subscriber::kUnknown};
    case 5:
      return {.subscriber = Subscriber::kNoCoverage};
    case 10:
      return {.ported = true};
    case 11:
      return {.roaming = true};
    case 12:
      return {.ported = true, .roaming = true};
    case 13:
      return {.sim_swapped = true};
    default:
      break;
  }
  if (ending < kFirstFault || ending > kLastFault) return {};
  return {.fault = static_cast<Fault>(ending - kFirstFault + 1)};
}

}  // namespace limpid::testing
