#pragma once

#include "libs/quality/phone/library_instance.h"

namespace limpid::bench {

/// libphonenumber as Debian ships it, with the metadata that it was packaged with: what ours is measured
/// against, in the same process. The program's own definitions hide the library's, so its bytes are asked for
/// by the dynamic linker's way around them.
const quality::LibraryInstance& PackagedLibrary();
quality::MetadataBytes PackagedMetadata();

}  // namespace limpid::bench
