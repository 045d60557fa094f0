#pragma once

#include <array>
#include <string>
#include <string_view>

#include "absl/container/inlined_vector.h"

#include "libs/quality/email/verdict.h"

namespace limpid::quality {

/// One line of the score: what holds, and what it adds. The sum begins at kScoreStart, is kept between 0 and
/// 100 and then lowered to the smallest cap that applies.
struct ScoreTerm {
  std::string_view word;
  int points;
};

inline constexpr int kScoreStart = 50;
/// Added when the word stands among the verdict's reasons, or the flag of that name is set.
inline constexpr std::array kScoreTerms = {
    ScoreTerm{"MAILBOX_EXISTS", 45}, ScoreTerm{"ROLE", -10},        ScoreTerm{"NO_REPLY", -10},
    ScoreTerm{"TAGGED", -2},         ScoreTerm{"DOMAIN_TYPO", -30}, ScoreTerm{"ALIAS_RELAY", -5},
    ScoreTerm{"MAIL_HOST", 15},      ScoreTerm{"IMPLICIT_MX", -5},  ScoreTerm{"SPF_DENIES_ALL", -20},
};
/// The most that a verdict can have while the word holds.
inline constexpr std::array kScoreCaps = {
    ScoreTerm{"UNDELIVERABLE", 0}, ScoreTerm{"DISPOSABLE", 20}, ScoreTerm{"MAILBOX_FULL", 40},
    ScoreTerm{"UNKNOWN", 60},      ScoreTerm{"CATCH_ALL", 70},
};

struct Score {
  int points = 0;
  absl::InlinedVector<ScoreTerm, 4> terms;  ///< What was added or capped, for the evidence.
};

/// The score of a verdict whose reasons, flags and status are set.
Score ScoreOf(const EmailVerdict& verdict);

/// The way to the points in words, `50, ROLE -10, UNKNOWN at most 60`, for the evidence; empty when no term
/// applies.
std::string DescribeScore(const EmailVerdict& verdict);

}  // namespace limpid::quality
