#include "libs/http/request_id.h"

#include <algorithm>
#include <cstdint>
#include <random>

#include "absl/strings/ascii.h"

namespace limpid::http {
namespace {

constexpr size_t kMaxLength = 64;

}  // namespace

bool IsRequestId(std::string_view text) {
  return !text.empty() && text.size() <= kMaxLength && std::ranges::all_of(text, [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '-';
  });
}

std::string NewRequestId() {
  thread_local std::mt19937_64 random = [] {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device()};
    return std::mt19937_64(seed);
  }();
  std::string id;
  id.reserve(32);
  for (int half = 0; half < 2; ++half) {
    uint64_t bits = random();
    for (int i = 0; i < 16; ++i, bits >>= 4) id.push_back("0123456789abcdef"[bits & 15]);
  }
  return id;
}

std::string RequestIdOf(const Request& request) {
  const auto given = request.Header("X-Request-Id");
  return given && IsRequestId(*given) ? std::string(*given) : NewRequestId();
}

}  // namespace limpid::http
