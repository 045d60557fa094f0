#pragma once

#include <memory>

#include <gtest/gtest.h>

#include "enrich-svc/providers/commune_table.h"

namespace limpid::enrich {

/// The tables that are shipped, loaded once for all tests.
inline const std::shared_ptr<const CommuneTable>& France() {
  static const auto& table = *new std::shared_ptr<const CommuneTable>([] {
    auto loaded = CommuneTable::Load(LIMPID_SOURCE_DIR "/data/fr");
    EXPECT_TRUE(loaded.ok()) << loaded.status();
    return loaded.ok() ? *std::move(loaded) : nullptr;
  }());
  return table;
}

}  // namespace limpid::enrich
