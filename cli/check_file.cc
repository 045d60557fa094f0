#include "cli/check_file.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include <unistd.h>

#include "cli/annotation.h"
#include "cli/columns.h"
#include "cli/command.h"
#include "cli/csv.h"
#include "cli/exit_code.h"
#include "cli/file_check.h"
#include "cli/file_text.h"
#include "cli/gateway_connection.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/summary.h"
#include "cli/text_table.h"
#include "libs/base/error.h"
#include "libs/base/reasons.h"
#include "libs/base/strings.h"

namespace limpid::cli {
namespace {

constexpr size_t kMaxFileBytes = size_t{1} << 30;
constexpr absl::Duration kRowTimeout = absl::Seconds(15);

/// What one look through the file tells before any row is sent.
struct FileShape {
  size_t rows = 0;
  size_t widest = 0;
};

FileShape Measure(std::string_view text, char separator) {
  FileShape shape;
  CsvReader reader(text, separator);
  CsvRow row;
  while (reader.Next(row)) {
    shape.widest = std::max(shape.widest, row.cells.size());
    ++shape.rows;
  }
  shape.rows -= shape.rows > 0;  // the header
  return shape;
}

/// A terminal, a pipe or another device: written to as it is. A file is never made in its place.
bool IsDevice(const std::string& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  return std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
}

/// The annotated file while it is written: as NAME.part until it is whole, so that a run which fails leaves
/// an earlier one's result alone.
class AnnotatedFile {
 public:
  AnnotatedFile(std::string path, char separator)
      : path_(std::move(path)),
        draft_(IsDevice(path_) ? path_ : path_ + ".part"),
        separator_(separator),
        file_(std::fopen(draft_.c_str(), "wb"), &std::fclose) {}
  ~AnnotatedFile() {
    if (file_ != nullptr && !kept_) RemoveDraft();
  }
  AnnotatedFile(const AnnotatedFile&) = delete;
  AnnotatedFile& operator=(const AnnotatedFile&) = delete;

  /// The byte order mark makes spreadsheets read UTF-8 as such.
  void WriteMark() { Write("\xEF\xBB\xBF"); }
  void Add(const std::vector<std::string>& cells) {
    line_.clear();
    AppendCsvRow(cells, separator_, line_);
    Write(line_);
  }
  absl::Status Finish() {
    const bool written = std::fclose(file_.release()) == 0 && !failed_;
    if (written && (draft_ == path_ || std::rename(draft_.c_str(), path_.c_str()) == 0))
      return absl::OkStatus();
    RemoveDraft();
    return MakeError(absl::StatusCode::kResourceExhausted, reason::kStorageFull,
                     StrCat(path_, ": cannot be written"));
  }
  /// Leaves what there is under its working name, which is the answer.
  const std::string& KeepPart() {
    kept_ = true;
    return draft_;
  }
  bool open() const { return file_ != nullptr; }

 private:
  void RemoveDraft() {
    if (draft_ != path_) std::remove(draft_.c_str());
  }
  void Write(std::string_view text) {
    failed_ = failed_ || std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size();
  }

  const std::string path_;
  const std::string draft_;
  const char separator_;
  std::string line_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  bool failed_ = false;
  bool kept_ = false;
};

std::string SeparatorName(char separator) { return separator == '\t' ? "tab" : std::string(1, separator); }

/// Says how the file was understood, on stderr: whoever sees a wrong column knows why.
void PrintReading(const std::string& path, const FileText& file, char separator, const Columns& columns,
                  const std::vector<std::string>& header, const FileShape& shape) {
  std::fprintf(stderr, "%s: %s rows, %s, separator %s\n", path.c_str(), WithThousands(shape.rows).c_str(),
               std::string(EncodingName(file.encoding)).c_str(), SeparatorName(separator).c_str());
  std::string used;
  for (int i = 0; i < kContactFields; ++i) {
    const auto field = static_cast<ContactField>(i);
    for (const size_t column : columns.Of(field)) {
      StrAppend(used, used.empty() ? "" : ", ", header[column], " = ", FieldName(field));
    }
  }
  std::fprintf(stderr, "  columns: %s\n", used.c_str());
  if (!columns.ignored().empty()) {
    std::string ignored;
    for (const std::string& heading : columns.ignored())
      StrAppend(ignored, ignored.empty() ? "" : ", ", heading);
    std::fprintf(stderr, "  not used: %s\n", ignored.c_str());
  }
}

}  // namespace

std::string AnnotatedPath(const std::string& path) {
  const std::filesystem::path file(path);
  return (file.parent_path() / StrCat(file.stem().string(), ".limpid", file.extension().string())).string();
}

int CheckFile(const std::string& path, const Arguments& arguments, const rpc::Peer& gateway,
              Interrupt& interrupt) {
  absl::StatusOr<std::string> bytes = ReadFile(path, kMaxFileBytes);
  if (!bytes.ok()) return Complain(bytes.status());
  const FileText file = DecodeText(*std::move(bytes));
  const char separator = SniffSeparator(file.text);
  CsvReader reader(file.text, separator);
  CsvRow header;
  if (!reader.Next(header))
    return Complain(InvalidRequest(reason::kInvalidRequest, StrCat(path, ": is empty")));
  const Columns columns = Columns::FromHeader(header.cells);
  if (columns.Of(ContactField::kEmail).empty() && columns.Of(ContactField::kPhone).empty()) {
    return Complain(InvalidRequest(
        reason::kRequired, StrCat(path,
                                  ": no column is headed as an e-mail or a phone (email, courriel, phone, "
                                  "telephone, mobile …)")));
  }
  const FileShape shape = Measure(file.text, separator);
  const size_t width = header.cells.size();
  PrintReading(path, file, separator, columns, header.cells, shape);

  const std::string output = arguments.Has("output") ? arguments.Value("output") : AnnotatedPath(path);
  std::error_code ignored;
  if (std::filesystem::equivalent(path, output, ignored)) {
    return Misused("check", StrCat("--output: ", output, " is the file itself"));
  }
  AnnotatedFile annotated(output, separator);
  if (!annotated.open()) {
    return Complain(InvalidRequest(reason::kInvalidRequest,
                                   StrCat(output, ": cannot be written; --output names another place")));
  }
  annotated.WriteMark();
  annotated.Add(AnnotatedRow(header.cells, shape.widest, AnnotationHeader()));

  const rpc::UnaryMethod<gateway::v1::CheckRequest, gateway::v1::CheckResponse> check(
      gateway, "limpid.gateway.v1.CaptureService/Check");
  FileCheck::Options options;
  options.defaults = {.default_region = arguments.Value("default-region"),
                      .language_code = arguments.Value("language"),
                      .form = arguments.Value("form")};
  FileCheck run(options, [&check, stop = interrupt.token()](const gateway::v1::CheckRequest& request,
                                                            Done<gateway::v1::CheckResponse> done) {
    Call call;
    call.stop = stop;
    check(call.Within(kRowTimeout), request, std::move(done));
  });
  Summary summary;
  absl::Status status;
  {
    Progress progress(stderr, isatty(STDERR_FILENO) != 0, shape.rows);
    status = run.Run(
        reader, columns, width, summary,
        [&](CsvRow row, const RowResult& result) {
          annotated.Add(AnnotatedRow(std::move(row.cells), shape.widest, Annotation(result)));
          progress.Update(summary.rows());
        },
        interrupt.token());
  }
  if (status.ok() || summary.rows() > 0) {
    std::fputs((arguments.Has("json") ? summary.Json() + "\n" : "\n" + summary.Text()).c_str(), stdout);
  }
  if (!status.ok()) {
    if (summary.rows() > 0) {
      std::fprintf(stderr, "\n%s of %s rows were checked: %s\n", WithThousands(summary.rows()).c_str(),
                   WithThousands(shape.rows).c_str(), annotated.KeepPart().c_str());
    }
    return interrupt.requested() ? static_cast<int>(kExitInterrupted) : Complain(status);
  }
  if (absl::Status written = annotated.Finish(); !written.ok()) return Complain(written);
  std::fprintf(stderr, "\nannotated: %s\n", output.c_str());
  return summary.Count(RowOutcome::kFailed) == 0 ? kExitOk : kExitFailed;
}

}  // namespace limpid::cli
