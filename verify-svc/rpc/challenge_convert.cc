#include "verify-svc/rpc/challenge_convert.h"

#include <string>

#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "verify-svc/rpc/wire_time.h"

namespace limpid::verify {
namespace {

constexpr std::string_view kCollection = "challenges/";
constexpr size_t kMaxId = 63;

std::optional<ChallengeChannel> ReadChannel(v1::Challenge::Channel::Value channel) {
  switch (channel) {
    case v1::Challenge::Channel::EMAIL_LINK:
      return ChallengeChannel::kEmailLink;
    case v1::Challenge::Channel::EMAIL_CODE:
      return ChallengeChannel::kEmailCode;
    case v1::Challenge::Channel::SMS:
      return ChallengeChannel::kSms;
    case v1::Challenge::Channel::VOICE:
      return ChallengeChannel::kVoice;
    default:  // proto3 enums are open: a number that no list has.
      return std::nullopt;
  }
}

v1::Challenge::Channel::Value Wire(ChallengeChannel channel) {
  switch (channel) {
    case ChallengeChannel::kEmailLink:
      return v1::Challenge::Channel::EMAIL_LINK;
    case ChallengeChannel::kEmailCode:
      return v1::Challenge::Channel::EMAIL_CODE;
    case ChallengeChannel::kSms:
      return v1::Challenge::Channel::SMS;
    case ChallengeChannel::kVoice:
      return v1::Challenge::Channel::VOICE;
  }
  return v1::Challenge::Channel::CHANNEL_UNSPECIFIED;
}

v1::Challenge::State::Value Wire(ChallengeState state) {
  switch (state) {
    case ChallengeState::kPending:
      return v1::Challenge::State::PENDING;
    case ChallengeState::kApproved:
      return v1::Challenge::State::APPROVED;
    case ChallengeState::kExpired:
      return v1::Challenge::State::EXPIRED;
    case ChallengeState::kCancelled:
      return v1::Challenge::State::CANCELLED;
    case ChallengeState::kLocked:
      return v1::Challenge::State::LOCKED;
  }
  return v1::Challenge::State::STATE_UNSPECIFIED;
}

void RefuseOutputOnly(const v1::Challenge& given, ErrorCollector& errors) {
  const auto refuse = [&errors](bool set, std::string_view field) {
    if (set) errors.Add(StrCat("challenge.", field), reason::kReadOnly, "Set by the server: leave it out.");
  };
  refuse(!given.name().empty(), "name");
  refuse(given.state() != v1::Challenge::State::STATE_UNSPECIFIED, "state");
  refuse(given.delivery() != v1::Challenge::Delivery::DELIVERY_UNSPECIFIED, "delivery");
  refuse(given.tries_left() != 0, "tries_left");
  refuse(given.sends() != 0, "sends");
  refuse(given.has_create_time(), "create_time");
  refuse(given.has_expire_time(), "expire_time");
  refuse(given.has_resend_time(), "resend_time");
  refuse(given.has_proof(), "proof");
}

}  // namespace

absl::StatusOr<ChallengeId> ReadChallengeName(std::string_view name) {
  const std::string_view id = name.starts_with(kCollection) ? name.substr(kCollection.size()) : "";
  if (id.empty() || id.size() > kMaxId || id.find('/') != std::string_view::npos) {
    return InvalidField("name", name.empty() ? reason::kRequired : reason::kInvalidFormat,
                        "Give a name like challenges/ch1.");
  }
  return ChallengeId(std::string(id));
}

absl::StatusOr<ChallengeRequest> ReadRequest(const v1::CreateChallengeRequest& request) {
  const v1::Challenge& given = request.challenge();
  ErrorCollector errors;
  const std::optional<ChallengeChannel> channel = ReadChannel(given.channel());
  if (!channel) {
    errors.Add("challenge.channel",
               given.channel() == v1::Challenge::Channel::CHANNEL_UNSPECIFIED ? reason::kRequired
                                                                              : reason::kUnknownValue,
               "EMAIL_LINK, EMAIL_CODE, SMS or VOICE.");
  }
  RefuseOutputOnly(given, errors);
  ChallengeRequest read{.channel = channel.value_or(ChallengeChannel::kEmailCode),
                        .destination = given.destination(),
                        .default_region = given.default_region(),
                        .purpose = given.purpose(),
                        .language = given.language_code(),
                        .brand = given.brand(),
                        .autofill_host = given.autofill_host(),
                        .notice_version = given.notice_version(),
                        .source = given.source(),
                        .remote_address = given.remote_address()};
  errors.Merge("challenge", CheckRequest(read));
  if (absl::Status status = errors.Finish(); !status.ok()) return status;
  return read;
}

void Write(const Challenge& challenge, absl::Time now, v1::Challenge& out) {
  out.set_name(StrCat(kCollection, challenge.id.value()));
  out.set_channel(Wire(challenge.channel));
  out.set_destination(challenge.destination);
  out.set_default_region(challenge.region_code);
  out.set_purpose(challenge.purpose);
  out.set_language_code(challenge.language);
  out.set_brand(challenge.brand);
  out.set_autofill_host(challenge.autofill_host);
  out.set_notice_version(challenge.notice_version);
  out.set_source(challenge.source);
  out.set_state(Wire(StateAt(challenge, now)));
  out.set_delivery(challenge.delivery == DeliveryState::kSent ? v1::Challenge::Delivery::SENT
                                                              : v1::Challenge::Delivery::UNCERTAIN);
  out.set_tries_left(kMaxTries - challenge.tries);
  out.set_sends(challenge.sends);
  WriteTime(challenge.create_time, *out.mutable_create_time());
  WriteTime(challenge.expire_time, *out.mutable_expire_time());
  WriteTime(challenge.resend_time, *out.mutable_resend_time());
  if (challenge.approval) {
    WriteTime(challenge.approval->time, *out.mutable_proof()->mutable_approve_time());
    out.mutable_proof()->set_remote_address(challenge.approval->remote_address);
  }
}

v1::ConfirmLinkResponse::Result::Value Wire(LinkResult result) {
  switch (result) {
    case LinkResult::kConfirmed:
      return v1::ConfirmLinkResponse::Result::CONFIRMED;
    case LinkResult::kAlreadyConfirmed:
      return v1::ConfirmLinkResponse::Result::ALREADY_CONFIRMED;
    case LinkResult::kNotValid:
      return v1::ConfirmLinkResponse::Result::NOT_VALID;
  }
  return v1::ConfirmLinkResponse::Result::RESULT_UNSPECIFIED;
}

}  // namespace limpid::verify
