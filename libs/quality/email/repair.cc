#include "libs/quality/email/repair.h"

#include <algorithm>
#include <string>

#include "libs/base/strings.h"
#include "libs/base/trim.h"
#include "libs/quality/email/addr_spec.h"
#include "libs/quality/email/address.h"
#include "libs/quality/email/domain_typo.h"
#include "libs/text/unicode.h"

namespace limpid::quality {
namespace {

/// Longer text is a pasted paragraph, not an address.
constexpr std::size_t kMaxRepaired = 320;

struct Draft {
  std::string text;
  double confidence = 0.95;  ///< Each kind of repair costs a little.

  void Replace(std::string repaired, double cost) {
    if (repaired == text) return;
    text = std::move(repaired);
    confidence -= cost;
  }
};

/// Full-width signs become plain ones; invisible characters go.
std::string WithoutInvisible(std::string_view text) {
  std::string kept;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const text::CharKind kind = text::NextKind(text, i);
    const std::string_view character = text.substr(begin, i - begin);
    if (character == "＠" || character == "﹫") {
      kept.push_back('@');
    } else if (character == "．" || character == "。") {
      kept.push_back('.');
    } else if (kind == text::CharKind::kSpace || character == "\r" || character == "\n" ||
               character == "\t") {
      kept.push_back(' ');
    } else if (kind != text::CharKind::kInvisible) {
      kept.append(character);
    }
  }
  return kept;
}

/// Control characters, but for the tab that spreadsheets leave between words.
bool HoldsControls(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

/// `Jean Dupont <jean@x.fr>`, `mailto:jean@x.fr`, `"jean@x.fr";`
std::string WithoutWrapping(std::string_view text) {
  const std::size_t open = text.rfind('<');
  if (open != std::string_view::npos) {
    const std::size_t close = text.find('>', open);
    text = text.substr(open + 1, close == std::string_view::npos ? close : close - open - 1);
  }
  constexpr std::string_view kScheme = "mailto:";
  if (text.size() > kScheme.size() && text::Lower(text.substr(0, kScheme.size())) == kScheme) {
    text.remove_prefix(kScheme.size());
  }
  return std::string(Trim(text, " <>()[]\"';,:"));
}

std::string WithoutSpaces(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  return text;
}

std::string WithoutRepeated(std::string_view text, char sign) {
  std::string kept;
  for (const char c : text) {
    if (c != sign || kept.empty() || kept.back() != sign) kept.push_back(c);
  }
  return kept;
}

/// Signs beside the dot's key, and dots where none can stand.
std::string WithTidyDots(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return std::string(text);
  std::string domain(text.substr(at + 1));
  std::replace_if(
      domain.begin(), domain.end(), [](char c) { return c == ',' || c == ';' || c == ':'; }, '.');
  const std::string local = WithoutRepeated(text.substr(0, at), '.');
  return StrCat(Trim(local, "."), "@", Trim(WithoutRepeated(domain, '.'), ".-"));
}

/// Whether the text ends with the provider's domain.
bool EndsWith(std::string_view text, const Provider& provider) {
  if (!text.ends_with(provider.suffix)) return false;
  text.remove_suffix(provider.suffix.size());
  if (!text.ends_with('.')) return false;
  text.remove_suffix(1);
  return text.ends_with(provider.name);
}

struct Completed {
  std::string text;
  double cost = 0;
};

/// `jean@gmailcom`, `jean@gmialcom`, `jean@gmail`: the well-known provider that is all there but for its dot
/// or what stands behind it.
std::optional<Completed> WithDot(std::string_view local, std::string_view domain, const EmailLists& lists) {
  const auto complete = [&](std::string_view meant, double cost) {
    return Completed{StrCat(Trim(local, "."), "@", meant), cost};
  };
  if (const auto meant = lists.dotless().Find(domain)) return complete(meant->domain, 0.1);
  const Provider* best = nullptr;
  for (const Provider& provider : lists.typos().providers()) {
    if (!provider.distinctive || provider.name != domain) continue;
    if (best == nullptr || provider.weight > best->weight) best = &provider;
  }
  if (best != nullptr) return complete(StrCat(best->name, ".", best->suffix), 0.1);
  if (const auto near = lists.dotless().FindNear(domain)) return complete(near->domain, 0.15);
  return std::nullopt;
}

/// `jean.dupontgmail.com`: the well-known provider behind a missing @.
std::optional<Completed> WithAt(std::string_view text, std::string_view lower, const EmailLists& lists) {
  const Provider* best = nullptr;
  for (const Provider& provider : lists.typos().providers()) {
    if (best != nullptr && provider.weight <= best->weight) continue;
    // Short domains end too many other words.
    const std::size_t size = provider.name.size() + provider.suffix.size();
    if (provider.distinctive && lower.size() >= size + 4 && EndsWith(lower, provider)) best = &provider;
  }
  if (best == nullptr) return std::nullopt;
  const std::size_t local = text.size() - best->name.size() - best->suffix.size() - 1;
  return Completed{StrCat(Trim(text.substr(0, local), ".@"), "@", best->name, ".", best->suffix), 0.1};
}

std::optional<Completed> WithProvider(std::string_view text, const EmailLists& lists) {
  const std::string lower = text::Lower(text);
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) return WithAt(text, lower, lists);
  return WithDot(text.substr(0, at), std::string_view(lower).substr(at + 1), lists);
}

}  // namespace

std::optional<EmailSuggestion> RepairAddress(std::string_view input, const EmailLists& lists,
                                             const KnownDomains* known) {
  if (input.size() > kMaxRepaired || !text::IsValidUtf8(input)) return std::nullopt;
  // Several lines in one field, or signs that no keyboard gives: not a slip, and maybe an attack.
  if (HoldsControls(Trim(input))) return std::nullopt;
  Draft draft{std::string(input)};
  if (std::optional<std::string> bare = BareAddrSpec(input)) draft.Replace(*std::move(bare), 0.05);
  draft.Replace(WithoutInvisible(draft.text), 0.02);
  draft.Replace(WithoutWrapping(draft.text), 0.02);
  draft.Replace(WithoutRepeated(draft.text, '@'), 0.05);
  // Two addresses in one field: which one is meant is not ours to say.
  if (std::count(draft.text.begin(), draft.text.end(), '@') > 1) return std::nullopt;
  draft.Replace(WithoutSpaces(draft.text), 0.1);
  draft.Replace(WithTidyDots(draft.text), 0.05);
  SuggestionKind kind = SuggestionKind::kLocalPart;
  const std::size_t typed_at = input.rfind('@');
  if (const bool whole = draft.text.find('@') != std::string::npos && ParseEmail(draft.text).address;
      !whole) {
    if (std::optional<Completed> whole_again = WithProvider(draft.text, lists)) {
      draft.Replace(std::move(whole_again->text), whole_again->cost);
    }
  }
  const ParsedEmail parsed = ParseEmail(draft.text);
  if (!parsed.address) return std::nullopt;
  std::string email = parsed.address->normalized;
  const DomainTable::Chain chain = lists.domains().FindChain(parsed.address->domain());
  if (chain.AnyMarks() & kMarkReserved) return std::nullopt;
  if (const auto guess = GuessDomain(chain, lists, known); guess && guess->confidence >= kSureGuess) {
    email = StrCat(parsed.address->local(), "@", guess->domain);
    draft.confidence *= guess->confidence;
    kind = guess->kind;
  } else if (typed_at == std::string_view::npos ||
             text::Lower(input.substr(typed_at + 1)) != parsed.address->domain()) {
    kind = SuggestionKind::kDomain;
  }
  return EmailSuggestion{std::move(email), draft.confidence, kind};
}

}  // namespace limpid::quality
