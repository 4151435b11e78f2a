/** Country names and their codes: addresses carry names, GET /sale gives codes on request (facts 2.3, 9.33). */
import { refuse } from "./errors.ts";
import type { Ctx } from "./types.ts";

const TABLE = `AE ARE United Arab Emirates|AR ARG Argentina|AT AUT Austria|AU AUS Australia|BE BEL Belgium|BG BGR Bulgaria|BR BRA Brazil|CA CAN Canada|CH CHE Switzerland|CL CHL Chile|CN CHN China|CO COL Colombia|CY CYP Cyprus|CZ CZE Czech Republic|DE DEU Germany|DK DNK Denmark|EE EST Estonia|EG EGY Egypt|ES ESP Spain|FI FIN Finland|FJ FJI Fiji|FR FRA France|GB GBR United Kingdom|GR GRC Greece|HK HKG Hong Kong|HR HRV Croatia|HU HUN Hungary|ID IDN Indonesia|IE IRL Ireland|IL ISR Israel|IN IND India|IS ISL Iceland|IT ITA Italy|JP JPN Japan|KE KEN Kenya|KR KOR South Korea|LT LTU Lithuania|LU LUX Luxembourg|LV LVA Latvia|MA MAR Morocco|MT MLT Malta|MX MEX Mexico|MY MYS Malaysia|NG NGA Nigeria|NL NLD Netherlands|NO NOR Norway|NZ NZL New Zealand|PE PER Peru|PH PHL Philippines|PL POL Poland|PT PRT Portugal|RO ROU Romania|RU RUS Russia|SA SAU Saudi Arabia|SE SWE Sweden|SG SGP Singapore|SI SVN Slovenia|SK SVK Slovakia|TH THA Thailand|TR TUR Turkey|TW TWN Taiwan|UA UKR Ukraine|US USA United States|VN VNM Vietnam|ZA ZAF South Africa`;

const COUNTRIES = TABLE.split("|").map((row) => ({ two: row.slice(0, 2), three: row.slice(3, 6), name: row.slice(7) }));

/** The name that is stored for what a client sent (facts 11.12). */
export function readCountry(ctx: Ctx, given: string): string {
  const known = COUNTRIES.find((country) => country.name.toLowerCase() === given.toLowerCase());
  if (known) return known.name;
  const byCode = COUNTRIES.find((country) => country.two === given || country.three === given);
  const rule = byCode ? ctx.switches.countryCode : ctx.switches.unknownCountry;
  if (rule === "refuse") refuse(`Country '${given}' was not found in reference book`);
  return byCode && rule === "accept" ? byCode.name : given;
}

/** `Regular`, `Code2` or `Code` (L20805). */
export function showCountry(name: string, format: string | undefined): string {
  const known = COUNTRIES.find((country) => country.name === name);
  if (!known || !format || /^regular$/i.test(format)) return name;
  return /^code2$/i.test(format) ? known.two : known.three;
}
