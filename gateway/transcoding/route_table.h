#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"

#include "gateway/transcoding/path_template.h"

namespace limpid::gateway {

/// Finds what a path and a method lead to.
///
/// A literal segment is preferred to a wildcard, and a verb (`:enrich`) to a colon that belongs to the last
/// segment. Built once, then read by any thread.
class RouteTable {
 public:
  struct Match {
    /// What was added, when the method fits.
    const size_t* target = nullptr;
    /// Methods that the path has, in alphabetical order; empty: there is no such path.
    std::vector<std::string_view> methods;
    /// The path's segments as received, the verb cut off.
    std::vector<std::string_view> segments;
  };

  RouteTable();
  ~RouteTable();
  RouteTable(RouteTable&&) noexcept;

  /// Fails when the method is taken on this path.
  absl::Status Add(std::string_view http_method, const PathTemplate& path, size_t target);
  /// `path` is percent-encoded, as received.
  Match Find(std::string_view http_method, std::string_view path) const;

 private:
  struct Node;
  using Targets = std::map<std::string, size_t, std::less<>>;

  std::unique_ptr<Node> root_;
};

}  // namespace limpid::gateway
