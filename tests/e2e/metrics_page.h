#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace limpid::e2e {

/// What a program shows at `/metrics` (Prometheus text format 0.0.4), taken apart.
class MetricsPage {
 public:
  explicit MetricsPage(const std::string& text);

  /// A line for each family, sorted: name, type and the names of its labels,
  /// `limpid_rpc_server_calls_total counter code,method`.
  std::vector<std::string> Families() const;
  /// Every series as it stands there, without its value.
  const std::set<std::string>& series() const { return series_; }

 private:
  struct Family {
    std::string type;
    std::set<std::string> labels;
  };
  std::map<std::string, Family> families_;
  std::set<std::string> series_;
};

}  // namespace limpid::e2e
