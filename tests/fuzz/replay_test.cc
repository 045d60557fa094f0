#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include <gtest/gtest.h>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size);

namespace limpid::fuzz {
namespace {

std::vector<uint8_t> Read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The target ends the program when something does not hold.
TEST(Corpus, HoldsForEveryFileAndForEveryBeginningOfIt) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(LIMPID_FUZZ_CORPUS)) {
    SCOPED_TRACE(entry.path().filename());
    const std::vector<uint8_t> input = Read(entry.path());
    ++files;
    for (std::size_t size = 0; size <= input.size(); ++size) {
      // A copy of its own length: memory checkers see every read behind the end.
      const std::vector<uint8_t> beginning(input.begin(), input.begin() + static_cast<std::ptrdiff_t>(size));
      LLVMFuzzerTestOneInput(beginning.data(), beginning.size());
    }
  }
  EXPECT_GT(files, 0u) << "no corpus in " << LIMPID_FUZZ_CORPUS;
}

}  // namespace
}  // namespace limpid::fuzz
