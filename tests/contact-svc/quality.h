#pragma once

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "contact-svc/domain/normal_forms.h"
#include "libs/quality/quality_data.h"

namespace limpid::contact {

/// The rules with the release's own lists, read once for a test binary.
inline const NormalForms& TestForms() {
  static const NormalForms kForms([] {
    auto data = quality::QualityData::Load(LIMPID_SOURCE_DIR "/data");
    if (!data.ok()) {
      std::fprintf(stderr, "%s\n", data.status().ToString().c_str());
      std::abort();
    }
    return *std::move(data);
  }());
  return kForms;
}

}  // namespace limpid::contact
