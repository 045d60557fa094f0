#include "gateway/capture/message_catalogue.h"

#include <algorithm>
#include <fstream>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::gateway {
namespace {

constexpr std::string_view kPlace = "{suggestion}";

absl::Status Broken(std::string_view path, std::string_view why) {
  return FailedPrecondition(reason::kInvalidFormat, StrCat(path, ": ", why));
}

}  // namespace

absl::StatusOr<std::shared_ptr<const MessageCatalogue>> MessageCatalogue::Load(const std::string& folder) {
  auto catalogue = std::make_shared<MessageCatalogue>();
  for (size_t i = 0; i < kLanguages.size(); ++i) {
    const std::string path = StrCat(folder, "/messages/", kLanguages[i], ".tsv");
    std::ifstream in(path);
    if (!in) return Broken(path, "cannot be read");
    Sentences& sentences = catalogue->languages_[i];
    for (std::string line; std::getline(in, line);) {
      if (line.empty() || line.front() == '#') continue;
      const size_t tab = line.find('\t');
      if (tab == std::string::npos) return Broken(path, StrCat("no tab in the line of ", line));
      sentences.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    }
    std::ranges::sort(sentences);
  }
  const Sentences& first = catalogue->languages_.front();
  for (size_t i = 1; i < kLanguages.size(); ++i) {
    const Sentences& other = catalogue->languages_[i];
    if (!std::ranges::equal(first, other, {}, &Sentences::value_type::first, &Sentences::value_type::first)) {
      return Broken(folder,
                    StrCat("messages of ", kLanguages[i], " and ", kLanguages[0], " differ in their keys"));
    }
  }
  return catalogue;
}

const std::string* MessageCatalogue::Find(const Sentences& sentences, std::string_view key) {
  const auto found = std::ranges::lower_bound(sentences, key, std::less<>(), &Sentences::value_type::first);
  return found != sentences.end() && found->first == key ? &found->second : nullptr;
}

std::string_view MessageCatalogue::Supported(std::string_view language, std::string_view fallback) {
  for (const std::string_view wanted : {language, fallback}) {
    const auto found = std::ranges::find(kLanguages, wanted.substr(0, wanted.find_first_of("-_")));
    if (found != kLanguages.end()) return *found;
  }
  return kLanguages.front();
}

std::string MessageCatalogue::Message(std::string_view language, std::string_view field,
                                      std::string_view reason, std::string_view suggestion) const {
  const auto chosen = std::ranges::find(kLanguages, language);
  const Sentences& sentences = languages_[chosen == kLanguages.end() ? 0 : chosen - kLanguages.begin()];
  const std::string* sentence = nullptr;
  if (!suggestion.empty()) {
    sentence = Find(sentences, StrCat(field, ".", reason, ".suggestion"));
    if (sentence == nullptr) sentence = Find(sentences, StrCat(field, ".suggestion"));
  }
  if (sentence == nullptr) sentence = Find(sentences, StrCat(field, ".", reason));
  if (sentence == nullptr) sentence = Find(sentences, reason);
  if (sentence == nullptr) sentence = Find(sentences, field);
  if (sentence == nullptr) return std::string(reason);
  std::string text = *sentence;
  if (const size_t place = text.find(kPlace); place != std::string::npos) {
    text.replace(place, kPlace.size(), suggestion);
  }
  return text;
}

}  // namespace limpid::gateway
