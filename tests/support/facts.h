// Builders of facts for the tests of rules: a hardened container, to which a test does one thing.
#pragma once

#include <string>
#include <string_view>

#include "checks/check.h"
#include "checks/facts/installation.h"
#include "exporter/evaluate/evaluate.h"

namespace compliance::test {

// Places in the imaginary files of the tests.
Origin at(Source source, std::uint32_t line, std::uint32_t column = 1);
// The secret file of that name, as add_secret_file() adds it.
Origin at_secret_file(const std::string& name);

// The fault of what an unset variable decides.
inline const Fault unset_variable{.reason = UnknownReason::unresolved_reference,
                                  .message = "X is not set"};

// A Compose service / Kubernetes container of the component that passes every rule of its own.
Container hardened_service(Component component);
Container hardened_pod_container(Component component);

// Sets or replaces a variable with a literal text.
void set_variable(Container& container, const std::string& name, std::string value);
// Sets or replaces a variable taken from a Kubernetes Secret.
void set_secret_reference(Container& container, const std::string& name, std::string secret,
                          std::string key);
// Sets a variable whose value an unset variable decides: unresolved_reference.
void set_unresolved_variable(Container& container, const std::string& name);
void remove_variable(Container& container, std::string_view name);

// Installations with these containers and nothing else configured.
Installation compose_installation(std::vector<Container> containers);
Installation kubernetes_installation(std::vector<Container> containers);

// The containers of the source that the installation has: Kubernetes where that alone is
// configured.
std::vector<Container>& containers_in(Installation& installation);

// Adds S evidence: a readable secret file with this content, changed a day ago.
void add_secret_file(Installation& installation, std::string logical_name,
                     std::string_view content);

// A check's result with default settings, off-by-default rows included.
CheckResult result_of(std::string_view check_id, const Installation& installation);
// Only its status.
Outcome status_of(std::string_view check_id, const Installation& installation);
// The same for an installation with this one container, Compose or Kubernetes as it says.
CheckResult result_of(std::string_view check_id, const Container& container);
Outcome status_of(std::string_view check_id, const Container& container);

// Expect that the check fails (is unknown, passes with a note) by exactly one finding of that
// outcome, and for the stated reason: its message, or its fault, and the origin that it names.
// They return the finding, for what else a test expects of it.
Finding expect_fail(const CheckResult& result, std::string_view message, const Origin& origin);
Finding expect_fail(std::string_view check_id, const Installation& installation,
                    std::string_view message, const Origin& origin);
Finding expect_fail(std::string_view check_id, const Container& container, std::string_view message,
                    const Origin& origin);
Finding expect_unknown(const CheckResult& result, const Fault& fault, const Origin& origin);
Finding expect_unknown(std::string_view check_id, const Installation& installation,
                       const Fault& fault, const Origin& origin);
Finding expect_unknown(std::string_view check_id, const Container& container, const Fault& fault,
                       const Origin& origin);
Finding expect_pass(const CheckResult& result, std::string_view note, const Origin& origin);
Finding expect_pass(std::string_view check_id, const Installation& installation,
                    std::string_view note, const Origin& origin);
Finding expect_pass(std::string_view check_id, const Container& container, std::string_view note,
                    const Origin& origin);

// What counts most of a result: the outcome, message and origin of its first finding, to be
// compared as a whole: "fail: X is not set [compose.yaml:10:7]". Passes and not_applicable are that
// word.
std::string summary_of(const Finding& finding);
std::string summary_of(const CheckResult& result);
std::string summary_of(std::string_view check_id, const Installation& installation);
std::string summary_of(std::string_view check_id, const Container& container);

}  // namespace compliance::test
