"""Tests of scripts/lib/check_includes.py, against the table as it stands in docs/architecture.md."""
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "lib"))
import check_includes  # noqa: E402

TABLE = check_includes.read_table((ROOT / check_includes.TABLE_DOC).read_text(encoding="utf-8"))


def broken(path: str, *headers: str) -> list[str]:
    text = "\n".join(f"#include {header}" for header in headers)
    return check_includes.violations(path, text, TABLE)


class CheckIncludesTest(unittest.TestCase):
    def test_domain_sees_standard_library_absl_and_pure_libs(self):
        self.assertEqual(
            [],
            broken(
                "verify-svc/domain/a.cc",
                '"verify-svc/domain/a.h"',
                "<string>",
                '"absl/status/status.h"',
                '"libs/base/clock.h"',
                '"libs/quality/email/syntax.h"',
            ),
        )

    def test_domain_sees_no_log_proto_driver_or_outer_folder(self):
        for header in (
            '"libs/base/log.h"',
            '"limpid/verify/v1/email_verdict.pb.h"',
            "<google/protobuf/message.h>",
            "<sqlite3.h>",
            '"verify-svc/app/verify_email.h"',
            '"verify-svc/settings.h"',
            '"libs/sql/database.h"',
        ):
            self.assertEqual(1, len(broken("verify-svc/domain/a.cc", header)), header)

    def test_app_sees_its_own_domain_only(self):
        self.assertEqual([], broken("contact-svc/app/a.cc", '"contact-svc/domain/contact.h"'))
        self.assertEqual(1, len(broken("contact-svc/app/a.cc", '"verify-svc/domain/verdict.h"')))

    def test_door_sees_generated_code_but_no_storage(self):
        self.assertEqual(
            [],
            broken(
                "contact-svc/rpc/a.cc", '"limpid/contact/v1/contact_service.grpc.pb.h"', "<grpcpp/grpcpp.h>"
            ),
        )
        self.assertEqual(1, len(broken("contact-svc/rpc/a.cc", '"contact-svc/storage/store.h"')))
        self.assertEqual(1, len(broken("contact-svc/rpc/a.cc", "<libpq-fe.h>")))

    def test_adapters_do_not_see_each_other(self):
        self.assertEqual(
            [], broken("enrich-svc/storage/sqlite/a.cc", '"enrich-svc/app/store.h"', "<sqlite3.h>")
        )
        self.assertEqual(1, len(broken("enrich-svc/storage/sqlite/a.cc", '"enrich-svc/clients/contact.h"')))
        self.assertEqual(1, len(broken("enrich-svc/storage/sqlite/a.cc", '"limpid/enrich/v1/run.pb.h"')))

    def test_composition_root_sees_its_whole_service(self):
        self.assertEqual(
            [],
            broken(
                "gateway/wiring.cc", '"gateway/rpc/door.h"', '"gateway/storage/keys.h"', "<grpcpp/grpcpp.h>"
            ),
        )
        self.assertEqual(1, len(broken("gateway/wiring.cc", '"verify-svc/wiring.h"')))

    def test_command_sees_wiring_and_settings_and_nothing_else_of_a_service(self):
        self.assertEqual([], broken("cli/serve.cc", '"gateway/wiring.h"', '"contact-svc/wiring.h"'))
        self.assertEqual(1, len(broken("cli/serve.cc", '"gateway/capture/check.h"')))

    def test_libs_see_only_what_is_below_them(self):
        self.assertEqual([], broken("libs/quality/email/a.cc", '"libs/text/fold.h"', "<idn2.h>"))
        self.assertEqual(1, len(broken("libs/text/a.cc", '"libs/quality/email/syntax.h"')))
        self.assertEqual(1, len(broken("libs/base/a.cc", '"gateway/app/port.h"')))

    def test_product_code_does_not_see_test_tools(self):
        self.assertEqual(1, len(broken("gateway/wiring.cc", '"libs/testing/redis.h"')))
        self.assertEqual([], broken("tests/gateway/a_test.cc", '"libs/testing/redis.h"', '"gateway/app/a.h"'))

    def test_a_file_that_no_row_holds_for_is_reported(self):
        self.assertEqual(1, len(broken("elsewhere/a.cc", "<string>")))


if __name__ == "__main__":
    unittest.main()
