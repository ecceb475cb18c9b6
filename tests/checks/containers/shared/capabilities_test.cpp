// Names of Linux capabilities.
#include "checks/containers/shared/capabilities.h"

#include <gtest/gtest.h>

namespace compliance::test::capabilities_test {
namespace {

TEST(CapabilityName, IsUpperCaseWithoutPrefix) {
  EXPECT_EQ(capability_name("NET_RAW"), "NET_RAW");
  EXPECT_EQ(capability_name("cap_net_raw"), "NET_RAW");
  EXPECT_EQ(capability_name("Cap_Zz_Az"), "ZZ_AZ");
  EXPECT_EQ(capability_name("MY_CAP_X"), "MY_CAP_X");
  EXPECT_EQ(capability_name("CAPX"), "CAPX");
  EXPECT_EQ(capability_name(""), "");
}

TEST(DescribedCapability, NamesThoseOfLinux) {
  for (const char* name : {"ALL",
                           "AUDIT_CONTROL",
                           "AUDIT_READ",
                           "AUDIT_WRITE",
                           "BLOCK_SUSPEND",
                           "BPF",
                           "CHECKPOINT_RESTORE",
                           "CHOWN",
                           "DAC_OVERRIDE",
                           "DAC_READ_SEARCH",
                           "FOWNER",
                           "FSETID",
                           "IPC_LOCK",
                           "IPC_OWNER",
                           "KILL",
                           "LEASE",
                           "LINUX_IMMUTABLE",
                           "MAC_ADMIN",
                           "MAC_OVERRIDE",
                           "MKNOD",
                           "NET_ADMIN",
                           "NET_BIND_SERVICE",
                           "NET_BROADCAST",
                           "NET_RAW",
                           "PERFMON",
                           "SETFCAP",
                           "SETGID",
                           "SETPCAP",
                           "SETUID",
                           "SYSLOG",
                           "SYS_ADMIN",
                           "SYS_BOOT",
                           "SYS_CHROOT",
                           "SYS_MODULE",
                           "SYS_NICE",
                           "SYS_PACCT",
                           "SYS_PTRACE",
                           "SYS_RAWIO",
                           "SYS_RESOURCE",
                           "SYS_TIME",
                           "SYS_TTY_CONFIG",
                           "WAKE_ALARM"}) {
    EXPECT_EQ(described_capability(name), name);
  }
}

TEST(DescribedCapability, DoesNotRepeatOtherText) {
  EXPECT_EQ(described_capability("NET_RAWS"), "a name that Linux does not have");
  EXPECT_EQ(described_capability(""), "a name that Linux does not have");
}

TEST(DropsAll, TakesAllInAnyCaseAndNothingElse) {
  EXPECT_TRUE(drops_all({{.value = "ALL"}}));
  EXPECT_TRUE(drops_all({{.value = "NET_RAW"}, {.value = "All"}}));
  EXPECT_FALSE(drops_all({}));
  EXPECT_FALSE(drops_all({{.value = "CAP_ALL"}}));
  EXPECT_FALSE(drops_all({{.value = "ALL "}}));
}

}  // namespace
}  // namespace compliance::test::capabilities_test
