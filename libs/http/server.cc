// The one file that knows Boost: Asio for sockets, timers and TLS, Beast for its HTTP parser.
#include "libs/http/server.h"

#include <array>
#include <atomic>
#include <chrono>
#include <ctime>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <pthread.h>

#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/str_format.h"

#include "libs/base/clock.h"
#include "libs/base/error.h"
#include "libs/base/mutex.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"
#include "libs/http/exchange.h"
#include "libs/http/problem.h"
#include "libs/http/request_id.h"
#include "libs/http/response_head.h"

namespace limpid::http {
namespace {

namespace net = boost::asio;
namespace ssl = boost::asio::ssl;
namespace beast = boost::beast;
using boost::system::error_code;
using net::ip::tcp;
using SteadyClock = std::chrono::steady_clock;

// Concrete executors: the type-erased default costs an indirection at each operation.
using IoExecutor = net::io_context::executor_type;
using Socket = net::basic_stream_socket<tcp, IoExecutor>;
using Acceptor = net::basic_socket_acceptor<tcp, IoExecutor>;
using Timer = net::basic_waitable_timer<SteadyClock, net::wait_traits<SteadyClock>, IoExecutor>;

constexpr size_t kReadSize = 4 * 1024;
constexpr size_t kBodyReadSize = 64 * 1024;
// A body of up to this size goes out in one write with its head.
constexpr size_t kJoinedBody = 16 * 1024;
constexpr size_t kBodyReserve = 64 * 1024;
// After a refusal what the client still sends is read and dropped for a while: closing at once would reset
// the connection, and the client might lose the answer (RFC 9112 §9.6). A body that is too large by mistake
// is some MiB.
constexpr auto kLinger = std::chrono::seconds(2);
constexpr size_t kLingerBytes = 16 * 1024 * 1024;
constexpr auto kAcceptPause = std::chrono::milliseconds(100);
constexpr int kBacklog = 4096;

std::string_view Std(beast::string_view text) { return {text.data(), text.size()}; }

SteadyClock::duration Chrono(absl::Duration duration) { return absl::ToChronoNanoseconds(duration); }

absl::Status Malformed(std::string_view message) { return InvalidRequest(reason::kInvalidRequest, message); }

/// Beast's parser, filling our Request and refusing what Beast lets pass.
class RequestParser final : public beast::http::basic_parser<true> {
 public:
  explicit RequestParser(const Server::Options& options) : options_(options) {
    header_limit(static_cast<uint32_t>(options.max_head_bytes));
    body_limit(options.max_body_bytes);
  }

  Request& request() { return request_; }
  bool http_1_0() const { return version_ == 10; }
  bool expects_continue() const { return expects_continue_; }

  /// Why the request is refused.
  absl::Status FaultOf(const error_code& ec) const {
    if (!fault_.ok()) return fault_;
    if (ec == beast::http::error::header_limit) return HeadTooLarge();
    if (ec == beast::http::error::body_limit) {
      return InvalidRequest(reason::kBodyTooLarge,
                            StrCat("The body is larger than ", options_.max_body_bytes, " bytes."));
    }
    return Malformed("The request is not HTTP/1.1.");
  }

 private:
  absl::Status HeadTooLarge() const {
    return InvalidRequest(reason::kHeadTooLarge, StrCat("The head has more than ", options_.max_head_bytes,
                                                        " bytes or ", options_.max_headers, " fields."));
  }

  void Refuse(absl::Status fault, error_code& ec) {
    fault_ = std::move(fault);
    ec = beast::http::error::bad_field;
  }

  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int version,
                       error_code& ec) override {
    version_ = version;
    if (version != 10 && version != 11)
      return Refuse(Malformed("Only HTTP/1.0 and HTTP/1.1 are spoken."), ec);
    std::string_view path = Std(target);
    // Absolute form, as sent to proxies, must be understood (RFC 9112 §3.2.2).
    if (const size_t scheme = path.find("://"); !path.starts_with('/') && scheme != std::string_view::npos) {
      const size_t slash = path.find('/', scheme + 3);
      path = slash == std::string_view::npos ? std::string_view("/") : path.substr(slash);
    }
    if (!path.starts_with('/') && !(path == "*" && Std(method) == "OPTIONS")) {
      return Refuse(Malformed("The target is not a path."), ec);
    }
    request_ = Request(Std(method), path);
  }

  void on_response_impl(int, beast::string_view, int, error_code&) override {}

  void on_field_impl(beast::http::field known, beast::string_view name, beast::string_view value,
                     error_code& ec) override {
    // Trailer fields of a chunked body are dropped: merged into the head they could smuggle any of it.
    if (is_header_done()) return;
    if (request_.header_count() == options_.max_headers) return Refuse(HeadTooLarge(), ec);
    using Field = beast::http::field;
    if (known == Field::host && ++hosts_ > 1) return Refuse(Malformed("Two Host fields."), ec);
    if (known == Field::content_length) {
      // Beast takes a repetition of the same length; a proxy before us may read it otherwise.
      if (++lengths_ > 1 || value.find(',') != beast::string_view::npos) {
        return Refuse(Malformed("The length is given twice."), ec);
      }
    }
    if (known == Field::transfer_encoding && !SameHeaderName(Std(value), "chunked")) {
      return Refuse(Unimplemented("The only transfer coding read here is chunked."), ec);
    }
    if (known == Field::content_encoding) {
      // Inflating before a size limit turns a megabyte into a gigabyte.
      return Refuse(InvalidRequest(reason::kMediaTypeUnsupported, "Send the body without Content-Encoding."),
                    ec);
    }
    if (known == Field::expect) {
      if (!SameHeaderName(Std(value), "100-continue")) {
        return Refuse(Malformed("The only expectation met here is 100-continue."), ec);
      }
      expects_continue_ = true;
    }
    request_.AddHeader(Std(name), Std(value));
  }

  void on_header_impl(error_code& ec) override {
    if (http_1_0() && chunked()) return Refuse(Malformed("HTTP/1.0 has no transfer codings."), ec);
    if (!http_1_0() && hosts_ == 0) Refuse(Malformed("The Host field is missing."), ec);
  }

  void on_body_init_impl(const boost::optional<uint64_t>& length, error_code&) override {
    if (length) request_.body.reserve(std::min<size_t>(*length, kBodyReserve));
  }
  size_t on_body_impl(beast::string_view piece, error_code&) override {
    request_.body.append(piece.data(), piece.size());
    return piece.size();
  }
  void on_chunk_header_impl(uint64_t, beast::string_view, error_code&) override {}
  size_t on_chunk_body_impl(uint64_t, beast::string_view piece, error_code&) override {
    request_.body.append(piece.data(), piece.size());
    return piece.size();
  }
  void on_finish_impl(error_code&) override {}

  const Server::Options& options_;
  Request request_;
  int version_ = 11;
  int hosts_ = 0;
  int lengths_ = 0;
  bool expects_continue_ = false;
  absl::Status fault_;
};

/// A socket with or without TLS. One type for both, so that each operation is instantiated once.
class Transport {
 public:
  Transport(Socket socket, ssl::context* tls) : socket_(std::move(socket)) {
    if (tls != nullptr) tls_.emplace(socket_, *tls);
  }

  bool secure() const { return tls_.has_value(); }
  Socket& socket() { return socket_; }

  template <class Handler>
  void Handshake(Handler handler) {
    tls_->async_handshake(ssl::stream_base::server, std::move(handler));
  }
  template <class Handler>
  void ShutdownTls(Handler handler) {
    tls_->async_shutdown(std::move(handler));
  }
  template <class Handler>
  void ReadSome(const net::mutable_buffer& buffer, Handler handler) {
    tls_ ? tls_->async_read_some(buffer, std::move(handler))
         : socket_.async_read_some(buffer, std::move(handler));
  }
  template <class Handler>
  void WriteSome(const net::const_buffer& buffer, Handler handler) {
    tls_ ? tls_->async_write_some(buffer, std::move(handler))
         : socket_.async_write_some(buffer, std::move(handler));
  }

 private:
  Socket socket_;
  std::optional<ssl::stream<Socket&>> tls_;
};

/// What all connections of a server share.
struct Shared {
  Shared(Server::Options given, std::shared_ptr<Handler> answers)
      : options(std::move(given)), handler(std::move(answers)) {}

  void OnClosed() {
    if (open.fetch_sub(1) != 1) return;
    MutexLock lock(mutex);
    all_closed.NotifyAll();
  }

  const Server::Options options;
  const std::shared_ptr<Handler> handler;
  std::atomic<bool> announced = false;
  std::atomic<bool> draining = false;
  std::atomic<size_t> open = 0;
  Mutex mutex;
  CondVar all_closed;
};

class Connection;

/// One thread with its event loop and the connections on it. Only that thread touches them.
class Worker : public std::enable_shared_from_this<Worker> {
 public:
  explicit Worker(std::shared_ptr<Shared> shared)
      : shared_(std::move(shared)), sweep_(io_), tick_(TickOf(shared_->options)) {}

  void Start() {
    Sweep();
    thread_ = std::thread([this] {
      pthread_setname_np(pthread_self(), "limpid-http");
      current_ = this;
      io_.run();
    });
  }

  /// Runs `task` on the worker's thread; false, and the task is dropped, once the worker was stopped.
  template <class Task>
  bool Post(Task task) {
    MutexLock lock(mutex_);
    if (stopped_) return false;
    net::post(io_, std::move(task));
    return true;
  }
  bool IsCurrentThread() const { return current_ == this; }

  /// Runs what was posted, then ends the thread. All connections are closed by then.
  void Stop() {
    {
      MutexLock lock(mutex_);
      if (stopped_) return;
      stopped_ = true;
      net::post(io_, [this] {
        ending_ = true;
        sweep_.cancel();
        work_.reset();
      });
    }
    thread_.join();
  }

  net::io_context& io() { return io_; }
  Shared& shared() { return *shared_; }
  void Add(Connection* connection) { connections_.insert(connection); }
  void Remove(Connection* connection) { connections_.erase(connection); }
  template <class Action>
  void ForEach(Action action);

  /// The date header's value, made once a second.
  std::string_view Date() {
    if (const std::time_t now = std::time(nullptr); now != date_second_) {
      date_second_ = now;
      date_ = HttpDate(now);
    }
    return date_;
  }

 private:
  // Timeouts are looked at by one timer for all connections: a timer for each operation costs more than the
  // operation.
  static SteadyClock::duration TickOf(const Server::Options& options) {
    const absl::Duration shortest =
        std::min({options.head_timeout, options.body_timeout, options.idle_timeout});
    return Chrono(std::clamp(shortest / 4, absl::Milliseconds(5), absl::Seconds(1)));
  }
  void Sweep();

  static thread_local const Worker* current_;

  const std::shared_ptr<Shared> shared_;
  net::io_context io_{1};
  net::executor_work_guard<IoExecutor> work_{io_.get_executor()};
  Timer sweep_;
  const SteadyClock::duration tick_;
  std::thread thread_;
  absl::flat_hash_set<Connection*> connections_;
  bool ending_ = false;
  std::string date_;
  std::time_t date_second_ = 0;
  Mutex mutex_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
};

thread_local const Worker* Worker::current_ = nullptr;

/// One client: reads a request, hands it out, writes the answer, again.
///
/// Lives on its worker's thread; the functions of Exchange may be called from any and go there. At most one
/// read and one write are under way. While a request runs a read waits for the client's next bytes, or for
/// its end.
class Connection final : public internal::Exchange, public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::shared_ptr<Worker> worker, Socket socket, ssl::context* tls)
      : worker_(std::move(worker)), options_(worker_->shared().options), transport_(std::move(socket), tls) {
    error_code ignored;
    const auto peer = transport_.socket().remote_endpoint(ignored);
    if (!ignored) remote_address_ = peer.address().to_string(ignored);
    transport_.socket().set_option(tcp::no_delay(true), ignored);
    parser_.emplace(options_);
  }

  void Start() {
    worker_->Add(this);
    if (worker_->shared().draining) return Close();  // Accepted just before the end.
    SetDeadline(options_.head_timeout);
    if (!transport_.secure()) return Read();
    phase_ = Phase::kHandshake;
    transport_.Handshake([self = shared_from_this()](const error_code& ec) {
      if (self->phase_ == Phase::kClosed) return;
      if (ec) return self->Close();
      self->phase_ = Phase::kReading;
      self->Read();
    });
  }

  void CloseIfExpired(SteadyTime now) {
    if (now >= deadline_) Close();
  }

  /// Ends the connection now if no request is under way; those under way end it with their answer.
  void OnDrain() {
    if (phase_ == Phase::kReading && !parser_->got_some() && in_.size() == 0) Close();
  }

  void Close() {
    if (phase_ == Phase::kClosed) return;
    phase_ = Phase::kClosed;
    const auto self = shared_from_this();
    error_code ignored;
    transport_.socket().close(ignored);
    worker_->Remove(this);
    stop_.request_stop();
    if (written_) std::exchange(written_, nullptr)(Cancelled());
    worker_->shared().OnClosed();
  }

  // Exchange
  void Send(Response response) override {
    Run([self = shared_from_this(), response = std::move(response)]() mutable {
      self->DoSend(std::move(response));
    });
  }
  void StartStream(int status, Headers headers) override {
    Run([self = shared_from_this(), status, headers = std::move(headers)] {
      self->DoStartStream(status, headers);
    });
  }
  void Write(std::string piece, ResponseStream::Written written) override {
    if (worker_->IsCurrentThread()) return DoWrite(std::move(piece), std::move(written));
    // Shared, because a task that is not admitted is dropped and the callback must be called all the same.
    const auto callback = std::make_shared<ResponseStream::Written>(std::move(written));
    const bool admitted =
        worker_->Post([self = shared_from_this(), piece = std::move(piece), callback]() mutable {
          self->DoWrite(std::move(piece), std::move(*callback));
        });
    if (!admitted) (*callback)(Cancelled());
  }
  void Finish() override {
    Run([self = shared_from_this()] { self->DoFinish(); });
  }
  void Abort() override {
    Run([self = shared_from_this()] { self->Close(); });
  }

 private:
  enum class Phase {
    kHandshake,
    kReading,    ///< Idle, or in the middle of a request.
    kRunning,    ///< The handler has the request.
    kWriting,    ///< A whole answer, or the last of a stream.
    kStreaming,  ///< Between the head and the end of a stream.
    kLingering,  ///< Refused, and waits for the client to close; or TLS says goodbye.
    kClosed,
  };

  template <class Task>
  void Run(Task task) {
    if (worker_->IsCurrentThread()) {
      task();
    } else {
      worker_->Post(std::move(task));
    }
  }

  void SetDeadline(absl::Duration timeout) { deadline_ = SteadyClock::now() + Chrono(timeout); }

  void Read() {
    if (reading_) return;
    reading_ = true;
    const size_t size = head_done_ && phase_ == Phase::kReading ? kBodyReadSize : kReadSize;
    transport_.ReadSome(in_.prepare(size),
                        [self = shared_from_this()](const error_code& ec, size_t n) { self->OnRead(ec, n); });
  }

  void OnRead(const error_code& ec, size_t n) {
    reading_ = false;
    in_.commit(n);
    if (phase_ == Phase::kClosed) return;
    if (phase_ == Phase::kLingering) return Linger(ec, n);
    if (ec) return OnClientGone(ec);
    if (phase_ != Phase::kReading) return;  // The next request waits for the answer to this one.
    if (head_done_) {
      SetDeadline(options_.body_timeout);
    } else if (std::exchange(idle_, false)) {
      SetDeadline(options_.head_timeout);
    }
    Parse();
  }

  void OnClientGone(const error_code& ec) {
    gone_ = true;
    // An orderly end may come from a client that only sends no more: it still gets its answer if there is
    // one.
    const bool orderly = ec == net::error::eof;
    if (phase_ == Phase::kReading || !orderly) return Close();
    stop_.request_stop();
  }

  void Parse() {
    while (in_.size() > 0) {
      error_code ec;
      in_.consume(parser_->put(in_.data(), ec));
      if (ec == beast::http::error::need_more) {
        // Heads are bounded by the parser; the line before a chunk is not.
        if (in_.size() <= options_.max_head_bytes) break;
        ec = beast::http::error::header_limit;
      }
      if (ec) return Refuse(parser_->FaultOf(ec));
      if (parser_->is_done()) return Dispatch();
      if (!head_done_ && parser_->is_header_done()) {
        head_done_ = true;
        SetDeadline(options_.body_timeout);
        if (parser_->expects_continue() && in_.size() == 0) Queue("HTTP/1.1 100 Continue\r\n\r\n");
      }
    }
    Read();
  }

  void Dispatch() {
    phase_ = Phase::kRunning;
    deadline_ = SteadyTime::max();
    close_ = !parser_->keep_alive();
    Request request = std::move(parser_->request());
    head_only_ = request.method() == "HEAD";
    request.remote_address = remote_address_;
    stop_ = std::stop_source();
    request.stop = stop_.get_token();
    if (in_.size() == 0) {
      // What a large body took is given back before the next request.
      if (in_.capacity() > 2 * kReadSize) in_.shrink_to_fit();
      Read();
    }
    worker_->shared().handler->Handle(std::move(request), Responder(shared_from_this()));
  }

  void Refuse(const absl::Status& fault) {
    const Request& request = parser_->request();
    const std::string id = RequestIdOf(request);
    close_ = refused_ = true;
    head_only_ = request.method() == "HEAD";
    phase_ = Phase::kRunning;
    DoSend(ProblemResponse(fault, {.instance = request.path(), .request_id = id}));
  }

  bool Closing() {
    const Shared& shared = worker_->shared();
    close_ = close_ || gone_ || shared.announced.load(std::memory_order_relaxed) ||
             shared.draining.load(std::memory_order_relaxed);
    return close_;
  }

  void DoSend(Response response) {
    if (phase_ != Phase::kRunning) return;
    phase_ = Phase::kWriting;
    std::string head;
    head.reserve(512 + (response.body.size() <= kJoinedBody ? response.body.size() : 0));
    AppendHead(response.status, response.headers,
               {.content_length = response.body.size(), .close = Closing(), .date = worker_->Date()}, head);
    if (head_only_ || response.body.empty()) {
      Queue(std::move(head));
    } else if (response.body.size() <= kJoinedBody) {
      head.append(response.body);
      Queue(std::move(head));
    } else {
      out_.push_back(std::move(head));
      Queue(std::move(response.body));
    }
  }

  void DoStartStream(int status, const Headers& headers) {
    if (phase_ != Phase::kRunning) return;
    phase_ = Phase::kStreaming;
    // HTTP/1.0 knows no chunks: the end of the connection ends the body.
    chunked_ = !parser_->http_1_0();
    close_ = close_ || !chunked_;
    std::string head;
    AppendHead(status, headers, {.chunked = chunked_, .close = Closing(), .date = worker_->Date()}, head);
    Queue(std::move(head));
  }

  void DoWrite(std::string piece, ResponseStream::Written written) {
    if (phase_ != Phase::kStreaming) return written(Cancelled());
    written_ = std::move(written);
    if (piece.empty() || head_only_) {
      worker_->Post([self = shared_from_this()] { self->OnFlushed(); });
      return;
    }
    if (chunked_) {
      piece.insert(0, absl::StrFormat("%x\r\n", piece.size()));
      piece.append("\r\n");
    }
    Queue(std::move(piece));
  }

  void DoFinish() {
    if (phase_ != Phase::kStreaming) return;
    phase_ = Phase::kWriting;
    if (chunked_ && !head_only_) return Queue("0\r\n\r\n");
    OnFlushed();
  }

  void Queue(std::string bytes) {
    out_.push_back(std::move(bytes));
    if (!writing_) WriteSome();
  }

  void WriteSome() {
    writing_ = true;
    if (phase_ != Phase::kReading) SetDeadline(options_.body_timeout);
    transport_.WriteSome(
        net::buffer(out_.front()) + out_sent_,
        [self = shared_from_this()](const error_code& ec, size_t n) { self->OnWrite(ec, n); });
  }

  void OnWrite(const error_code& ec, size_t n) {
    writing_ = false;
    if (phase_ == Phase::kClosed) return;
    if (ec) return Close();
    out_sent_ += n;
    if (out_sent_ == out_.front().size()) {
      out_.erase(out_.begin());
      out_sent_ = 0;
    }
    if (!out_.empty()) return WriteSome();
    OnFlushed();
  }

  void OnFlushed() {
    if (writing_ || !out_.empty()) return;
    if (phase_ == Phase::kStreaming) {
      deadline_ = SteadyTime::max();
      if (written_) std::exchange(written_, nullptr)(absl::OkStatus());
    } else if (phase_ == Phase::kWriting) {
      EndAnswer();
    }
  }

  void EndAnswer() {
    if (Closing()) return ShutDown();
    parser_.emplace(options_);
    stop_ = std::stop_source(std::nostopstate);
    head_done_ = false;
    idle_ = true;
    phase_ = Phase::kReading;
    if (in_.size() == 0) {
      SetDeadline(options_.idle_timeout);
      return Read();
    }
    idle_ = false;
    SetDeadline(options_.head_timeout);
    Parse();
  }

  void ShutDown() {
    // Nothing is left unread, and so nothing can be lost.
    if (gone_ || (!refused_ && in_.size() == 0 && !transport_.secure())) return Close();
    phase_ = Phase::kLingering;
    deadline_ = SteadyClock::now() + kLinger;
    if (transport_.secure()) {
      transport_.ShutdownTls([self = shared_from_this()](const error_code&) { self->Close(); });
      return;
    }
    error_code ignored;
    transport_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    in_.clear();
    Read();
  }

  void Linger(const error_code& ec, size_t n) {
    lingered_ += n;
    in_.clear();
    if (ec || lingered_ > kLingerBytes) return Close();
    if (!transport_.secure()) Read();
  }

  const std::shared_ptr<Worker> worker_;
  const Server::Options& options_;
  Transport transport_;
  std::string remote_address_;
  Phase phase_ = Phase::kReading;
  SteadyTime deadline_ = SteadyTime::max();

  beast::flat_buffer in_;
  std::optional<RequestParser> parser_;
  bool reading_ = false;
  bool idle_ = false;
  bool head_done_ = false;

  std::stop_source stop_{std::nostopstate};
  bool gone_ = false;
  bool close_ = false;
  bool refused_ = false;
  bool head_only_ = false;
  bool chunked_ = false;

  absl::InlinedVector<std::string, 2> out_;
  size_t out_sent_ = 0;
  bool writing_ = false;
  ResponseStream::Written written_;
  size_t lingered_ = 0;
};

template <class Action>
void Worker::ForEach(Action action) {
  // A copy: closing a connection takes it out of the set.
  const std::vector<Connection*> all(connections_.begin(), connections_.end());
  for (Connection* connection : all) {
    if (connections_.contains(connection)) action(*connection);
  }
}

void Worker::Sweep() {
  if (ending_) return;
  sweep_.expires_after(tick_);
  sweep_.async_wait([this](const error_code& ec) {
    if (ec) return;
    const SteadyTime now = SteadyClock::now();
    ForEach([now](Connection& connection) { connection.CloseIfExpired(now); });
    Sweep();
  });
}

/// A TLS configuration in force. Asio asks for a mutable one to make streams from; nothing changes it.
struct TlsContext {
  mutable ssl::context context{ssl::context::tls_server};
};

absl::StatusOr<std::shared_ptr<const TlsContext>> LoadTls(const Server::Options& options) {
  auto tls = std::make_shared<TlsContext>();
  ssl::context& context = tls->context;
  error_code ec;
  context.set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1,
                      ec);
  if (!ec) context.use_certificate_chain_file(options.tls_cert_file, ec);
  if (ec) {
    return FailedPrecondition(reason::kFailedPrecondition,
                              StrCat("TLS certificate ", options.tls_cert_file, ": ", ec.message()));
  }
  context.use_private_key_file(options.tls_key_file, ssl::context::pem, ec);
  if (!ec && SSL_CTX_check_private_key(context.native_handle()) != 1) ec = net::error::invalid_argument;
  if (ec) {
    return FailedPrecondition(reason::kFailedPrecondition,
                              StrCat("TLS key ", options.tls_key_file, ": ", ec.message()));
  }
  return tls;
}

// What a client gets that found the house full.
std::string FullAnswer() {
  const Response response =
      ProblemResponse(WithRetryAfter(MakeError(absl::StatusCode::kUnavailable, reason::kOverloaded,
                                               "There are too many connections: ask again later."),
                                     absl::Seconds(1)),
                      {});
  std::string answer;
  AppendHead(response.status, response.headers, {.content_length = response.body.size(), .close = true},
             answer);
  return answer + response.body;
}

}  // namespace

class Server::Impl {
 public:
  Impl(Options options, std::shared_ptr<Handler> handler)
      : shared_(std::make_shared<Shared>(std::move(options), std::move(handler))) {
    for (int i = 0; i < std::max(1, shared_->options.threads); ++i) {
      workers_.push_back(std::make_shared<Worker>(shared_));
    }
    acceptor_.emplace(workers_.front()->io());
    pause_.emplace(workers_.front()->io());
  }

  absl::Status Listen() {
    const Options& options = shared_->options;
    if (options.tls_cert_file.empty() != options.tls_key_file.empty()) {
      return FailedPrecondition(reason::kFailedPrecondition, "TLS needs both a certificate and a key file.");
    }
    if (!options.tls_cert_file.empty()) {
      if (absl::Status loaded = ReloadTls(); !loaded.ok()) return loaded;
    }
    error_code ec;
    const auto address = net::ip::make_address(options.host, ec);
    const tcp::endpoint endpoint(address, options.port);
    if (!ec) acceptor_->open(endpoint.protocol(), ec);
    if (!ec) acceptor_->set_option(net::socket_base::reuse_address(true), ec);
    if (!ec) acceptor_->bind(endpoint, ec);
    if (!ec) acceptor_->listen(kBacklog, ec);
    if (!ec) port_ = acceptor_->local_endpoint(ec).port();
    if (ec) {
      return FailedPrecondition(reason::kFailedPrecondition, StrCat("Cannot listen on ", options.host, ":",
                                                                    options.port, ": ", ec.message()));
    }
    Accept();
    for (const auto& worker : workers_) worker->Start();
    started_ = true;
    return absl::OkStatus();
  }

  uint16_t port() const { return port_; }
  size_t open_connections() const { return shared_->open; }
  void AnnounceDrain() { shared_->announced = true; }

  absl::Status ReloadTls() {
    auto tls = LoadTls(shared_->options);
    if (!tls.ok()) return tls.status();
    tls_.Set(*std::move(tls));
    return absl::OkStatus();
  }

  void Drain(absl::Duration grace) {
    if (!started_) return;
    shared_->draining = true;
    workers_.front()->Post([this] {
      error_code ignored;
      acceptor_->close(ignored);
      pause_->cancel();
    });
    ForEachConnection([](Connection& connection) { connection.OnDrain(); });
    if (AwaitClosed(grace)) return StopWorkers();
    ForEachConnection([](Connection& connection) { connection.Close(); });
    AwaitClosed(absl::InfiniteDuration());
    StopWorkers();
  }

 private:
  void Accept() {
    Worker& next = *workers_[next_worker_++ % workers_.size()];
    acceptor_->async_accept(next.io().get_executor(), [this, &next](const error_code& ec, Socket socket) {
      if (shared_->draining) return;
      if (ec == net::error::operation_aborted) return;
      if (ec) return AcceptLater();
      Admit(next, std::move(socket));
      Accept();
    });
  }

  // Out of descriptors: accepting again at once would only spin.
  void AcceptLater() {
    pause_->expires_after(kAcceptPause);
    pause_->async_wait([this](const error_code& ec) {
      if (!ec) Accept();
    });
  }

  void Admit(Worker& worker, Socket socket) {
    const auto tls = tls_.Get();
    if (shared_->open.fetch_add(1) >= shared_->options.max_connections) {
      error_code ignored;
      socket.non_blocking(true, ignored);
      static const std::string full = FullAnswer();
      if (tls == nullptr) socket.write_some(net::buffer(full), ignored);
      return shared_->OnClosed();
    }
    const bool admitted =
        worker.Post([self = worker.shared_from_this(), socket = std::move(socket), tls]() mutable {
          std::make_shared<Connection>(self, std::move(socket), tls ? &tls->context : nullptr)->Start();
        });
    if (!admitted) shared_->OnClosed();
  }

  template <class Action>
  void ForEachConnection(Action action) {
    for (const auto& worker : workers_) {
      worker->Post([worker, action] { worker->ForEach(action); });
    }
  }

  bool AwaitClosed(absl::Duration grace) {
    const auto closed = [this] { return shared_->open == 0; };
    MutexLock lock(shared_->mutex);
    if (grace == absl::InfiniteDuration()) {
      shared_->all_closed.Wait(shared_->mutex, closed);
      return true;
    }
    return shared_->all_closed.WaitUntil(shared_->mutex, SteadyClock::now() + Chrono(grace), closed);
  }

  void StopWorkers() {
    for (const auto& worker : workers_) worker->Stop();
  }

  const std::shared_ptr<Shared> shared_;
  std::vector<std::shared_ptr<Worker>> workers_;
  std::optional<Acceptor> acceptor_;  ///< On the first worker's thread, as is the timer.
  std::optional<Timer> pause_;
  size_t next_worker_ = 0;
  uint16_t port_ = 0;
  bool started_ = false;
  Snapshot<TlsContext> tls_;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { impl_->Drain(absl::ZeroDuration()); }

absl::StatusOr<std::unique_ptr<Server>> Server::Start(Options options, std::shared_ptr<Handler> handler) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(handler));
  if (absl::Status listening = impl->Listen(); !listening.ok()) return listening;
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

uint16_t Server::port() const { return impl_->port(); }
size_t Server::open_connections() const { return impl_->open_connections(); }
absl::Status Server::ReloadTls() { return impl_->ReloadTls(); }
void Server::AnnounceDrain() { impl_->AnnounceDrain(); }
void Server::Drain(absl::Duration grace) { impl_->Drain(grace); }

}  // namespace limpid::http
