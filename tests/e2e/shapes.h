#pragma once

#include <string>

#include <gmock/gmock.h>

#include "tests/e2e/suite.h"

namespace limpid::e2e {

/// A test that holds for one process and for four.
class BothShapes : public ::testing::TestWithParam<Shape> {
 protected:
  /// One suite for all tests of a shape: each takes addresses of its own.
  static Suite& TheSuite() {
    static std::map<Shape, std::unique_ptr<Suite>> suites;
    std::unique_ptr<Suite>& suite = suites[GetParam()];
    if (suite == nullptr) suite = std::make_unique<Suite>(Suite::Options{.shape = GetParam()});
    return *suite;
  }
};

inline std::string ShapeName(const ::testing::TestParamInfo<Shape>& info) {
  return info.param == Shape::kOneProcess ? "OneProcess" : "FourProcesses";
}

#define LIMPID_FOR_BOTH_SHAPES(suite)                                                                   \
  INSTANTIATE_TEST_SUITE_P(Shapes, suite, ::testing::Values(Shape::kOneProcess, Shape::kFourProcesses), \
                           ShapeName)

}  // namespace limpid::e2e
