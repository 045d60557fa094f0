#pragma once

#include <string>
#include <vector>

namespace limpid::bench {

struct SamplePhone {
  std::string text;
  std::string region;  ///< The default region; `ZZ` is none.
};

/// Phone numbers as a French CRM holds them: four fifths in the usual notations (two thirds French, some cut
/// short, the rest of the neighbours), one fifth drawn from the collected vectors, which are of every country
/// and every notation, faults included.
std::vector<SamplePhone> SamplePhones(const std::string& data_directory, int count);

}  // namespace limpid::bench
