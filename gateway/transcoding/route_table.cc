#include "gateway/transcoding/route_table.h"

#include <functional>
#include <span>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::gateway {

struct RouteTable::Node {
  absl::flat_hash_map<std::string, std::unique_ptr<Node>> literals;
  std::unique_ptr<Node> any;   ///< `*`
  std::unique_ptr<Node> rest;  ///< `**`
  std::map<std::string, Targets, std::less<>> by_verb;

  Node& Child(const std::string& segment) {
    std::unique_ptr<Node>& child = segment == "*" ? any : segment == "**" ? rest : literals[segment];
    if (child == nullptr) child = std::make_unique<Node>();
    return *child;
  }

  // `**` stands for any number of segments, none included.
  const Targets* Find(std::span<const std::string_view> segments, std::string_view verb) const {
    if (segments.empty()) {
      if (const auto targets = by_verb.find(verb); targets != by_verb.end()) return &targets->second;
      return rest == nullptr ? nullptr : rest->Find({}, verb);
    }
    if (const auto child = literals.find(Absl(segments.front())); child != literals.end()) {
      if (const Targets* found = child->second->Find(segments.subspan(1), verb)) return found;
    }
    if (segments.front().empty()) return nullptr;
    if (any != nullptr) {
      if (const Targets* found = any->Find(segments.subspan(1), verb)) return found;
    }
    return rest == nullptr ? nullptr : rest->Find({}, verb);
  }
};

RouteTable::RouteTable() : root_(std::make_unique<Node>()) {}
RouteTable::~RouteTable() = default;
RouteTable::RouteTable(RouteTable&&) noexcept = default;

absl::Status RouteTable::Add(std::string_view http_method, const PathTemplate& path, size_t target) {
  Node* node = root_.get();
  for (const std::string& segment : path.segments) node = &node->Child(segment);
  if (!node->by_verb[path.verb].emplace(http_method, target).second) {
    return AlreadyExists(reason::kAlreadyExists, StrCat(http_method, " is taken on this path."));
  }
  return absl::OkStatus();
}

RouteTable::Match RouteTable::Find(std::string_view http_method, std::string_view path) const {
  Match match;
  if (!path.starts_with('/')) return match;
  for (size_t begin = 1; begin <= path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    match.segments.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  if (match.segments.empty()) return match;

  std::string_view& last = match.segments.back();
  const std::string_view whole = last;
  const Targets* targets = nullptr;
  // A colon at the end names no verb, and is not none.
  if (const size_t colon = whole.rfind(':'); colon != std::string_view::npos && colon + 1 < whole.size()) {
    last = whole.substr(0, colon);
    targets = root_->Find(match.segments, whole.substr(colon + 1));
    if (targets == nullptr) last = whole;
  }
  if (targets == nullptr) targets = root_->Find(match.segments, "");
  if (targets == nullptr) return match;

  for (const auto& [method, target] : *targets) {
    match.methods.push_back(method);
    if (method == http_method) match.target = &target;
  }
  return match;
}

}  // namespace limpid::gateway
