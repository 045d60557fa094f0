#include "cli/progress.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "cli/text_table.h"
#include "libs/base/strings.h"

namespace limpid::cli {
namespace {

constexpr size_t kBarWidth = 30;

}  // namespace

Progress::Progress(std::FILE* out, bool terminal, size_t total, const Clock& clock)
    : out_(out),
      terminal_(terminal),
      total_(total),
      clock_(clock),
      start_(clock.SteadyNow()),
      next_(start_ + (terminal ? std::chrono::seconds(0) : std::chrono::seconds(10))) {}

Progress::~Progress() {
  // Cleared, so that what is printed next begins on a clean line.
  if (terminal_ && drawn_) std::fputs("\r\033[K", out_);
}

void Progress::Update(size_t done) {
  const SteadyTime now = clock_.SteadyNow();
  if (now < next_) return;
  next_ = now + (terminal_ ? std::chrono::milliseconds(100) : std::chrono::milliseconds(10'000));
  Draw(done, now);
}

void Progress::Draw(size_t done, SteadyTime now) {
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const auto rate = seconds > 0 ? static_cast<size_t>(static_cast<double>(done) / seconds) : 0;
  const std::string counts = StrCat(WithThousands(done), " of ", WithThousands(total_), " rows  ",
                                    Percent(done, total_), "  ", WithThousands(rate), " a second");
  if (!terminal_) {
    std::fprintf(out_, "%s\n", counts.c_str());
    return;
  }
  const size_t filled = total_ == 0 ? 0 : std::min(kBarWidth, done * kBarWidth / total_);
  const std::string bar = std::string(filled, '#') + std::string(kBarWidth - filled, '.');
  std::fprintf(out_, "\r[%s]  %s\033[K", bar.c_str(), counts.c_str());
  std::fflush(out_);
  drawn_ = true;
}

}  // namespace limpid::cli
