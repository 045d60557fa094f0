// Included by server.cc alone, so that one file knows Boost.
#pragma once

#include <chrono>
#include <optional>
#include <utility>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

namespace limpid::http::internal {

namespace net = boost::asio;
namespace ssl = boost::asio::ssl;
using boost::system::error_code;
using net::ip::tcp;

// Concrete executors: the type-erased default costs an indirection at each operation.
using IoExecutor = net::io_context::executor_type;
using Socket = net::basic_stream_socket<tcp, IoExecutor>;
using Timer = net::basic_waitable_timer<std::chrono::steady_clock,
                                        net::wait_traits<std::chrono::steady_clock>, IoExecutor>;

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

}  // namespace limpid::http::internal
