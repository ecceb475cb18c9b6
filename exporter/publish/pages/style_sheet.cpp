// The style sheet of the pages, and the policies that admit it.
#include "exporter/publish/pages/style_sheet.h"

#include <array>

#include <openssl/evp.h>

#include "exporter/base/digest.h"

namespace compliance::pages {
namespace {

// Contrasts are at least 4.5:1 in both schemes. Bars differ in height or shade as well as in
// colour, and every status is a word.
constexpr Constant sheet = R"css(
:root{color-scheme:light dark;
--back:#f6f7f9;--card:#fff;--text:#1c2127;--soft:#57606a;--line:#d8dee4;--link:#0b57a4;
--fail:#b3261e;--fail-back:#fdeceb;--unknown:#7d4e00;--waived:#5a4a9c;--pass:#1a6b3c;--none:#c4cbd3}
@media (prefers-color-scheme:dark){:root{
--back:#12161b;--card:#1a2027;--text:#e4e8ec;--soft:#9ba6b1;--line:#313a44;--link:#7ab8ff;
--fail:#ff8f86;--fail-back:#3a1d1c;--unknown:#f0b95a;--waived:#bcaeff;--pass:#74cf9b;--none:#47525e}}
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--back);color:var(--text);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
h1,h2,h3,h4,p,ul,ol,dl,dd,table{margin:0;padding:0}
h1{font-size:1.5rem;line-height:1.25;letter-spacing:-.01em}
h2{font-size:1.2rem;line-height:1.3}
h3{font-size:1rem}
h4{font-size:.93rem}
ul,ol{list-style:none}
a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:1px}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:3px}
code,.code{font:.87em/1.45 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
.soft{color:var(--soft)}
.skip{position:absolute;left:-99rem}
.skip:focus{left:.5rem;top:.5rem;z-index:1;background:var(--card);padding:.4rem .8rem}
.top{background:var(--card);border-bottom:1px solid var(--line)}
.top>div,main,footer{max-width:80rem;margin:0 auto;padding:0 1.25rem}
.top>div{display:flex;flex-wrap:wrap;gap:.1rem 1.5rem;align-items:baseline;padding-top:.6rem;padding-bottom:.6rem}
.brand{font-weight:650}
.top nav{display:flex;gap:1.1rem}
.top nav a,.brand a{text-decoration:none}
.brand a{color:inherit}
.top nav a:hover{text-decoration:underline}
.top nav [aria-current]{color:var(--text);font-weight:600;box-shadow:0 2px 0 var(--link)}
.asof{margin-left:auto;color:var(--soft);font-size:.87rem}
main{padding-top:1.4rem;padding-bottom:2rem}
footer{color:var(--soft);font-size:.87rem;padding-bottom:2rem}
footer a{margin-right:1rem}
.crumbs{font-size:.87rem;margin-bottom:.3rem}
.notice{border:1px solid var(--line);border-left:5px solid var(--unknown);background:var(--card);padding:.5rem .8rem;margin-top:.8rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:1rem 1.15rem 1.1rem;margin-top:1.1rem}
.card>h2{margin-bottom:.7rem}
.facts{display:flex;flex-wrap:wrap;gap:.55rem 1.7rem}
.facts div{min-width:4.2rem}
.facts dt{font-size:.8rem;color:var(--soft)}
.facts dd{font-size:1.3rem;font-weight:600;line-height:1.25;font-variant-numeric:tabular-nums}
.facts dd small{display:block;font-size:.8rem;font-weight:400;color:var(--soft)}
.facts .fail dd{color:var(--fail)}
.facts .unknown dd{color:var(--unknown)}
.facts .waived dd{color:var(--waived)}
.bar{display:block;width:100%;height:12px;margin:.9rem 0 .2rem;border-radius:3px}
.strip{display:block;width:100%;height:30px;margin:.5rem 0 .1rem}
.ends{display:flex;justify-content:space-between;font-size:.8rem;color:var(--soft)}
rect.fail{fill:var(--fail)}rect.unknown{fill:var(--unknown)}rect.waived{fill:var(--waived)}
rect.pass{fill:var(--pass)}rect.unconfigured,rect.na,rect.nothing{fill:var(--none)}
.sources{margin-top:.55rem;font-size:.87rem;color:var(--soft)}
.columns{display:grid;gap:1.4rem 2.2rem;margin-top:1.1rem}
.columns .card:first-child{margin-top:0}
.group{margin-top:1.2rem}
.columns .group:first-child{margin-top:0}
.group>h3,.group>h4{border-bottom:2px solid var(--line);padding-bottom:.25rem}
.rows>li{padding:.6rem 0;border-bottom:1px solid var(--line);display:grid;gap:.1rem .9rem;grid-template-columns:6.4rem minmax(0,1fr)}
.rows>li:last-child{border-bottom:0}
.rows>li>*{grid-column:2}
.rows .marks{grid-column:1;grid-row:1/span 4;display:flex;flex-direction:column;align-items:flex-start;gap:.2rem}
.rows h4{font-size:inherit;font-weight:600;display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;align-items:baseline}
.rows code{font-weight:400;color:var(--soft)}
.age{font-size:.87rem;color:var(--soft);white-space:nowrap}
.status{display:inline-block;font-size:.74rem;font-weight:700;letter-spacing:.045em;line-height:1;padding:.24rem .42rem;border:1px solid;border-radius:3px;white-space:nowrap}
.status.fail{color:var(--card);background:var(--fail);border-color:var(--fail)}
.status.unknown{color:var(--unknown);border-style:dashed}
.status.waived{color:var(--waived);border-style:double;border-width:3px;padding:.12rem .3rem}
.status.pass{color:var(--pass);border-color:transparent;padding-left:0}
.status.unconfigured,.status.na{color:var(--soft);border-color:transparent;padding-left:0}
.severity{font-size:.87rem;white-space:nowrap}
.severity.critical{color:var(--fail);font-weight:700}
.severity.high{font-weight:650}
.severity.low,.severity.quiet{color:var(--soft)}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:650;padding-bottom:.3rem}
th,td{padding:.3rem .3rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:baseline}
th:first-child,td:first-child{text-align:left;padding-left:0}
.areas th,td{overflow-wrap:normal}
.areas td:not(.soft),.areas thead th:not(:first-child){text-align:center}
@media (min-width:23rem){.areas tbody th{white-space:nowrap}}
.areas thead span{writing-mode:vertical-rl;transform:rotate(180deg)}
thead th{font-size:.76rem;font-weight:600;color:var(--soft);vertical-align:bottom;border-bottom-width:2px}
tbody th{font-weight:400}
td.fail{font-weight:700;color:var(--fail);background:var(--fail-back)}
td.unknown{font-weight:600;color:var(--unknown)}
td.waived{font-weight:600;color:var(--waived)}
tfoot th,tfoot td{font-weight:650;border-bottom:0}
details{border-top:1px solid var(--line)}
.folds{margin-top:1.2rem}
.folds>h3{padding-bottom:.25rem}
.folds>details:last-child{border-bottom:1px solid var(--line)}
summary{cursor:pointer;padding:.45rem 0}
summary:hover{color:var(--link)}
summary .soft{font-size:.87rem}
details>*:not(summary){padding-bottom:.6rem}
.list{columns:25rem 3;column-gap:2.2rem}
.list li{break-inside:avoid;padding:.16rem 0;display:grid;grid-template-columns:6.4rem minmax(0,1fr);gap:.5rem;align-items:baseline}
.list .status{justify-self:start}
.list.plain li{display:block}
.check-head{margin-bottom:.2rem}
.check-head .meta{color:var(--soft);margin-top:.35rem;display:flex;flex-wrap:wrap;gap:.1rem 1.2rem}
.fix{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--link);border-radius:3px;padding:.6rem .9rem;margin-top:.9rem}
.verdict{display:flex;flex-wrap:wrap;gap:.25rem 1.2rem;align-items:baseline}
.verdict .status{font-size:.87rem}
.finding{border-bottom:1px solid var(--line);padding:.65rem 0}
.finding:last-child{border-bottom:0}
.finding .says{display:flex;flex-wrap:wrap;gap:.2rem .6rem;align-items:baseline;font-weight:600}
.pairs{display:grid;grid-template-columns:minmax(5.2rem,max-content) minmax(0,1fr);gap:.1rem .9rem;margin-top:.25rem}
.pairs dt{color:var(--soft);font-size:.87rem}
.pairs li{padding:.05rem 0}
.ends+*{margin-top:.5rem}
.about>section{margin-top:1rem}
.about h2{font-size:1rem}
.event{display:grid;grid-template-columns:11.5rem minmax(0,1fr);gap:.05rem 1rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
.event:last-child{border-bottom:0}
.event>time{color:var(--soft);font-size:.87rem;font-variant-numeric:tabular-nums}
.event>div{grid-column:2;min-width:0}
.event .step{display:flex;flex-wrap:wrap;gap:.2rem .55rem;align-items:baseline}
.filter{display:flex;flex-wrap:wrap;gap:.7rem 1rem;align-items:end}
.filter label{display:block;font-size:.8rem;color:var(--soft)}
.filter p{min-width:0;max-width:100%}
select,input,button{font:inherit;color:inherit;background:var(--back);border:1px solid var(--soft);border-radius:4px;padding:.3rem .5rem;max-width:100%;min-height:2.25rem}
button{background:var(--link);border-color:var(--link);color:var(--card);font-weight:600;padding:.3rem 1.1rem;cursor:pointer}
.filter input{font-size:.94rem;color:var(--text)}
.filter .number{width:6rem}
@media (min-width:72rem){
.columns.with-table{grid-template-columns:minmax(0,1fr) 27rem}}
@media (min-width:60rem){
.columns.with-about{grid-template-columns:minmax(0,1fr) 20rem;align-items:start}}
@media (max-width:34rem){
.top>div,main,footer{padding-left:.6rem;padding-right:.6rem}
.asof{margin-left:0}
.card{padding:.8rem .8rem .9rem}
.facts{gap:.5rem 1.3rem}
.rows>li{grid-template-columns:minmax(0,1fr)}
.rows>li>*,.rows .marks{grid-column:1;grid-row:auto}
.rows .marks{flex-direction:row;align-items:baseline;gap:.6rem}
.event{grid-template-columns:minmax(0,1fr)}
.event>div{grid-column:1}
.pairs{grid-template-columns:minmax(0,1fr);gap:0}
.pairs dd{margin-bottom:.2rem}
.list{columns:auto}
.filter p,.filter select,.filter input,.filter button{width:100%}
th,td{padding:.3rem .16rem}
.areas th,td{overflow-wrap:normal}
.areas td:not(.soft),.areas thead th:not(:first-child){text-align:center}
@media (min-width:23rem){.areas tbody th{white-space:nowrap}}
.areas thead span{writing-mode:vertical-rl;transform:rotate(180deg)}
.areas td,.areas th{padding-left:.12rem;padding-right:.12rem}}
@media print{
@page{margin:14mm}
:root{--back:#fff;--card:#fff;--text:#000;--soft:#444;--line:#bbb;--link:#000;--fail:#000;--fail-back:#fff;--unknown:#555;--waived:#888;--pass:#ccc;--none:#eee;color-scheme:light}
body{font-size:10pt}
.skip,.top nav,footer,.filter button{display:none}
.top>div,main{max-width:none;padding-left:0;padding-right:0}
.card,.fix{border-radius:0}
.card{padding:.6rem .8rem}
.bar,.strip,.status.fail{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.status.pass,.status.waived,.status.unknown{color:#000}
td.waived,.facts .waived dd,.facts .unknown dd,td.unknown{color:#000}
a{text-decoration:none}
.rows>li,.finding,.event,table{break-inside:avoid}
h2,h3,h4,summary{break-after:avoid}
details::details-content{content-visibility:visible;display:block;block-size:auto}
.site::after{content:" (" attr(href) ")"}}
)css";

// Enough room for a digest of 32 bytes, which takes 44 characters and a final zero.
std::string base64(const std::string& bytes) {
  std::array<unsigned char, 64> encoded{};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL takes unsigned bytes
  const auto* const input = reinterpret_cast<const unsigned char*>(bytes.data());
  const int length = EVP_EncodeBlock(encoded.data(), input, static_cast<int>(bytes.size()));
  return {encoded.begin(), encoded.begin() + length};
}

}  // namespace

Constant style_sheet() { return sheet; }

const std::string& file_policy() {
  // The hash covers the text between the style tags, byte for byte.
  static const std::string policy = "default-src 'none'; style-src 'sha256-" +
                                    base64(sha256(sheet.text())) +
                                    "'; img-src data:; base-uri 'none'; form-action 'self'";
  return policy;
}

const std::string& page_policy() {
  static const std::string policy = file_policy() + "; frame-ancestors 'none'";
  return policy;
}

}  // namespace compliance::pages
