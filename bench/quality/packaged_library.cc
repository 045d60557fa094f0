#include "bench/quality/packaged_library.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include <dlfcn.h>

namespace limpid::bench {
namespace {

template <class Function>
Function* OfLibrary(const char* name) {
  void* const found = ::dlsym(RTLD_NEXT, name);
  if (found == nullptr) {
    std::fprintf(stderr, "%s is not in libphonenumber\n", name);
    std::exit(1);
  }
  return reinterpret_cast<Function*>(found);
}

std::string Bytes(const char* get, const char* size) {
  return {static_cast<const char*>(OfLibrary<const void*()>(get)()),
          static_cast<std::size_t>(OfLibrary<int()>(size)())};
}

}  // namespace

quality::MetadataBytes PackagedMetadata() {
  return {.plan = Bytes("_ZN4i18n12phonenumbers12metadata_getEv", "_ZN4i18n12phonenumbers13metadata_sizeEv"),
          .short_numbers = Bytes("_ZN4i18n12phonenumbers18short_metadata_getEv",
                                 "_ZN4i18n12phonenumbers19short_metadata_sizeEv"),
          .version = "packaged"};
}

const quality::LibraryInstance& PackagedLibrary() {
  static const auto* const packaged = quality::LibraryInstance::Make(PackagedMetadata()).value().release();
  return *packaged;
}

}  // namespace limpid::bench
