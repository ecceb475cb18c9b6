// Whose namespaces a container lives in.
#include "checks/containers/shared/namespaces.h"

#include <gtest/gtest.h>

namespace compliance::test::namespaces_test {
namespace {

NamespaceOwner owner(Platform platform, const char* kind, const char* mode,
                     std::optional<Component> service = std::nullopt) {
  return owner_of({.platform = platform, .component = Component::api},
                  {.kind = kind, .mode = mode, .service_component = service});
}

TEST(NamespaceOwner, IsTheHostWhereTheModeSaysSo) {
  for (const char* kind : {"network", "pid", "ipc", "uts", "user"}) {
    EXPECT_EQ(owner(Platform::compose, kind, "host"), NamespaceOwner::host) << kind;
  }
  for (const char* kind : {"network", "pid", "ipc"}) {
    EXPECT_EQ(owner(Platform::kubernetes, kind, "host"), NamespaceOwner::host) << kind;
  }
}

TEST(NamespaceOwner, IgnoresTheUsersAndNamesOfPods) {
  EXPECT_EQ(owner(Platform::kubernetes, "user", "host"), NamespaceOwner::own);
  EXPECT_EQ(owner(Platform::kubernetes, "uts", "host"), NamespaceOwner::own);
}

TEST(NamespaceOwner, IsForeignForOtherContainersAndComponents) {
  for (const char* kind : {"network", "pid", "ipc"}) {
    EXPECT_EQ(owner(Platform::compose, kind, "container:x"), NamespaceOwner::foreign) << kind;
    EXPECT_EQ(owner(Platform::compose, kind, "service:sts", Component::sts),
              NamespaceOwner::foreign)
        << kind;
  }
}

TEST(NamespaceOwner, IsOwnForServicesOfTheSameComponent) {
  EXPECT_EQ(owner(Platform::compose, "network", "service:api", Component::api),
            NamespaceOwner::own);
}

TEST(NamespaceOwner, IsUndecidedWhenTheServiceIsNotThere) {
  EXPECT_EQ(owner(Platform::compose, "ipc", "service:gone"), NamespaceOwner::undecided);
}

TEST(NamespaceOwner, IsOwnOtherwise) {
  for (const char* mode : {"none", "bridge", "private", "shareable", "", "Host", "containers"}) {
    EXPECT_EQ(owner(Platform::compose, "network", mode), NamespaceOwner::own) << mode;
  }
  EXPECT_EQ(owner(Platform::compose, "uts", "container:x"), NamespaceOwner::own);
  EXPECT_EQ(owner(Platform::compose, "user", "service:x"), NamespaceOwner::own);
}

}  // namespace
}  // namespace compliance::test::namespaces_test
