#pragma once

#include <memory>

#include <gtest/gtest.h>

#include "libs/quality/quality_data.h"

namespace limpid::enrich {

/// The lists that are shipped, loaded once for all tests.
inline const std::shared_ptr<const quality::QualityData>& QualityLists() {
  static const auto& lists = *new std::shared_ptr<const quality::QualityData>([] {
    auto loaded = quality::QualityData::Load(LIMPID_SOURCE_DIR "/data");
    EXPECT_TRUE(loaded.ok()) << loaded.status();
    return loaded.ok() ? *std::move(loaded) : nullptr;
  }());
  return lists;
}

}  // namespace limpid::enrich
