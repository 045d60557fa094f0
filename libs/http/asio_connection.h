// Included by server.cc alone, so that one file knows Boost.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <boost/beast/core/flat_buffer.hpp>

#include "libs/base/clock.h"
#include "libs/base/error.h"
#include "libs/http/asio_transport.h"
#include "libs/http/asio_worker.h"
#include "libs/http/beast_parser.h"
#include "libs/http/exchange.h"
#include "libs/http/session.h"

namespace limpid::http::internal {

/// One client: the socket of a Session.
///
/// Lives on its worker's thread; the functions of Exchange may be called from any and go there. At most one
/// read and one write are under way. While a request runs a read waits for the client's next bytes, or for
/// its end.
class AsioConnection final : public Exchange,
                             public AsioWorker::Client,
                             public std::enable_shared_from_this<AsioConnection> {
 public:
  AsioConnection(std::shared_ptr<AsioWorker> worker, Socket socket, ssl::context* tls)
      : worker_(std::move(worker)),
        options_(worker_->shared().options),
        transport_(std::move(socket), tls),
        session_(options_, worker_->shared().leaving, SystemClock()) {
    error_code ignored;
    const auto peer = transport_.socket().remote_endpoint(ignored);
    if (!ignored) remote_address_ = AddressText(peer.address());
    parser_.emplace(options_);
  }

  void Start() {
    worker_->Add(this);
    if (worker_->shared().leaving.draining) return Close();  // Accepted just before the end.
    if (!transport_.secure()) return OnHandshake({});
    transport_.Handshake([self = shared_from_this()](const error_code& ec) { self->OnHandshake(ec); });
  }
  void CloseIfExpired(SteadyTime now) override {
    if (now >= session_.deadline()) Close();
  }
  /// Ends the connection now if no request is under way; those under way end it with their answer.
  void OnDrain() override {
    if (session_.idle()) Close();
  }
  void Close() override {
    const auto self = shared_from_this();
    session_.Close();
    Advance();
  }

  // Exchange
  void Send(Response response) override {
    Tell([response = std::move(response)](AsioConnection& on) mutable {
      on.session_.Send(std::move(response), on.worker_->Date());
    });
  }
  void StartStream(int status, Headers headers) override {
    Tell([status, headers = std::move(headers)](AsioConnection& on) {
      on.session_.StartStream(status, headers, on.worker_->Date());
    });
  }
  void Write(std::string piece, ResponseStream::Written written) override {
    if (worker_->IsCurrentThread()) return DoWrite(piece, std::move(written));
    // Shared, because a task that is not admitted is dropped and the callback must be called all the same.
    const auto callback = std::make_shared<ResponseStream::Written>(std::move(written));
    const bool admitted = worker_->Post([self = shared_from_this(), piece = std::move(piece), callback] {
      self->DoWrite(piece, std::move(*callback));
    });
    if (!admitted) (*callback)(Cancelled());
  }
  void Finish() override {
    Tell([](AsioConnection& on) { on.session_.Finish(); });
  }
  void Abort() override {
    Tell([](AsioConnection& on) { on.session_.Close(); });
  }

 private:
  using Phase = Session::Phase;

  /// As one writes it: a socket for both versions of IP sees an IPv4 peer as `::ffff:192.0.2.1`.
  static std::string AddressText(const net::ip::address& address) {
    if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address.to_string();
    return net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6()).to_string();
  }

  /// Runs `task` on the worker's thread, then does what follows from it.
  template <class Task>
  void Tell(Task task) {
    if (!worker_->IsCurrentThread()) {
      worker_->Post([self = shared_from_this(), task = std::move(task)]() mutable {
        task(*self);
        self->Advance();
      });
      return;
    }
    const auto self = shared_from_this();  // The task may drop whoever holds this.
    task(*this);
    Advance();
  }

  void DoWrite(std::string_view piece, ResponseStream::Written written) {
    const auto self = shared_from_this();  // `written` may drop the stream.
    if (!session_.Write(piece, std::move(written))) {
      worker_->Post([self = shared_from_this()] { self->OnWrite({}, 0); });
    }
    Advance();
  }

  /// Does what the session wants. May be called at any time.
  void Advance() {
    if (session_.phase() == Phase::kClosed) return CloseSocket();
    if (!writing_ && !session_.output().empty()) WriteSome();
    if (session_.phase() == Phase::kLingering && !std::exchange(lingers_, true)) return SayGoodbye();
    if (reading_) return;
    if (session_.phase() == Phase::kReading) return Parse();
    // While TLS says goodbye it reads for itself.
    if (in_.size() == 0 && !session_.client_gone() && !(lingers_ && transport_.secure())) ReadSome();
  }

  void OnHandshake(const error_code& ec) {
    ec ? session_.Close() : session_.OnReady();
    Advance();
  }

  void ReadSome() {
    reading_ = true;
    transport_.ReadSome(in_.prepare(session_.reading_body() ? kBodyReadSize : kReadSize),
                        [self = shared_from_this()](const error_code& ec, size_t n) { self->OnRead(ec, n); });
  }

  void OnRead(const error_code& ec, size_t n) {
    reading_ = false;
    in_.commit(n);
    fresh_ += n;
    if (ec) {
      session_.OnClientGone(/*orderly=*/ec == net::error::eof && !lingers_);
    } else if (lingers_) {
      in_.clear();
      session_.OnDropped(n);
    }
    Advance();
  }

  void Parse() {
    if (parser_->is_done()) parser_.emplace(options_);
    if (in_.size() > 0) session_.OnBytes(std::exchange(fresh_, 0));
    while (in_.size() > 0) {
      error_code ec;
      in_.consume(parser_->put(in_.data(), ec));
      if (ec == boost::beast::http::error::need_more) {
        // Heads are bounded by the parser; the line before a chunk is not.
        if (in_.size() <= options_.max_head_bytes) break;
        ec = boost::beast::http::error::header_limit;
      }
      if (ec) {
        session_.OnFault(parser_->FaultOf(ec), parser_->draft().request(), worker_->Date());
        return Advance();
      }
      if (parser_->is_done()) return Dispatch();
      if (!session_.reading_body() && parser_->is_header_done()) {
        session_.OnHead(/*waits=*/parser_->draft().expects_continue() && in_.size() == 0);
        if (!writing_ && !session_.output().empty()) WriteSome();
      }
    }
    ReadSome();
  }

  void Dispatch() {
    Request request = std::move(parser_->draft().request());
    request.remote_address = remote_address_;
    session_.OnRequest(request, parser_->draft().http_1_0(), parser_->keep_alive());
    // What a large body took is given back before the next request.
    if (in_.size() == 0 && in_.capacity() > 2 * kReadSize) in_.shrink_to_fit();
    worker_->shared().handler->Handle(std::move(request), Responder(shared_from_this()));
    Advance();
  }

  void WriteSome() {
    writing_ = true;
    const std::string_view output = session_.output();
    transport_.WriteSome(net::const_buffer(output.data(), output.size()),
                         [self = shared_from_this()](const error_code& ec, size_t n) {
                           self->writing_ = false;
                           self->OnWrite(ec, n);
                         });
  }

  void OnWrite(const error_code& ec, size_t n) {
    ec ? session_.Close() : session_.OnSent(n);
    Advance();
  }

  void SayGoodbye() {
    if (transport_.secure()) {
      return transport_.ShutdownTls([self = shared_from_this()](const error_code&) { self->Close(); });
    }
    // Nothing is left unread, and so nothing can be lost.
    if (!session_.refused() && in_.size() == 0) return Close();
    error_code ignored;
    transport_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    in_.clear();
    Advance();
  }

  void CloseSocket() {
    if (std::exchange(closed_, true)) return;
    error_code ignored;
    transport_.socket().close(ignored);
    worker_->Remove(this);
    worker_->shared().connections.Leave();
  }

  static constexpr size_t kReadSize = 4 * 1024;
  static constexpr size_t kBodyReadSize = 64 * 1024;

  const std::shared_ptr<AsioWorker> worker_;
  const Server::Options& options_;
  Transport transport_;
  Session session_;
  std::string remote_address_;
  boost::beast::flat_buffer in_;
  size_t fresh_ = 0;  ///< Of what came, how much the session has not been told of.
  std::optional<BeastParser> parser_;
  bool reading_ = false;
  bool writing_ = false;
  bool lingers_ = false;
  bool closed_ = false;
};

}  // namespace limpid::http::internal
