#include "libs/text/keyboard.h"

#include <array>
#include <cstdlib>
#include <string_view>

namespace limpid::text {
namespace {

/// Four rows from the top; each key touches the one above it and the one to the right of that.
using Layout = std::array<std::string_view, 4>;
constexpr std::array kLayouts = {
    Layout{"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"},
    Layout{"1234567890", "qwertzuiop", "asdfghjkl", "yxcvbnm"},
    Layout{"1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn"},
};

constexpr int Index(char c) {
  if (c >= 'a' && c <= 'z') return c - 'a';
  if (c >= '0' && c <= '9') return 26 + (c - '0');
  return -1;
}

using Matrix = std::array<std::array<bool, 36>, 36>;

constexpr Matrix Build() {
  Matrix matrix{};
  for (const Layout& layout : kLayouts) {
    for (std::size_t row = 0; row < layout.size(); ++row) {
      for (std::size_t column = 0; column < layout[row].size(); ++column) {
        const int key = Index(layout[row][column]);
        const auto link = [&](std::size_t other_row, std::size_t other_column) {
          if (other_row >= layout.size() || other_column >= layout[other_row].size()) return;
          const int other = Index(layout[other_row][other_column]);
          matrix[key][other] = matrix[other][key] = true;
        };
        link(row, column + 1);
        if (row > 0) {
          link(row - 1, column);
          link(row - 1, column + 1);
        }
      }
    }
  }
  return matrix;
}

constexpr Matrix kNeighbours = Build();

}  // namespace

bool AreNeighbourKeys(char a, char b) {
  const int i = Index(a);
  const int j = Index(b);
  return i >= 0 && j >= 0 && kNeighbours[i][j];
}

}  // namespace limpid::text
