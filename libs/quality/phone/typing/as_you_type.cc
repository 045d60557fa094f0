#include "libs/quality/phone/typing/as_you_type.h"

#include <algorithm>

namespace limpid::quality {
namespace {

/// Fewer digits do not tell formats apart.
constexpr std::size_t kLeastDigits = 3;
constexpr std::size_t kLongestCallingCode = 3;
/// Most numbers with their signs: one allocation for each text.
constexpr std::size_t kUsualLength = 31;

}  // namespace

AsYouType::AsYouType(const TypingPlan& plan, const TypingTerritory& home) : plan_(plan), territory_(&home) {
  for (std::string* text : {&text_, &keys_, &prefix_, &national_, &mould_}) text->reserve(kUsualLength);
}

void AsYouType::Key(char key) {
  keys_.push_back(key);
  if (key != '+') national_.push_back(key);
  if (!can_group_) {
    // Long prefixes are only known for what they are by what follows them.
    if (TakeInternationalPrefix()) {
      if (TakeCallingCode()) return BeginBehindPrefix();
    } else if (TakeLongerNationalPrefix()) {
      prefix_.push_back(' ');
      return BeginBehindPrefix();
    }
    return ShowKeys();
  }
  if (keys_.size() < kLeastDigits) return ShowKeys();
  if (keys_.size() == kLeastDigits) {
    if (!TakeInternationalPrefix()) {
      national_prefix_ = TakeNationalPrefix();
      return Begin();
    }
    expects_calling_code_ = true;
  }
  if (expects_calling_code_) {
    if (TakeCallingCode()) expects_calling_code_ = false;
    text_ = prefix_;
    text_ += national_;
    return;
  }
  if (formats_.empty()) return Begin();
  Continue(key);
}

/// With formats at hand: one digit more in the mould, unless the number is whole or wants another one.
void AsYouType::Continue(char key) {
  std::string grouped;
  const bool fits = Fill(key, grouped);
  if (ShowWhole()) return;
  NarrowFormats();
  if (TakeMould()) return FillMould();
  if (!can_group_ || !fits) return ShowKeys();
  ShowGrouped(grouped);
}

void AsYouType::ShowGrouped(std::string_view grouped) {
  text_ = prefix_;
  if (space_behind_prefix_ && !prefix_.empty() && prefix_.back() != ' ') text_.push_back(' ');
  text_ += grouped;
}

/// The prefix that was read is put back and read again with the digits that have come since. It stays the one
/// by which formats are chosen.
bool AsYouType::TakeLongerNationalPrefix() {
  if (!national_prefix_.empty()) {
    national_.insert(0, national_prefix_);
    prefix_.resize(std::min(prefix_.rfind(national_prefix_), prefix_.size()));
  }
  return TakeNationalPrefix() != national_prefix_;
}

void AsYouType::BeginBehindPrefix() {
  can_group_ = true;
  expects_calling_code_ = false;
  formats_.clear();
  filled_ = 0;
  mould_.clear();
  mould_of_ = nullptr;
  Begin();
}

/// Chooses among all formats of the territory.
void AsYouType::Begin() {
  if (national_.size() < kLeastDigits) return ShowGrouped(national_);
  CollectFormats();
  if (ShowWhole()) return;
  if (!TakeMould()) return ShowKeys();
  FillMould();
}

void AsYouType::CollectFormats() {
  const bool international = is_complete_ && national_prefix_.empty();
  const std::vector<TypingFormat>& all = international && !territory_->international().empty()
                                             ? territory_->international()
                                             : territory_->national();
  for (const TypingFormat& format : all) {
    if (!national_prefix_.empty()) {
      // What was typed with the national prefix is not written in a form without it.
      if (format.without_prefix() && !format.prefix_optional() && !format.names_carrier()) continue;
    } else if (!is_complete_) {
      if (!format.without_prefix() && !format.prefix_optional()) continue;
    }
    formats_.push_back(&format);
  }
  NarrowFormats();
}

void AsYouType::NarrowFormats() {
  formats_.erase(std::remove_if(formats_.begin(), formats_.end(),
                                [this](const TypingFormat* format) { return !format->Admits(national_); }),
                 formats_.end());
}

/// Shows the number in the first form that is for all of it; false when there is none.
bool AsYouType::ShowWhole() {
  std::string grouped;
  for (const TypingFormat* format : formats_) {
    grouped.clear();
    if (!format->Append(national_, grouped)) continue;
    space_behind_prefix_ = format->space_behind_prefix();
    ShowGrouped(grouped);
    // A form that adds or drops digits is none while one types.
    std::string digits;
    std::copy_if(text_.begin(), text_.end(), std::back_inserter(digits),
                 [](char c) { return (c >= '0' && c <= '9') || c == '+'; });
    if (digits == keys_) return true;
  }
  return false;
}

/// Takes the mould of the first format that has one for so many digits; false when it is the one in use.
bool AsYouType::TakeMould() {
  while (!formats_.empty()) {
    const TypingFormat* format = formats_.front();
    if (mould_of_ != nullptr && mould_of_->pattern_text() == format->pattern_text()) return false;
    const std::string_view mould = format->Mould(national_.size());
    if (!mould.empty()) {
      mould_ = mould;
      mould_of_ = format;
      space_behind_prefix_ = format->space_behind_prefix();
      filled_ = 0;
      return true;
    }
    formats_.erase(formats_.begin());
  }
  can_group_ = false;
  return false;
}

/// A mould has room for all the digits that there are when it is taken.
void AsYouType::FillMould() {
  std::string grouped;
  for (const char digit : national_) Fill(digit, grouped);
  ShowGrouped(grouped);
}

/// Puts the digit into the next gap; `grouped` is the mould up to there. False when there is no gap.
bool AsYouType::Fill(char digit, std::string& grouped) {
  const std::size_t gap = mould_.find(TypingFormat::kGap, filled_);
  if (gap == std::string::npos) {
    // Of the only form there are too many digits; of several another may do.
    if (formats_.size() == 1) can_group_ = false;
    mould_of_ = nullptr;
    grouped = keys_;
    return false;
  }
  mould_[gap] = digit;
  filled_ = gap;
  grouped.assign(mould_, 0, gap + 1);
  return true;
}

bool AsYouType::TakeInternationalPrefix() {
  std::size_t length = 0;
  if (keys_.starts_with('+')) {
    length = 1;
  } else if (const std::optional<std::size_t> prefix = territory_->InternationalPrefix(keys_)) {
    length = *prefix;
  } else {
    return false;
  }
  is_complete_ = true;
  national_.assign(keys_, length);
  prefix_.assign(keys_, 0, length);
  if (keys_[0] != '+') prefix_.push_back(' ');
  return true;
}

bool AsYouType::TakeCallingCode() {
  if (national_.empty() || national_[0] == '0') return false;
  int code = 0;
  for (std::size_t length = 1; length <= kLongestCallingCode && length <= national_.size(); ++length) {
    code = code * 10 + (national_[length - 1] - '0');
    const TypingTerritory* territory = plan_.Code(code);
    if (territory == nullptr) continue;
    territory_ = territory;
    prefix_.append(national_, 0, length);
    prefix_.push_back(' ');
    national_.erase(0, length);
    // A national prefix that was read before stood in front of the calling code, and was none.
    national_prefix_.clear();
    return true;
  }
  return false;
}

std::string AsYouType::TakeNationalPrefix() {
  constexpr int kNorthAmerica = 1;
  std::size_t length = 0;
  if (territory_->calling_code() == kNorthAmerica && national_.size() > 1 && national_[0] == '1' &&
      national_[1] != '0' && national_[1] != '1') {
    length = 1;
    prefix_ += "1 ";
    is_complete_ = true;
  } else if (length = territory_->NationalPrefix(national_); length > 0) {
    is_complete_ = true;
    prefix_.append(national_, 0, length);
  }
  std::string taken = national_.substr(0, length);
  national_.erase(0, length);
  return taken;
}

}  // namespace limpid::quality
