#include "libs/quality/email/score.h"

#include <algorithm>

#include "libs/base/strings.h"

namespace limpid::quality {
namespace {

bool Holds(const EmailVerdict& verdict, std::string_view status, std::string_view word) {
  if (word == "NO_REPLY") return verdict.flags.no_reply;
  if (word == "TAGGED") return verdict.flags.tagged;
  if (word == "MAIL_HOST") return verdict.mail_host;
  if (word == "IMPLICIT_MX") return verdict.flags.implicit_mx;
  if (word == "SPF_DENIES_ALL") return verdict.spf_denies_all;
  return word == status || verdict.Has(word);
}

}  // namespace

Score ScoreOf(const EmailVerdict& verdict) {
  const std::string_view status = Name(verdict.status);
  Score score{.points = kScoreStart};
  for (const ScoreTerm& term : kScoreTerms) {
    if (!Holds(verdict, status, term.word)) continue;
    score.points += term.points;
    score.terms.push_back(term);
  }
  score.points = std::clamp(score.points, 0, 100);
  for (const ScoreTerm& cap : kScoreCaps) {
    if (cap.points >= score.points || !Holds(verdict, status, cap.word)) continue;
    score.points = cap.points;
    score.terms.push_back(cap);
  }
  return score;
}

std::string DescribeScore(const EmailVerdict& verdict) {
  const Score score = ScoreOf(verdict);
  if (score.terms.empty()) return {};
  std::string text = StrCat(kScoreStart);
  for (const ScoreTerm& term : score.terms) {
    const bool cap = std::any_of(kScoreCaps.begin(), kScoreCaps.end(),
                                 [&](const ScoreTerm& other) { return other.word == term.word; });
    StrAppend(text, ", ", term.word, cap ? " at most " : term.points > 0 ? " +" : " ", term.points);
  }
  return text;
}

}  // namespace limpid::quality
