// Which files Compose takes, and what is said where others are configured.
#include "exporter/observe/compose/default_files.h"

#include <gtest/gtest.h>

#include "tests/exporter/observe/compose/compose_input.h"

namespace compliance::test::default_files_test {
namespace {

using Paths = std::vector<std::string>;

Paths taken(const Paths& there, const std::string& env = "") {
  FilesByPath files;
  for (const std::string& name : there) {
    files["/p/" + name] = "";
  }
  if (!env.empty()) {
    files["/p/.env"] = env;
  }
  return compose::default_files("/p", reading(files));
}

std::string note(const Paths& configured, const Paths& there, const std::string& env = "") {
  FilesByPath files;
  for (const std::string& name : there) {
    files[name] = "";
  }
  files[".env"] = env;
  return compose::note_on_files(configured, reading(files));
}

TEST(DefaultFiles, AreTheFirstNameAndTheFirstOverride) {
  EXPECT_EQ(taken({"compose.yaml", "docker-compose.yml"}), (Paths{"/p/compose.yaml"}));
  EXPECT_EQ(taken({"docker-compose.yaml", "docker-compose.yml"}), (Paths{"/p/docker-compose.yml"}));
  EXPECT_EQ(taken({"compose.yml", "compose.override.yaml", "docker-compose.override.yml"}),
            (Paths{"/p/compose.yml", "/p/compose.override.yaml"}));
  EXPECT_EQ(taken({"compose.override.yaml", "other.yaml"}), Paths{});
}

TEST(DefaultFiles, AreThoseOfComposeFile) {
  EXPECT_EQ(taken({"compose.yaml", "compose.override.yaml"}, "COMPOSE_FILE=a.yaml:/q/b.yaml"),
            (Paths{"/p/a.yaml", "/q/b.yaml"}));
  EXPECT_EQ(taken({}, "COMPOSE_FILE=a.yaml;b.yaml\nCOMPOSE_PATH_SEPARATOR=;"),
            (Paths{"/p/a.yaml", "/p/b.yaml"}));
  EXPECT_EQ(taken({"compose.yaml"}, "COMPOSE_FILE="), (Paths{"/p/compose.yaml"}));
}

TEST(NoteOnFiles, TellsOfAnOverrideThatIsNotRead) {
  const Paths there{"compose.yaml", "compose.override.yaml", "prod.yaml"};
  EXPECT_NE(note({"compose.yaml"}, there).find("compose.override.yaml"), std::string::npos);
  EXPECT_NE(note({"./compose.yaml", "prod.yaml"}, there), "");
  EXPECT_EQ(note({"compose.yaml", "./compose.override.yaml"}, there), "");
  EXPECT_EQ(note({"prod.yaml"}, there), "");
  EXPECT_EQ(note({"compose.yaml"}, {"compose.yaml", "prod.yaml"}), "");
  EXPECT_EQ(note({"-"}, there), "");
  EXPECT_EQ(note({}, there), "");
}

TEST(NoteOnFiles, TellsOfComposeFile) {
  const Paths there{"compose.yaml", "prod.yaml"};
  const std::string env = "COMPOSE_FILE=compose.yaml:prod.yaml\n";
  EXPECT_NE(note({"compose.yaml"}, there, env).find("COMPOSE_FILE"), std::string::npos);
  EXPECT_EQ(note({"compose.yaml", "./prod.yaml"}, there, env), "");
}

}  // namespace
}  // namespace compliance::test::default_files_test
