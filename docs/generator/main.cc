// limpid-reference FOLDER: writes the pages of docs/reference into a folder that exists.
#include <cstdio>
#include <fstream>
#include <string>

#include "docs/generator/pages.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: limpid-reference FOLDER\n", stderr);
    return 2;
  }
  for (const limpid::docs::Page& page : limpid::docs::Pages()) {
    const std::string path = std::string(argv[1]) + "/" + std::string(page.file);
    std::ofstream out(path);
    out << page.text();
    if (!out.flush()) {
      std::fprintf(stderr, "limpid-reference: %s cannot be written\n", path.c_str());
      return 1;
    }
    std::puts(path.c_str());
  }
  return 0;
}
