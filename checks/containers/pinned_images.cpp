// Images are named by a digest or by the tag of a release.
#include "checks/check.h"
#include "checks/containers/shared/image_tag.h"

namespace compliance::containers {
namespace {

Verdict judge_tag(const Image& image) {
  switch (kind_of_tag(image.tag)) {
    case TagKind::release:
      return pass();
    case TagKind::none:
      return with_expected_observed(fail("its image has no tag, which means latest", image.origin),
                                    "a digest or a release tag", "no tag");
    case TagKind::moving:
      return with_expected_observed(fail("its image tag moves from build to build", image.origin),
                                    "a digest or a release tag", "a moving tag");
    case TagKind::release_missing:
      break;
  }
  return unknown(UnknownReason::unresolved_reference,
                 "the image tag is v with nothing after it: the release is not given",
                 image.origin);
}

Verdict evaluate_pinned_images(const Container& container, const Policy& /*policy*/) {
  const Image& image = container.image;
  if (!image.digest.empty()) {
    return pass();
  }
  if (image.fault) {
    return unknown(*image.fault, image.origin);
  }
  if (image.built_locally) {
    return unknown(UnknownReason::not_observable, "the image is built here and has no name",
                   image.origin);
  }
  return judge_tag(image);
}

}  // namespace

extern constinit const Check pinned_images{
    .id = "containers-pinned-images",
    .title = "Images are pinned to a digest or a release",
    .area = Area::containers,
    .severity = Severity::medium,
    .evidence = Evidence::compose | Evidence::kubernetes,
    .why = "Behind a moving tag the next start may run other code than the one that was tested.",
    .remediation = "Name the image by digest, or by the tag of a release such as v2026.06.25.",
    .reference = "https://kubernetes.io/docs/concepts/containers/images/#image-names",
    .rule = RuleOn<Container>{&evaluate_pinned_images},
};

}  // namespace compliance::containers
