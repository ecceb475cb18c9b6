// As which user a container runs.
#include "checks/containers/shared/container_user.h"

#include <string_view>

#include "checks/caracal/packaged_exceptions.h"
#include "checks/containers/shared/pod_security.h"

namespace compliance {
namespace {

// The engines read the part before the colon; digits are an id, and no name at all is id 0.
bool is_root(std::string_view user) {
  const std::string_view name = user.substr(0, user.find(':'));
  return name == "root" || name.find_first_not_of('0') == std::string_view::npos;
}

bool is_own_image(const Container& container) {
  const std::string_view repository = container.image.repository;
  return is_packaged(container.component) &&
         repository.substr(repository.rfind('/') + 1).starts_with("caracal-");
}

UserJudgement judge_image_user(const Container& container) {
  const Origin& origin = container.security.user.origin;
  if (is_own_image(container)) {
    return {.kind = UserKind::other, .origin = origin};
  }
  return {.kind = UserKind::undecided,
          .origin = origin,
          .fault = container.image.fault.value_or(
              Fault{.reason = UnknownReason::not_observable,
                    .message = "user is not set, and the image's own user does not show"})};
}

UserJudgement judge_service(const Container& container) {
  const Fact<std::string>& user = container.security.user;
  if (user.value.value_or("").empty() && !user.fault) {
    return judge_image_user(container);
  }
  if (user.fault) {
    return {.kind = UserKind::undecided, .origin = user.origin, .fault = *user.fault};
  }
  return {.kind = is_root(*user.value) ? UserKind::root : UserKind::other, .origin = user.origin};
}

UserJudgement judge_pod_container(const SecurityFacts& security) {
  if (security.run_as_user.is(0)) {
    return {.kind = UserKind::root, .origin = security.run_as_user.origin};
  }
  for (const auto& fault : {security.run_as_non_root.fault, security.run_as_user.fault}) {
    if (fault) {
      return {
          .kind = UserKind::undecided, .origin = security.run_as_non_root.origin, .fault = *fault};
    }
  }
  return {.kind = security.run_as_non_root.is(true) ? UserKind::other : UserKind::not_enforced,
          .origin = security.run_as_non_root.origin};
}

}  // namespace

UserJudgement judge_user(const Container& container) {
  UserJudgement judgement = container.platform == Platform::compose
                                ? judge_service(container)
                                : judge_pod_container(container.security);
  const bool allowed =
      may_start_as_root(container) || sets_up_network(container) || has_own_users(container);
  if (allowed && judgement.kind != UserKind::other) {
    judgement.kind = UserKind::allowed_root;
  }
  return judgement;
}

}  // namespace compliance
