#include "libs/quality/phone/typed/moved_number.h"

#include <utility>

#include "libs/base/strings.h"

namespace limpid::quality {

std::optional<Meant> WhereItMoved(const PlannedNumber& number, const Readers& readers) {
  if (number.calling_code == 0) return std::nullopt;
  // Two steps at most: from Réunion's plan to the mainland's, and from there to Guadeloupe's.
  std::optional<MovedNumber> moved = readers.moved.Find(number.calling_code, number.national_digits);
  for (int step = 0; moved && step < 2; ++step) {
    PlannedNumber target = readers.plan.Read(StrCat("+", moved->calling_code, moved->national_digits), {});
    if (target.valid()) return Meant{std::move(target), moved->reason, moved->confidence};
    moved = readers.moved.Find(moved->calling_code, moved->national_digits);
  }
  return std::nullopt;
}

std::optional<Meant> WhereItBelongs(const PlannedNumber& number, const Readers& readers) {
  const std::optional<MovedNumber> moved = readers.moved.Find(number.calling_code, number.national_digits);
  if (!moved || moved->any_beginning || moved->reason != phone_reason::kWrongDefaultRegion)
    return std::nullopt;
  return IfValid(readers.plan.Read(StrCat("+", moved->calling_code, moved->national_digits), {}),
                 moved->reason, moved->confidence);
}

}  // namespace limpid::quality
