#include "verify-svc/challenges/smtp_sender.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <curl/curl.h>

#include "libs/base/log.h"
#include "libs/base/strings.h"
#include "libs/base/unique_id.h"
#include "libs/quality/email/address.h"
#include "verify-svc/challenges/email_text.h"

namespace limpid::verify {
namespace {

struct EasyFree {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// The handle of this thread, which keeps its connection for the next message.
CURL* ThreadsHandle() {
  static const CURLcode initialized = curl_global_init(CURL_GLOBAL_ALL);
  (void)initialized;
  thread_local const std::unique_ptr<CURL, EasyFree> handle(curl_easy_init());
  curl_easy_reset(handle.get());
  return handle.get();
}

/// What is left to be read of a message.
struct Unread {
  std::string_view text;
  bool ended = false;  ///< The server was given all of it.
};

size_t OnRead(char* buffer, size_t size, size_t count, void* user) {
  auto& unread = *static_cast<Unread*>(user);
  const size_t taken = std::min(size * count, unread.text.size());
  std::memcpy(buffer, unread.text.data(), taken);
  unread.text.remove_prefix(taken);
  unread.ended = unread.text.empty();
  return taken;
}

// RFC 5321 §4.2.1: only an answer of 4xx or 5xx says that the server does not take the message.
bool WasRefused(long reply) { return reply >= 400 && reply <= 599; }

/// An address as servers without SMTPUTF8 want it, where it has such a form.
std::string WireForm(const std::string& address) {
  const quality::ParsedEmail parsed = quality::ParseEmail(address, {.admit_quoted = true});
  const std::string ascii = parsed.address ? parsed.address->ascii() : std::string();
  return ascii.empty() ? address : ascii;
}

}  // namespace

SmtpSender::SmtpSender(Options options, std::shared_ptr<const TextsInForce> texts, const Clock& clock,
                       Random& random)
    : options_(std::move(options)),
      texts_(std::move(texts)),
      clock_(clock),
      random_(random),
      executor_({.name = "mail", .threads = options_.threads, .max_queue = options_.max_waiting}) {}

SmtpSender::~SmtpSender() = default;

void SmtpSender::Send(const Call& call, const ChallengeMessage& message, MessageDelivery::Delivered done) {
  const std::string host = options_.from.substr(options_.from.find('@') + 1);
  std::string to = WireForm(message.destination);
  std::string text = WriteEmail({.from = options_.from,
                                 .from_name = message.brand,
                                 .to = to,
                                 .message_id = StrCat(NewId("m", clock_, random_), "@", host),
                                 .date = clock_.Now()},
                                texts_->Get()->EmailFor(message));
  struct Job {
    std::string to;
    std::string text;
    MessageDelivery::Delivered done;
  };
  const auto job = std::make_shared<Job>(Job{std::move(to), std::move(text), std::move(done)});
  const absl::Status admitted =
      executor_.Submit([this, call, job] { job->done(Transfer(call, job->to, job->text)); });
  if (!admitted.ok()) job->done(Fate::kNotSent);
}

Fate SmtpSender::Transfer(const Call& call, const std::string& to, const std::string& text) const {
  if (!call.Check().ok()) return Fate::kNotSent;
  CURL* const easy = ThreadsHandle();
  Unread unread{.text = text};
  const std::unique_ptr<curl_slist, ListFree> recipients(
      curl_slist_append(nullptr, StrCat("<", to, ">").c_str()));
  const std::string from = StrCat("<", options_.from, ">");
  const bool smtps = options_.url.starts_with("smtps:");
  curl_easy_setopt(easy, CURLOPT_URL, options_.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_USE_SSL, options_.require_tls && !smtps ? CURLUSESSL_ALL : CURLUSESSL_TRY);
  if (!options_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
  if (!options_.user.empty()) {
    curl_easy_setopt(easy, CURLOPT_USERNAME, options_.user.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, options_.password.c_str());
  }
  // One time for all: to libcurl the greeting is a part of connecting, and many a server greets a stranger
  // only after some seconds.
  const absl::Duration time = std::min(call.Remaining(), absl::Seconds(60));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, std::max<long>(1, absl::ToInt64Milliseconds(time)));
  curl_easy_setopt(easy, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy, CURLOPT_READFUNCTION, OnRead);
  curl_easy_setopt(easy, CURLOPT_READDATA, &unread);
  const CURLcode code = curl_easy_perform(easy);
  if (code == CURLE_OK) return Fate::kSent;
  long reply = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &reply);
  Log(LogLevel::kWarning, "mail_not_sent",
      {{"why", Label(curl_easy_strerror(code))}, {"reply", reply}, {"to", Masked(to)}});
  // RFC 5321 §4.2.2: 550 to 559 before DATA are about the mailbox.
  if (unread.text.size() == text.size() && reply >= 550 && reply <= 559) return Fate::kRefused;
  return !unread.ended || WasRefused(reply) ? Fate::kNotSent : Fate::kUncertain;
}

}  // namespace limpid::verify
