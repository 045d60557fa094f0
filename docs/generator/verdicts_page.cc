#include <span>

#include "docs/generator/markdown_table.h"
#include "docs/generator/pages.h"

#include "libs/base/strings.h"
#include "libs/quality/email/score.h"
#include "libs/quality/email/verdict.h"
#include "libs/quality/reasons.h"

namespace limpid::docs {
namespace {

std::string MeaningsTable(std::span<const quality::Meaning> meanings) {
  MarkdownTable table({"word", "meaning"});
  for (const quality::Meaning& row : meanings) table.AddRow({Code(row.word), std::string(row.meaning)});
  return table.text();
}

std::string EmailReasonsTable() {
  MarkdownTable table({"word", "status", "meaning"});
  for (const quality::EmailReason& row : quality::kEmailReasons) {
    table.AddRow({Code(row.word), std::string(quality::Name(row.status)), std::string(row.meaning)});
  }
  return table.text();
}

std::string ScoreTable() {
  MarkdownTable table({"what holds", "does"});
  for (const quality::ScoreTerm& term : quality::kScoreTerms) {
    table.AddRow({Code(term.word), StrCat(term.points > 0 ? "+" : "", term.points)});
  }
  for (const quality::ScoreTerm& cap : quality::kScoreCaps) {
    table.AddRow({Code(cap.word), StrCat("at most ", cap.points)});
  }
  return table.text();
}

}  // namespace

std::string VerdictsPage() {
  return StrCat(PageHead("Words of verdicts", "libs/quality/reasons.h and libs/quality/email/score.h"),
                "Words never change; new ones may come: keep a word that you do not know. Reasons that need "
                "the network\n"
                "appear only at a depth that asks it.\n\n"
                "## E-mail: `reason` and `reasons`\n"
                "Of several reasons that hold, the one listed first is the `reason`.\n\n",
                EmailReasonsTable(), "\n### Rules of syntax\nBeside `SYNTAX` in `reasons`.\n\n",
                MeaningsTable(quality::kEmailSyntaxRules), "\n### `score`\nBegins at ", quality::kScoreStart,
                "; what holds (a reason, flag or status) adds its points. The sum is kept between 0 and 100, "
                "then lowered\n"
                "to the smallest cap that holds.\n\n",
                ScoreTable(), "\n## Phone: `reasons`\n", MeaningsTable(quality::kPhoneReasons),
                "\n## Phone: `flags`\n", MeaningsTable(quality::kPhoneFlags));
}

}  // namespace limpid::docs
