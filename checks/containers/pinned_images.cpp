// Images are named by a digest or by the tag of a release. Release candidates are releases here;
// whether one may run in production is asked by published-mode-stable-in-production.
#include <algorithm>
#include <array>

#include "checks/check.h"
#include "checks/facts/container.h"
#include "checks/formats/ascii.h"

namespace compliance::containers {
namespace {

// Tags that registries move by custom. Any other tag may move too, but nothing shows it.
constexpr auto moving_tags =
    std::to_array<std::string_view>({"latest", "main", "master", "dev", "edge", "nightly"});

// Development builds carry -dev and a commit.
bool is_moving(std::string_view tag) {
  return std::find(moving_tags.begin(), moving_tags.end(), tag) != moving_tags.end() ||
         tag.find("-dev") != std::string_view::npos;
}

// Letters count in any case. Without a tag the engines take latest.
Verdict tag_verdict(const Image& image) {
  const std::string tag = lower_case(image.tag);
  if (tag.empty()) {
    return with_expected_observed(fail("its image has no tag, which means latest", image.origin),
                                  "a digest or a release tag", "no tag");
  }
  // The packaged files write v before a release that is not given.
  if (tag == "v") {
    return unknown(UnknownReason::unresolved_reference,
                   "the image tag is v with nothing after it: the release is not given",
                   image.origin);
  }
  return is_moving(tag)
             ? with_expected_observed(fail("its image tag moves from build to build", image.origin),
                                      "a digest or a release tag", "a moving tag")
             : pass();
}

// A digest decides whatever the tag says.
Verdict evaluate_pinned_images(const Container& container, const Policy& /*policy*/) {
  const Image& image = container.image;
  if (!image.digest.empty()) {
    return pass();
  }
  if (image.fault) {
    return unknown(*image.fault, image.origin);
  }
  if (image.built_locally) {
    return unknown(UnknownReason::not_observable, "the image is built locally and has no name",
                   image.origin);
  }
  return tag_verdict(image);
}

}  // namespace

extern constinit const Check pinned_images{
    .id = "containers-pinned-images",
    .title = "Images are pinned to a digest or a release",
    .area = Area::containers,
    .severity = Severity::medium,
    .evidence = Source::compose | Source::kubernetes,
    .why = "With a moving tag the next start may run code that nobody has tested.",
    .remediation = "Name the image by digest, or by a release tag such as v2026.06.25.",
    .reference = "https://kubernetes.io/docs/concepts/containers/images/#image-names",
    .rule = RuleOn<Container>{&evaluate_pinned_images},
};

}  // namespace compliance::containers
