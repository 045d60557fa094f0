#pragma once

#include <string>
#include <vector>

namespace limpid::bench {

/// Addresses in the proportions that capture forms see: most at large providers, a quarter at companies, some
/// slips, throw-away mailboxes, functions, tags, faults of syntax and a few international ones.
std::vector<std::string> SampleEmails(const std::string& data_directory, int count);

}  // namespace limpid::bench
