#include "cli/arguments.h"

#include <algorithm>
#include <utility>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::cli {
namespace {

const Flag* FindFlag(const std::vector<std::span<const Flag>>& tables, std::string_view name) {
  for (const std::span<const Flag> table : tables) {
    const auto it = std::ranges::find(table, name, &Flag::name);
    if (it != table.end()) return &*it;
  }
  return nullptr;
}

}  // namespace

absl::StatusOr<Arguments> Arguments::Parse(std::span<const std::string> words,
                                           const std::vector<std::span<const Flag>>& tables) {
  Arguments arguments;
  std::string faults;
  const auto fault = [&faults](std::string_view flag, std::string_view what) {
    StrAppend(faults, faults.empty() ? "" : "; ", "--", flag, ": ", what);
  };
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word == "--") {
      arguments.words_.insert(arguments.words_.end(), words.begin() + static_cast<ptrdiff_t>(i) + 1,
                              words.end());
      break;
    }
    if (word.substr(0, 2) != "--") {
      arguments.words_.emplace_back(word);
      continue;
    }
    const size_t equals = word.find('=');
    const bool has_value = equals != std::string_view::npos;
    const std::string_view name = word.substr(2, has_value ? equals - 2 : std::string_view::npos);
    const Flag* const flag = FindFlag(tables, name);
    if (flag == nullptr) {
      fault(name, "no such flag");
      continue;
    }
    std::vector<std::string>& values = arguments.values_[std::string(name)];
    if (!values.empty() && !flag->repeated) fault(name, "given twice");
    if (flag->value.empty()) {
      if (has_value) fault(name, "takes no value");
      values.emplace_back();
    } else if (has_value) {
      values.emplace_back(word.substr(equals + 1));
    } else if (i + 1 < words.size()) {
      values.push_back(words[++i]);
    } else {
      fault(name, StrCat("needs ", flag->value));
    }
  }
  if (!faults.empty()) return InvalidRequest(reason::kInvalidRequest, faults);
  return arguments;
}

std::string Arguments::Value(std::string_view flag) const {
  const auto it = values_.find(flag);
  return it == values_.end() ? std::string() : it->second.front();
}

std::vector<std::string> Arguments::Values(std::string_view flag) const {
  const auto it = values_.find(flag);
  return it == values_.end() ? std::vector<std::string>() : it->second;
}

std::string FlagHelp(const std::vector<std::span<const Flag>>& tables) {
  constexpr size_t kColumn = 26;
  std::string help;
  for (const std::span<const Flag> table : tables) {
    for (const Flag& flag : table) {
      std::string left = StrCat("  --", flag.name, flag.value.empty() ? "" : " ", flag.value);
      left.resize(std::max(left.size() + 2, kColumn), ' ');
      StrAppend(help, left, flag.sentence, "\n");
    }
  }
  return help;
}

}  // namespace limpid::cli
