// Recognises the answers with which Caracal's services reject requests. Source: FACTS.md 7.2, 8.2,
// 10.
#pragma once

#include <string_view>

#include "checks/formats/http.h"

namespace compliance {

// The API's own 404: {"message":"Route GET:/docs not found","error":"Not Found","statusCode":404}.
bool is_unknown_route(const HttpAnswer& answer, std::string_view method, std::string_view path);

// 503 {"error":"control disabled"}: Control is mounted, and its gate is closed.
bool is_closed_control(const HttpAnswer& answer);

// 503 {"error":"sts_unavailable", ...}: the Gateway does not know which tokens are revoked.
bool is_stale_gateway(const HttpAnswer& answer);

// 400 {"error":"invalid_token","error_description":"zone_id required"}: the healthy answer of sts
// to a request that names no zone.
bool is_key_set_without_zone(const HttpAnswer& answer);

// 200 with an object that has an array `keys`.
bool is_key_set(const HttpAnswer& answer);

}  // namespace compliance
