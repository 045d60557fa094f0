#include "libs/quality/email/free_provider.h"

namespace limpid::quality {

void ApplyFreeProvider(const EmailFacts& facts, EmailVerdict& verdict) {
  verdict.flags.free = facts.domain.size > 0 && (facts.domain.links[0].marks & kMarkFree) != 0;
}

}  // namespace limpid::quality
