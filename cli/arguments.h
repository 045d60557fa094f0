#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace limpid::cli {

/// A flag that a subcommand knows: `--name VALUE`, `--name=VALUE`, or `--name` alone when `value` is empty.
struct Flag {
  std::string_view name;   ///< Without the dashes.
  std::string_view value;  ///< What the help calls the value: `FILE`.
  std::string_view sentence;
  bool repeated = false;
};

/// The words after the subcommand, read. `--` ends the flags; `-` alone is a word.
class Arguments {
 public:
  /// INVALID_ARGUMENT with every unknown flag, missing value and flag given twice.
  static absl::StatusOr<Arguments> Parse(std::span<const std::string> words,
                                         const std::vector<std::span<const Flag>>& tables);

  bool Has(std::string_view flag) const { return values_.contains(flag); }
  /// The flag's value, empty when it was not given.
  std::string Value(std::string_view flag) const;
  std::vector<std::string> Values(std::string_view flag) const;
  const std::vector<std::string>& words() const { return words_; }

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::vector<std::string> words_;
};

/// One line a flag, as --help shows them.
std::string FlagHelp(const std::vector<std::span<const Flag>>& tables);

}  // namespace limpid::cli
