#include "tests/libs/quality/test_data.h"

#include <cstdint>
#include <fstream>

#include <gmock/gmock.h>

#include "absl/strings/str_split.h"

#include "libs/base/strings.h"

namespace limpid::quality {
namespace {

void AppendUtf8(uint32_t c, std::string& out) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (c >> 6)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xE0 | (c >> 12)));
    out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}

}  // namespace

std::shared_ptr<const QualityData> TestData() {
  static const auto* const data =
      new std::shared_ptr<const QualityData>(QualityData::Load(LIMPID_SOURCE_DIR "/data").value());
  return *data;
}

std::vector<std::vector<std::string>> ReadRows(std::string_view name) {
  std::ifstream file(StrCat(LIMPID_SOURCE_DIR "/tests/data/", name));
  EXPECT_TRUE(file.good()) << name;
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) rows.push_back(absl::StrSplit(line, '\t'));
  return rows;
}

std::vector<std::string> ReadDataLines(std::string_view name) {
  std::ifstream file(StrCat(LIMPID_SOURCE_DIR "/data/", name));
  EXPECT_TRUE(file.good()) << name;
  std::vector<std::string> lines;
  std::string line;
  while (std::getline(file, line)) {
    if (!line.empty() && line[0] != '#') lines.push_back(line);
  }
  return lines;
}

std::string Unescape(std::string_view cell) {
  std::string out;
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] != '\\' || i + 1 == cell.size()) {
      out.push_back(cell[i]);
      continue;
    }
    switch (const char c = cell[++i]) {
      case 'n':
        out.push_back('\n');
        break;
      case 'r':
        out.push_back('\r');
        break;
      case 't':
        out.push_back('\t');
        break;
      case 'u':
        AppendUtf8(static_cast<uint32_t>(std::stoul(std::string(cell.substr(i + 1, 4)), nullptr, 16)), out);
        i += 4;
        break;
      default:
        out.push_back(c);
    }
  }
  return out;
}

}  // namespace limpid::quality
