// Which mappings are code that can come back from its file.
#include "exporter/supervisor/startup_memory.h"

#include <gtest/gtest.h>

namespace compliance::startup_memory_test {
namespace {

TEST(CodeRanges, AreThoseOfFilesThatAreReadAndRunAlone) {
  EXPECT_EQ(code_ranges("1000-2000 r--p 00000000 fe:00 1 /usr/bin/program\n"
                        "2000-5000 r-xp 00001000 fe:00 1 /usr/bin/program\n"
                        "5000-6000 r--p 00004000 fe:00 1 /usr/bin/program\n"
                        "6000-7000 rw-p 00005000 fe:00 1 /usr/bin/program\n"
                        "7f0000001000-7f0000003000 r-xp 00000000 fe:00 2    /lib/x.so (deleted)\n"),
            (std::vector<CodeRange>{{0x2000, 0x5000}, {0x7f0000001000, 0x7f0000003000}}));
}

TEST(CodeRanges, LeaveOutWhatWasOrCouldBeWrittenAndWhatHasNoFile) {
  for (const char* line : {
           "2000-5000 rwxp 00000000 fe:00 1 /usr/bin/program\n",
           "2000-5000 r-xs 00000000 fe:00 1 /usr/bin/program\n",
           "2000-5000 --xp 00000000 fe:00 1 /usr/bin/program\n",
           "2000-5000 r-xp 00000000 00:00 0 [vdso]\n",
           "2000-5000 r-xp 00000000 00:00 0 \n",
       }) {
    EXPECT_TRUE(code_ranges(line).empty()) << line;
  }
}

TEST(CodeRanges, LeaveOutLinesThatCannotBeRead) {
  for (const char* line :
       {"", "\n", "-", "2000", "2000-", "-5000 r-xp 0 0 0 /x", "x-5000 r-xp 0 0 0 /x",
        "5000-2000 r-xp 0 0 0 /x", "2000-2000 r-xp 0 0 0 /x", "2000-5000x r-xp 0 0 0 /x",
        "12345678901234567890-5000 r-xp 0 0 0 /x", "2000-5000 r-xp"}) {
    EXPECT_TRUE(code_ranges(line).empty()) << line;
  }
}

TEST(StartMemory, IsGivenBackWithoutHarm) {
  release_startup_pages();
  EXPECT_EQ(code_ranges("1-2 r-xp 0 0 0 /x").size(), 1U);
}

}  // namespace
}  // namespace compliance::startup_memory_test
