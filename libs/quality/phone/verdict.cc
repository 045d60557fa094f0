#include "libs/quality/phone/verdict.h"

#include <algorithm>

namespace limpid::quality {

std::string_view Name(PhoneStatus status) {
  switch (status) {
    case PhoneStatus::kValid:
      return "VALID";
    case PhoneStatus::kRisky:
      return "RISKY";
    case PhoneStatus::kInvalid:
      return "INVALID";
    case PhoneStatus::kUnknown:
      return "UNKNOWN";
  }
  return "UNKNOWN";
}

std::string_view Name(PhoneType type) {
  switch (type) {
    case PhoneType::kUnknown:
      return "UNKNOWN";
    case PhoneType::kFixedLine:
      return "FIXED_LINE";
    case PhoneType::kMobile:
      return "MOBILE";
    case PhoneType::kFixedLineOrMobile:
      return "FIXED_LINE_OR_MOBILE";
    case PhoneType::kTollFree:
      return "TOLL_FREE";
    case PhoneType::kPremiumRate:
      return "PREMIUM_RATE";
    case PhoneType::kSharedCost:
      return "SHARED_COST";
    case PhoneType::kVoip:
      return "VOIP";
    case PhoneType::kPersonalNumber:
      return "PERSONAL_NUMBER";
    case PhoneType::kPager:
      return "PAGER";
    case PhoneType::kUan:
      return "UAN";
    case PhoneType::kVoicemail:
      return "VOICEMAIL";
  }
  return "UNKNOWN";
}

std::string_view Name(Reachability reachability) {
  switch (reachability) {
    case Reachability::kNotChecked:
      return "NOT_CHECKED";
    case Reachability::kReachable:
      return "REACHABLE";
    case Reachability::kAbsent:
      return "ABSENT";
    case Reachability::kUnassigned:
      return "UNASSIGNED";
    case Reachability::kBarred:
      return "BARRED";
    case Reachability::kUnknown:
      return "UNKNOWN";
  }
  return "UNKNOWN";
}

std::string_view Name(Assumption assumption) {
  switch (assumption) {
    case Assumption::kUnknown:
      return "UNKNOWN";
    case Assumption::kYes:
      return "YES";
    case Assumption::kNo:
      return "NO";
    case Assumption::kAssumedYes:
      return "ASSUMED_YES";
    case Assumption::kAssumedNo:
      return "ASSUMED_NO";
  }
  return "UNKNOWN";
}

std::string_view Name(CanReceive can_receive) {
  switch (can_receive) {
    case CanReceive::kNo:
      return "NO";
    case CanReceive::kYes:
      return "YES";
    case CanReceive::kMaybe:
      return "MAYBE";
  }
  return "NO";
}

bool PhoneVerdict::HasReason(std::string_view wanted) const {
  return std::find(reasons.begin(), reasons.end(), wanted) != reasons.end();
}

bool PhoneVerdict::HasFlag(std::string_view wanted) const {
  return std::find(flags.begin(), flags.end(), wanted) != flags.end();
}

}  // namespace limpid::quality
