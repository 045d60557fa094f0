#include "tests/e2e/metrics_page.h"

#include <regex>
#include <sstream>

#include "libs/base/strings.h"

namespace limpid::e2e {
namespace {

// Histograms carry the bucket's bound as a label.
constexpr std::string_view kBound = "le";

}  // namespace

MetricsPage::MetricsPage(const std::string& text) {
  static const std::regex label(R"re((\w+)="(?:[^"\\]|\\.)*")re");
  std::istringstream lines(text);
  Family* family = nullptr;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string hash, keyword, name, type;
    if (line.starts_with("# TYPE ") && words >> hash >> keyword >> name >> type) {
      family = &families_[name];
      family->type = type;
    }
    if (line.empty() || line.front() == '#' || family == nullptr) continue;
    const std::string series = line.substr(0, line.rfind(' '));
    for (std::sregex_iterator it(series.begin(), series.end(), label), end; it != end; ++it) {
      if (it->str(1) != kBound) family->labels.insert(it->str(1));
    }
    series_.insert(series);
  }
}

std::vector<std::string> MetricsPage::Families() const {
  std::vector<std::string> lines;
  for (const auto& [name, family] : families_) {
    std::string labels;
    for (const std::string& label : family.labels) StrAppend(labels, labels.empty() ? " " : ",", label);
    lines.push_back(StrCat(name, " ", family.type, labels));
  }
  return lines;
}

}  // namespace limpid::e2e
