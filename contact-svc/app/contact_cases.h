#pragma once

#include "contact-svc/app/batch_get_contacts.h"
#include "contact-svc/app/create_contact.h"
#include "contact-svc/app/delete_contact.h"
#include "contact-svc/app/delete_held_capture.h"
#include "contact-svc/app/find_matches.h"
#include "contact-svc/app/get_contact.h"
#include "contact-svc/app/list_contacts.h"
#include "contact-svc/app/list_held_captures.h"
#include "contact-svc/app/look_up_capture.h"
#include "contact-svc/app/parts.h"
#include "contact-svc/app/record_capture.h"
#include "contact-svc/app/update_contact.h"
#include "contact-svc/app/upsert_contact.h"

namespace limpid::contact {

/// Every use case about contacts that answers at once, over the same parts: what the doors call. Thread-safe.
struct ContactCases {
  explicit ContactCases(Parts parts)
      : batch_get(parts),
        create(parts),
        erase(parts),
        delete_held(parts),
        find_matches(parts),
        get(parts),
        list(parts),
        list_held(parts),
        look_up_capture(parts),
        record_capture(parts),
        update(parts),
        upsert(parts) {}

  BatchGetContacts batch_get;
  CreateContact create;
  DeleteContact erase;
  DeleteHeldCapture delete_held;
  FindMatches find_matches;
  GetContact get;
  ListContacts list;
  ListHeldCaptures list_held;
  LookUpCapture look_up_capture;
  RecordCapture record_capture;
  UpdateContact update;
  UpsertContact upsert;
};

}  // namespace limpid::contact
