#pragma once

#include <string>
#include <string_view>

/// What the stub of the providers knows of a number. It has no list: the last two digits say everything, so
/// that a test, or a person trying it out, chooses by the number.
namespace limpid::testing {

enum class Fault {
  kNone,
  kTooManyRequests,            ///< 429 without Retry-After.
  kTooManyRequestsRetryAfter,  ///< 429, Retry-After: 2.
  kServerError,                ///< 500 with HTML.
  kHang,                       ///< Takes the question and never answers.
  kDrip,                       ///< A byte of the answer now and then, without end.
  kReset,                      ///< Cuts the connection with a reset.
  kTruncated,                  ///< Half of the JSON, under the length of the whole.
  kHuge,                       ///< Some megabytes.
  kRedirect,                   ///< 302 to somewhere else.
  kWrongTypes,                 ///< JSON in which every value is of another kind.
  kErrorInside,                ///< 200, with the provider's own way of saying no.
  kLeftOut,                    ///< Not in the answer to a bulk question.
  kNotJson,                    ///< 200 with a page for people.
};

enum class Subscriber { kReachable, kAbsent, kUnassigned, kBarred, kUnknown, kNoCoverage };

struct Line {
  Fault fault = Fault::kNone;
  Subscriber subscriber = Subscriber::kReachable;
  bool ported = false;
  bool roaming = false;
  bool sim_swapped = false;
};

/// By the last two digits of `number`:
///
///   00–79  a line that answers, but
///   01 absent, 02 unassigned, 03 barred, 04 the network does not tell, 05 no coverage,
///   10 ported, 11 roaming, 12 ported and roaming, 13 SIM swapped
///   80–92  the faults from kTooManyRequests on, in their order
Line LineOf(std::string_view number);

}  // namespace limpid::testing
