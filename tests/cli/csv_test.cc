#include "cli/csv.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>

namespace limpid::cli {
namespace {

using ::testing::ElementsAre;
using Cells = std::vector<std::string>;

std::vector<Cells> Read(std::string_view text, char separator = ',') {
  CsvReader reader(text, separator);
  CsvRow row;
  std::vector<Cells> rows;
  while (reader.Next(row)) rows.push_back(row.cells);
  return rows;
}

TEST(CsvReader, ReadsCellsBetweenSeparators) {
  EXPECT_THAT(Read("a,b,c\n1,,3"), ElementsAre(Cells{"a", "b", "c"}, Cells{"1", "", "3"}));
  EXPECT_THAT(Read("a;b,c\n", ';'), ElementsAre(Cells{"a", "b,c"}));
  EXPECT_THAT(Read("a,\n,b"), ElementsAre(Cells{"a", ""}, Cells{"", "b"}));
}

TEST(CsvReader, TakesEveryLineEnd) {
  EXPECT_THAT(Read("a\nb\r\nc\rd"), ElementsAre(Cells{"a"}, Cells{"b"}, Cells{"c"}, Cells{"d"}));
}

TEST(CsvReader, SkipsEmptyLinesButNotEmptyCells) {
  EXPECT_THAT(Read("a\n\n\r\nb\n\n"), ElementsAre(Cells{"a"}, Cells{"b"}));
  EXPECT_THAT(Read("a\n\"\"\n,\n"), ElementsAre(Cells{"a"}, Cells{""}, Cells{"", ""}));
  EXPECT_THAT(Read(""), ElementsAre());
}

TEST(CsvReader, TakesQuotedCellsAsTheyStand) {
  EXPECT_THAT(Read("\"a,b\",\"c \"\"d\"\" e\",\"f\r\ng\"\n1"),
              ElementsAre(Cells{"a,b", "c \"d\" e", "f\r\ng"}, Cells{"1"}));
}

TEST(CsvReader, TakesStrayQuotesAsText) {
  EXPECT_THAT(Read("12\" pipe,\"a\"b\n"), ElementsAre(Cells{"12\" pipe", "ab"}));
}

TEST(CsvReader, SaysWhereARowBegins) {
  CsvReader reader("a\n\n\"b\nc\"\nd\n", ',');
  CsvRow row;
  ASSERT_TRUE(reader.Next(row));
  EXPECT_EQ(row.line, 1u);
  ASSERT_TRUE(reader.Next(row));
  EXPECT_EQ(row.line, 3u);
  ASSERT_TRUE(reader.Next(row));
  EXPECT_EQ(row.line, 5u);
  EXPECT_FALSE(reader.Next(row));
}

TEST(CsvReader, SaysWhenAQuoteNeverEnds) {
  CsvReader reader("a,\"b\nc,d", ',');
  CsvRow row;
  ASSERT_TRUE(reader.Next(row));
  EXPECT_TRUE(row.unterminated);
  EXPECT_THAT(row.cells, ElementsAre("a", "b\nc,d"));
  EXPECT_FALSE(reader.Next(row));
}

TEST(CsvReader, ForgetsTheRowBefore) {
  CsvReader reader("a,b,\"c\n1", ',');
  CsvRow row;
  row.cells = {"x", "y", "z", "w"};
  row.unterminated = true;
  CsvReader fresh("1,2\n3", ',');
  ASSERT_TRUE(fresh.Next(row));
  EXPECT_THAT(row.cells, ElementsAre("1", "2"));
  EXPECT_FALSE(row.unterminated);
  ASSERT_TRUE(fresh.Next(row));
  EXPECT_THAT(row.cells, ElementsAre("3"));
}

TEST(CsvReader, HoldsACellOfAMebibyte) {
  const std::string cell(1 << 20, 'x');
  EXPECT_THAT(Read("\"" + cell + "\",b"), ElementsAre(Cells{cell, "b"}));
}

TEST(CsvReader, KeepsBytesThatAreNoText) {
  const std::string bytes("a\0b,\x01\xFF", 6);
  EXPECT_THAT(Read(bytes), ElementsAre(Cells{std::string("a\0b", 3), "\x01\xFF"}));
}

TEST(SniffSeparator, FindsWhatCutsRowsEvenly) {
  EXPECT_EQ(SniffSeparator("a,b,c\n1,2,3\n"), ',');
  EXPECT_EQ(SniffSeparator("a;b;c\n1,5;2,5;3\n"), ';');
  EXPECT_EQ(SniffSeparator("a\tb\n1, 2\t3;4\n"), '\t');
  EXPECT_EQ(SniffSeparator("nom;prénom, usuel;courriel\nA;B;c@d.fr\nE;F;g@h.fr\n"), ';');
  EXPECT_EQ(SniffSeparator("name,address\nA,\"1; rue; b\"\nB,\"2; rue; c\"\n"), ',');
  EXPECT_EQ(SniffSeparator("email\na@b.fr\n"), ',');
  EXPECT_EQ(SniffSeparator(""), ',');
}

TEST(AppendCsvRow, IsReadBackAsItWas) {
  const std::vector<Cells> rows = {
      {"a", "b,c", "d;e", "f\tg"}, {"\"", "x\ny", "x\ry", ""}, {""}, {"", ""}, {" a "}};
  for (const char separator : {',', ';', '\t'}) {
    std::string text;
    for (const Cells& row : rows) AppendCsvRow(row, separator, text);
    EXPECT_EQ(Read(text, separator), rows) << separator;
  }
}

TEST(AppendCsvRow, QuotesOnlyWhatNeedsIt) {
  std::string text;
  AppendCsvRow({"a", "b;c", "d,e"}, ';', text);
  EXPECT_EQ(text, "a;\"b;c\";d,e\r\n");
}

TEST(WithoutFormula, DisarmsWhatASpreadsheetWouldCompute) {
  for (const char* formula : {"=1+1", "+33612345678", "-1", "@SUM(A1)", "\t=1", "\r=1"}) {
    EXPECT_EQ(WithoutFormula(formula), "'" + std::string(formula));
  }
  EXPECT_EQ(WithoutFormula(std::string("\0=1", 3)).front(), '\'');
  EXPECT_EQ(WithoutFormula("jean@example.fr"), "jean@example.fr");
  EXPECT_EQ(WithoutFormula("a=b"), "a=b");
  EXPECT_EQ(WithoutFormula(""), "");
}

}  // namespace
}  // namespace limpid::cli
