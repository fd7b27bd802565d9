import { expect, test } from "vitest";
import { SERVER_REFUSALS } from "../../../../protocol/api/server-refusals.ts";
import { STATION_REFUSALS } from "../../../../protocol/api/station-refusals.ts";
import fleet from "../../../../resources/languages/fleet/en.json" with { type: "json" };
import setup from "../../../../resources/languages/setup/en.json" with { type: "json" };

/** Codes of station/sync/enrolment/enrol-station.ts, and the pages' own words. */
const OTHER_CODES = [
	"SERVER_ADDRESS",
	"SERVER_UNREACHABLE",
	"SERVER_ANSWER",
	"CODE_UNREADABLE",
	"unreachable",
	"other",
];

test("every code with a message is one that the station or the server can answer", () => {
	const known = new Set([...Object.keys(STATION_REFUSALS), ...Object.keys(SERVER_REFUSALS), ...OTHER_CODES]);
	const codes = [...Object.keys(setup), ...Object.keys(fleet)].flatMap(
		(key) => /^(?:enrol\.failed|refused)\.(.+)$/.exec(key)?.[1] ?? [],
	);
	expect(codes.length).toBeGreaterThan(15);
	expect(codes.filter((code) => !known.has(code))).toEqual([]);
});
