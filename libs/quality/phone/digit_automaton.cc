#include "libs/quality/phone/digit_automaton.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace limpid::quality {
namespace {

using Instruction = DigitPattern::Instruction;
using Op = DigitPattern::Op;

/// The largest plan (+1) needs a tenth of that. Numbers of states are kept in sixteen bits.
constexpr std::size_t kMostStates = 16'000;

constexpr std::size_t kDigits = 10;

/// The instructions at which some pattern may stand after the same digits: kDigit and kAccept alone, sorted.
using Places = std::vector<uint32_t>;

}  // namespace

uint32_t DigitAutomaton::Builder::Add(const DigitPattern& pattern, Extent extent) {
  const auto index = static_cast<uint32_t>(extents_.size());
  begins_.push_back(static_cast<uint32_t>(program_.size()));
  extents_.push_back(extent);
  pattern_of_.insert(pattern_of_.end(), pattern.program().size(), index);
  program_.insert(program_.end(), pattern.program().begin(), pattern.program().end());
  return index;
}

/// The subset construction: a state of the table is the set of places at which the patterns may stand.
class DigitAutomaton::Construction {
 public:
  explicit Construction(const Builder& builder)
      : builder_(builder),
        followers_(builder.program_.size()),
        followed_(builder.program_.size()),
        seen_(builder.program_.size()) {}

  std::optional<DigitAutomaton> Run() {
    for (const Instruction& instruction : builder_.program_) {
      if (instruction.op == Op::kEnd) return std::nullopt;
    }
    StateOf({});
    Places start;
    for (const uint32_t begin : builder_.begins_) Join(begin, start);
    StateOf(std::move(start));
    for (std::size_t state = kStart; state < places_.size(); ++state) {
      if (places_.size() > kMostStates) return std::nullopt;
      Step(state);
    }
    return std::move(made_);
  }

 private:
  /// Adds where the patterns stand when they go on at `place`.
  void Join(uint32_t place, Places& places) {
    const Places& followers = FollowersOf(place);
    places.insert(places.end(), followers.begin(), followers.end());
  }

  const Places& FollowersOf(uint32_t place) {
    Places& followers = followers_[place];
    if (followed_[place]) return followers;
    std::vector<uint32_t> open{place};
    for (++round_; !open.empty();) {
      const uint32_t at = open.back();
      open.pop_back();
      if (std::exchange(seen_[at], round_) == round_) continue;
      const Instruction& instruction = builder_.program_[at];
      const uint32_t begin = builder_.begins_[builder_.pattern_of_[at]];
      if (instruction.op == Op::kFork) {
        open.push_back(begin + instruction.second);
        open.push_back(begin + instruction.first);
      } else if (instruction.op == Op::kJump) {
        open.push_back(begin + instruction.first);
      } else if (instruction.op == Op::kMark) {
        open.push_back(at + 1);
      } else {
        followers.push_back(at);
      }
    }
    followed_[place] = true;
    return followers;
  }

  uint32_t StateOf(Places places) {
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    const auto [found, is_new] = states_.try_emplace(places, static_cast<uint32_t>(places_.size()));
    if (is_new) {
      made_.set_of_.push_back(SetOf(places));
      places_.push_back(std::move(places));
    }
    return found->second;
  }

  uint16_t SetOf(const Places& places) {
    std::vector<uint32_t> accepted;
    for (const uint32_t place : places) {
      if (builder_.program_[place].op == Op::kAccept) accepted.push_back(builder_.pattern_of_[place]);
    }
    const auto [found, is_new] = sets_.try_emplace(accepted, static_cast<uint16_t>(made_.sets_.size()));
    if (is_new) made_.sets_.push_back(std::move(accepted));
    return found->second;
  }

  void Step(std::size_t state) {
    made_.steps_.resize((state + 1) * kDigits);
    const Places places = places_[state];
    const bool all_alike = std::all_of(places.begin(), places.end(), [this](uint32_t place) {
      const Instruction& instruction = builder_.program_[place];
      return instruction.op == Op::kAccept || instruction.digits == DigitPattern::kAnyDigit;
    });
    for (std::size_t digit = 0; digit < kDigits; ++digit) {
      // The tails of most numbers: whatever the digit, they go on in the same way.
      made_.steps_[state * kDigits + digit] =
          all_alike && digit > 0 ? made_.steps_[state * kDigits] : static_cast<uint16_t>(Next(places, digit));
    }
  }

  uint32_t Next(const Places& places, std::size_t digit) {
    Places next;
    for (const uint32_t place : places) {
      const Instruction& instruction = builder_.program_[place];
      if (instruction.op != Op::kAccept) {
        if ((instruction.digits >> digit & 1) != 0) Join(place + 1, next);
      } else if (builder_.extents_[builder_.pattern_of_[place]] == Extent::kPrefix) {
        // What has matched as a prefix stays matched; what has matched as a whole matches no more.
        next.push_back(place);
      }
    }
    return StateOf(std::move(next));
  }

  const Builder& builder_;
  std::vector<Places> followers_;  ///< For each place, once `followed_`.
  std::vector<bool> followed_;
  std::vector<uint32_t> seen_;  ///< For each place, the last round in which it was met.
  uint32_t round_ = 0;
  std::vector<Places> places_;  ///< For each state.
  absl::flat_hash_map<Places, uint32_t> states_;
  absl::flat_hash_map<std::vector<uint32_t>, uint16_t> sets_;
  DigitAutomaton made_;
};

std::optional<DigitAutomaton> DigitAutomaton::Builder::Build() const { return Construction(*this).Run(); }

}  // namespace limpid::quality
