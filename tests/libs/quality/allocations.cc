#include "tests/libs/quality/allocations.h"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

thread_local int allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* const memory = std::malloc(size)) return memory;
  std::abort();
}
// What asks without exceptions (std::stable_sort's buffer) is freed by the same delete.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return operator new(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace limpid::quality {

int AllocationsOf(const std::function<void()>& work) {
  const int before = allocations;
  work();
  return allocations - before;
}

}  // namespace limpid::quality
