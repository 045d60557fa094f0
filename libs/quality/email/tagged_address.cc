#include "libs/quality/email/tagged_address.h"

namespace limpid::quality {

void ApplyTaggedAddress(const EmailFacts& facts, EmailVerdict& verdict) {
  verdict.flags.tagged = facts.tagged;
}

}  // namespace limpid::quality
