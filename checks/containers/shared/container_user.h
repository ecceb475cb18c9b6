// As which user a container runs.
#pragma once

#include <cstdint>

#include "checks/facts/container.h"

namespace compliance {

enum class UserKind : std::uint8_t {
  other,         // a user other than root
  allowed_root,  // root or perhaps root, where that is packaged, injected or confined
  root,
  not_enforced,  // Kubernetes: nothing keeps the image from running as root
  undecided,
};

struct UserJudgement {
  UserKind kind = UserKind::other;
  Origin origin{};  // of the setting that decides
  Fault fault{};    // of undecided ones
};

// Kubernetes: effective runAsNonRoot and runAsUser. Compose: `user`, and where it is not set, what
// is known of the image: Caracal's own run as others than root, of other images nothing is known.
UserJudgement judge_user(const Container& container);

}  // namespace compliance
