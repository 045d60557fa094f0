#pragma once

#include <string_view>

#include "contact-svc/domain/contact.h"

namespace limpid::contact {

/// Says of every value of a contact where it came from. `source` is what a person would call it: the form,
/// the shop.
void Stamp(Contact& contact, const Provenance& provenance, std::string_view source);

/// Gives the values that `known` had already what is known of them: where they came from, and when they were
/// verified unless the verdict has changed.
void CarryOver(const Contact& known, Contact& contact);

}  // namespace limpid::contact
