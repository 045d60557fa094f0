#include "libs/quality/email/free_provider.h"

namespace limpid::quality {

void ApplyFreeProvider(const EmailFacts& facts, EmailVerdict& verdict) {
  verdict.flags.free = (facts.domain.OwnMarks() & kMarkFree) != 0;
}

}  // namespace limpid::quality
