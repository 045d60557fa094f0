// Included by server.cc alone, so that one file knows Boost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <boost/beast/http/basic_parser.hpp>

#include "absl/status/status.h"

#include "libs/http/request_draft.h"
#include "libs/http/server.h"

namespace limpid::http::internal {

/// Beast's parser; what it finds is judged and kept by a RequestDraft.
class BeastParser final : public boost::beast::http::basic_parser<true> {
 public:
  explicit BeastParser(const Server::Options& options) : draft_(options) {
    header_limit(static_cast<uint32_t>(options.max_head_bytes));
    body_limit(options.max_body_bytes);
  }

  RequestDraft& draft() { return draft_; }

  /// Why the request is refused.
  absl::Status FaultOf(const boost::system::error_code& ec) const {
    if (!fault_.ok()) return fault_;
    if (ec == boost::beast::http::error::header_limit) return draft_.HeadTooLarge();
    if (ec == boost::beast::http::error::body_limit) return draft_.BodyTooLarge();
    return RequestDraft::NotHttp();
  }

 private:
  static std::string_view Std(boost::beast::string_view text) { return {text.data(), text.size()}; }

  void Judge(absl::Status verdict, boost::system::error_code& ec) {
    if (verdict.ok()) return;
    fault_ = std::move(verdict);
    ec = boost::beast::http::error::bad_field;
  }

  void on_request_impl(boost::beast::http::verb, boost::beast::string_view method,
                       boost::beast::string_view target, int version,
                       boost::system::error_code& ec) override {
    Judge(draft_.OnRequestLine(Std(method), Std(target), version), ec);
  }
  void on_field_impl(boost::beast::http::field, boost::beast::string_view name,
                     boost::beast::string_view value, boost::system::error_code& ec) override {
    // Trailer fields of a chunked body are dropped: merged into the head they could smuggle any of it.
    if (!is_header_done()) Judge(draft_.OnField(Std(name), Std(value)), ec);
  }
  void on_header_impl(boost::system::error_code& ec) override { Judge(draft_.OnHeadEnd(chunked()), ec); }
  void on_body_init_impl(const boost::optional<uint64_t>& length, boost::system::error_code&) override {
    if (length) draft_.OnBodyLength(*length);
  }
  size_t on_body_impl(boost::beast::string_view piece, boost::system::error_code&) override {
    draft_.OnBody(Std(piece));
    return piece.size();
  }
  size_t on_chunk_body_impl(uint64_t, boost::beast::string_view piece, boost::system::error_code&) override {
    draft_.OnBody(Std(piece));
    return piece.size();
  }
  void on_response_impl(int, boost::beast::string_view, int, boost::system::error_code&) override {}
  void on_chunk_header_impl(uint64_t, boost::beast::string_view extensions,
                            boost::system::error_code& ec) override {
    Judge(draft_.OnChunkExtensions(Std(extensions)), ec);
  }
  void on_finish_impl(boost::system::error_code&) override {}

  RequestDraft draft_;
  absl::Status fault_;
};

}  // namespace limpid::http::internal
