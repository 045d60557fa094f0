#include "gateway/transcoding/descriptor_set.h"

// The assembler copies the file: half a megabyte as a C array would cost the compiler seconds.
__asm__(
    ".section .rodata\n"
    ".balign 16\n"
    "limpid_descriptor_set:\n"
    ".incbin \"" LIMPID_DESCRIPTOR_SET
    "\"\n"
    "limpid_descriptor_set_end:\n"
    ".byte 0\n"
    ".previous\n");

extern "C" {
extern const char limpid_descriptor_set[];
extern const char limpid_descriptor_set_end[];
}

namespace limpid::gateway {

std::string_view EmbeddedDescriptorSet() {
  return {limpid_descriptor_set, static_cast<size_t>(limpid_descriptor_set_end - limpid_descriptor_set)};
}

}  // namespace limpid::gateway
