#include "libs/http/client.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <curl/curl.h>
#include <pthread.h>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"

#include "libs/base/clock.h"
#include "libs/base/error.h"
#include "libs/base/mutex.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/base/trim.h"

namespace limpid::http {
namespace {

constexpr absl::Duration kRetryAfter = absl::Milliseconds(500);
constexpr size_t kMaxResponseHeaders = 200;
constexpr size_t kMaxResponseHeadBytes = 64 * 1024;
// curl counts in milliseconds.
constexpr absl::Duration kTimerSlack = absl::Milliseconds(5);
constexpr int kPollMilliseconds = 10'000;
constexpr std::string_view kRequestSent = "request_sent";
constexpr std::string_view kNo = "NO";

struct EasyFree {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, EasyFree>;

struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListFree>;

/// One request and what has come of it so far. Touched by the client's thread alone once it was handed over.
struct Transfer {
  Call call;
  FetchRequest request;
  Done<FetchResponse> done;

  Easy easy;
  List headers;
  FetchResponse response;
  size_t head_bytes = 0;
  const AddressGuard* guard = nullptr;
  bool refused_address = false;
  bool too_large = false;
  /// Wakes the client's thread up; made when the transfer is handed over.
  std::optional<std::stop_callback<std::function<void()>>> on_stop;
};

size_t OnBody(char* data, size_t, size_t size, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (transfer.response.body.size() + size > transfer.request.max_response_bytes) {
    transfer.too_large = true;
    return 0;  // Ends the transfer.
  }
  transfer.response.body.append(data, size);
  return size;
}

size_t OnHeader(char* data, size_t, size_t size, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::string_view line(data, size);
  // A status line begins a head; an interim one (100) before it is forgotten.
  if (line.starts_with("HTTP/")) {
    transfer.response.headers.clear();
    return size;
  }
  transfer.head_bytes += size;
  if (transfer.head_bytes > kMaxResponseHeadBytes ||
      transfer.response.headers.size() >= kMaxResponseHeaders) {
    transfer.too_large = true;
    return 0;
  }
  if (const size_t colon = line.find(':'); colon != std::string_view::npos) {
    transfer.response.headers.emplace_back(absl::AsciiStrToLower(Absl(line.substr(0, colon))),
                                           std::string(Trim(line.substr(colon + 1))));
  }
  return size;
}

// The one place where every connection passes, whatever the URL said and the DNS answered.
curl_socket_t OpenSocket(void* user, curlsocktype purpose, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (purpose != CURLSOCKTYPE_IPCXN || !transfer.guard->Admits(address->addr)) {
    transfer.refused_address = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

absl::Status NotAUrl() { return InvalidRequest(reason::kInvalidFormat, "Not an http or https URL."); }

bool IsUrl(std::string_view url) {
  const std::string scheme = absl::AsciiStrToLower(Absl(url.substr(0, url.find("://"))));
  return scheme == "http" || scheme == "https";
}

bool IsMethod(std::string_view method) {
  return !method.empty() && std::ranges::all_of(method, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool IsHeaderClean(const std::pair<std::string, std::string>& header) {
  const auto clean = [](std::string_view text) {
    return std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  };
  return !header.first.empty() && clean(header.first) && clean(header.second);
}

absl::Status CauseOf(CURLcode code, const Transfer& transfer) {
  switch (code) {
    case CURLE_URL_MALFORMAT:
      return NotAUrl();
    case CURLE_OPERATION_TIMEDOUT:
      // A connection that cannot be had in its own time is the peer's fault, not the caller's deadline.
      if (transfer.call.Remaining() > kTimerSlack) return Unavailable("The HTTP peer");
      return DeadlineExceeded();
    case CURLE_COULDNT_CONNECT:
      if (transfer.refused_address) {
        return PermissionDenied(reason::kAddressNotAllowed,
                                "The URL leads to an address that is not public.");
      }
      return Unavailable("The HTTP peer");
    default:
      return WithMetadata(Unavailable("The HTTP peer"), "cause",
                          transfer.too_large ? "ANSWER_TOO_LARGE" : curl_easy_strerror(code));
  }
}

absl::Status ErrorOf(CURLcode code, const Transfer& transfer) {
  curl_off_t until_request = 0;
  curl_easy_getinfo(transfer.easy.get(), CURLINFO_PRETRANSFER_TIME_T, &until_request);
  absl::Status status = CauseOf(code, transfer);
  return until_request == 0 ? WithMetadata(std::move(status), kRequestSent, kNo) : status;
}

}  // namespace

bool WasNotSent(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kResourceExhausted:
      return true;  // Found before a connection was made.
    default: {
      const auto metadata = DetailsOf(status).metadata;
      return std::ranges::find(metadata, std::pair<std::string, std::string>(kRequestSent, kNo)) !=
             metadata.end();
    }
  }
}

class Client::Impl {
 public:
  explicit Impl(Options options) : options_(std::move(options)) {
    static const CURLcode initialized = curl_global_init(CURL_GLOBAL_ALL);
    (void)initialized;
    multi_ = curl_multi_init();
    curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, options_.max_connections_per_host);
    thread_ = std::thread([this] { Work(); });
    pthread_setname_np(thread_.native_handle(), "limpid-fetch");
  }

  ~Impl() {
    ending_ = true;
    Wake();
    thread_.join();
    curl_multi_cleanup(multi_);
  }

  void Fetch(const Call& call, FetchRequest request, Done<FetchResponse> done) {
    if (absl::Status over = call.Check(); !over.ok()) return done(std::move(over));
    if (!IsUrl(request.url)) return done(NotAUrl());
    if (!IsMethod(request.method) || !std::ranges::all_of(request.headers, IsHeaderClean)) {
      return done(
          InvalidRequest(reason::kInvalidFormat, "The method or a header holds forbidden characters."));
    }
    if (ending_) return done(Cancelled());
    if (in_flight_.fetch_add(1) >= options_.max_in_flight) {
      --in_flight_;
      return done(Overloaded(kRetryAfter));
    }
    auto transfer = std::make_unique<Transfer>();
    transfer->call = call;
    transfer->request = std::move(request);
    if (transfer->request.max_response_bytes == 0) {
      transfer->request.max_response_bytes = options_.max_response_bytes;
    }
    transfer->done = std::move(done);
    transfer->guard = &options_.guard;
    {
      MutexLock lock(mutex_);
      waiting_.push_back(std::move(transfer));
    }
    Wake();
  }

 private:
  void Wake() { curl_multi_wakeup(multi_); }

  void Work() {
    while (!ending_) {
      TakeWaiting();
      DropStopped();
      int running = 0;
      curl_multi_perform(multi_, &running);
      FinishDone();
      curl_multi_poll(multi_, nullptr, 0, kPollMilliseconds, nullptr);
    }
    TakeWaiting();
    while (!running_.empty()) Finish(running_.begin()->first, Cancelled());
  }

  void TakeWaiting() {
    std::vector<std::unique_ptr<Transfer>> taken;
    {
      MutexLock lock(mutex_);
      taken.swap(waiting_);
    }
    for (auto& transfer : taken) Begin(std::move(transfer));
  }

  void Begin(std::unique_ptr<Transfer> transfer) {
    Transfer& t = *transfer;
    t.easy = TakeEasy();
    CURL* const easy = t.easy.get();
    Configure(t);
    // Only now: the callback may run at once, and what it sets is looked at after this.
    t.on_stop.emplace(t.call.stop, [this] {
      stopped_ = true;
      Wake();
    });
    running_.emplace(easy, std::move(transfer));
    curl_multi_add_handle(multi_, easy);
  }

  void Configure(Transfer& t) const {
    CURL* const easy = t.easy.get();
    const absl::Duration time = std::min(t.call.Remaining(), options_.max_time);
    const auto milliseconds = [](absl::Duration duration) {
      return std::max<long>(1, static_cast<long>(absl::ToInt64Milliseconds(duration)));
    };
    curl_easy_setopt(easy, CURLOPT_URL, t.request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");  // Not the environment's: it would connect for us, unguarded.
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    // Without it a transfer that ends while its name is resolved waits for the resolver, and all others with
    // it.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, milliseconds(time));
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(std::min(time, options_.connect_timeout)));
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, t.request.at_most_once ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, t.request.at_most_once ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, options_.user_agent.c_str());
    if (!options_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, OpenSocket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &t);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, OnBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &t);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, OnHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &t);
    SetMethodAndBody(t);
    for (const auto& [name, value] : t.request.headers) {
      // curl's spelling of a header without a value is a semicolon.
      t.headers.reset(curl_slist_append(t.headers.release(),
                                        (value.empty() ? name + ";" : StrCat(name, ": ", value)).c_str()));
    }
    // Without waiting for a 100 that many servers never send.
    t.headers.reset(curl_slist_append(t.headers.release(), "Expect:"));
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, t.headers.get());
  }

  static void SetMethodAndBody(Transfer& t) {
    CURL* const easy = t.easy.get();
    if (t.request.method == "HEAD") {
      curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    } else if (!t.request.body.empty() || t.request.method == "POST") {
      curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(t.request.body.size()));
      curl_easy_setopt(easy, CURLOPT_POSTFIELDS, t.request.body.data());
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, t.request.method.c_str());
  }

  void DropStopped() {
    if (!stopped_.exchange(false)) return;
    std::vector<CURL*> stopped;
    for (const auto& [easy, transfer] : running_) {
      if (transfer->call.Stopped()) stopped.push_back(easy);
    }
    for (CURL* easy : stopped) Finish(easy, Cancelled());
  }

  void FinishDone() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* const easy = message->easy_handle;
      const CURLcode code = message->data.result;
      Finish(easy, code == CURLE_OK ? absl::OkStatus() : ErrorOf(code, *running_.at(easy)));
    }
  }

  void Finish(CURL* easy, absl::Status status) {
    const auto found = running_.find(easy);
    const std::unique_ptr<Transfer> transfer = std::move(found->second);
    running_.erase(found);
    curl_multi_remove_handle(multi_, easy);
    transfer->on_stop.reset();
    --in_flight_;
    if (status.ok()) {
      long http_status = 0;
      curl_off_t microseconds = 0;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &http_status);
      curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &microseconds);
      transfer->response.status = static_cast<int>(http_status);
      transfer->response.elapsed = absl::Microseconds(microseconds);
      transfer->done(std::move(transfer->response));
    } else {
      transfer->done(std::move(status));
    }
    KeepEasy(std::move(transfer->easy));
  }

  // Handles are costly to make; their connections live in the multi handle.
  Easy TakeEasy() {
    if (spare_.empty()) return Easy(curl_easy_init());
    Easy easy = std::move(spare_.back());
    spare_.pop_back();
    return easy;
  }
  void KeepEasy(Easy easy) {
    constexpr size_t kSpare = 32;
    if (spare_.size() >= kSpare) return;
    curl_easy_reset(easy.get());
    spare_.push_back(std::move(easy));
  }

  const Options options_;
  CURLM* multi_;
  std::atomic<bool> ending_ = false;
  std::atomic<bool> stopped_ = false;  ///< Some transfer's call was stopped since this was looked at.
  std::atomic<size_t> in_flight_ = 0;
  Mutex mutex_;
  std::vector<std::unique_ptr<Transfer>> waiting_ ABSL_GUARDED_BY(mutex_);
  // Of the client's thread.
  absl::flat_hash_map<CURL*, std::unique_ptr<Transfer>> running_;
  std::vector<Easy> spare_;
  std::thread thread_;
};

Client::Client(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}

Client::~Client() = default;

void Client::Fetch(const Call& call, FetchRequest request, Done<FetchResponse> done) {
  impl_->Fetch(call, std::move(request), std::move(done));
}

}  // namespace limpid::http
